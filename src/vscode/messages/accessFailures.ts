import { l10n } from 'vscode';
import type { FailureFacts, FailureReason } from '../../core/errors.ts';
import { failureMessage, warningMessage, type FailureMessage } from './failureMessage.ts';
import { whoAsked } from './whoAsked.ts';

export type AccessReason = Extract<
  FailureReason,
  'signInNeeded' | 'forbidden' | 'repositoryNotFound' | 'notApproved' | 'untrusted'
>;

/** Those that a sign-in of whoever is absent may mend. */
const isOfNobody: ReadonlySet<FailureReason> = new Set(['signInNeeded', 'forbidden', 'repositoryNotFound']);

/** Who may see and change what. */
export function describeAccess(reason: AccessReason, facts: FailureFacts): FailureMessage {
  const repository = facts.repository ?? facts.origin ?? l10n.t('the repository');
  const who = whoAsked(facts);
  if (facts.absent !== undefined && isOfNobody.has(reason)) return describeAbsent(facts.absent, facts, repository);
  switch (reason) {
    case 'signInNeeded':
      return failureMessage(
        who === undefined
          ? l10n.t(
              '“{0}” asks for a sign-in that was not given or not accepted. Check your credentials and try again.',
              repository,
            )
          : l10n.t(
              'The sign-in of {0} is no longer accepted. Your work goes on offline; sign in again to pull and push.',
              who,
            ),
        ...(who === undefined ? [] : (['signInAgain', 'useAccount'] as const)),
        'signIn',
        'retry',
        ...(who === undefined ? (['showLog'] as const) : []),
      );
    case 'forbidden':
      return failureMessage(
        who === undefined
          ? l10n.t(
              'You have no right to do this in “{0}”. Nothing was changed. Ask its owner for access, or use other credentials.',
              repository,
            )
          : l10n.t(
              '{1} has no right to do this in “{0}”. Nothing was changed. Ask its owner for access, or use another account.',
              repository,
              who,
            ),
        'useAccount',
        'signIn',
        'retry',
        'showLog',
      );
    case 'repositoryNotFound':
      return failureMessage(
        who === undefined
          ? l10n.t(
              'There is no repository at “{0}”, or your credentials may not see it. Check the address and your access.',
              repository,
            )
          : l10n.t(
              'There is no repository at “{0}”, or {1} may not see it. Check the address, or use another account.',
              repository,
              who,
            ),
        'useAccount',
        'signIn',
        'retry',
        'showLog',
      );
    case 'notApproved':
      return warningMessage(
        l10n.t(
          'The connection to “{0}” comes from this folder’s apis.json and you have not approved it yet. Nothing is sent to it before you do.',
          repository,
        ),
        'approve',
      );
    case 'untrusted':
      return warningMessage(
        l10n.t(
          'This folder is not trusted, so no files are fetched and nothing is pushed. Trust the folder to work with its APIs.',
        ),
        'manageTrust',
      );
  }
}

/** The repository is kept for an account that is gone from here: whoever else is signed in does not work on it. */
function describeAbsent(name: string, { origin }: FailureFacts, repository: string): FailureMessage {
  const who = whoAsked({ account: name, ...(origin === undefined ? {} : { origin }) }) ?? name;
  return failureMessage(
    l10n.t('“{0}” works as {1}, who is signed out. Sign in again, or use another account for it.', repository, who),
    'signInAgain',
    'useAccount',
    'signIn',
    'retry',
  );
}
