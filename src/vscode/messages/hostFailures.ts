import { l10n } from 'vscode';
import type { FailureFacts, FailureReason } from '../../core/errors.ts';
import { whoAsked } from './whoAsked.ts';
import { failureMessage, warningMessage, type FailureActionKind, type FailureMessage } from './failureMessage.ts';

export type HostReason = Extract<
  FailureReason,
  | 'rateLimited'
  | 'singleSignOn'
  | 'organizationPolicy'
  | 'missingScope'
  | 'pullRequestExists'
  | 'unsupported'
  | 'serverError'
  | 'unexpectedAnswer'
>;

/** What a host's own service refuses or fails to do. */
export function describeHost(reason: HostReason, facts: FailureFacts): FailureMessage {
  const place = facts.repository ?? facts.origin ?? l10n.t('the repository');
  const who = whoAsked(facts) ?? l10n.t('your account');
  const detail = facts.detail ?? l10n.t('it gave no reason.');
  const open: readonly FailureActionKind[] = facts.link === undefined ? [] : ['openLink'];
  switch (reason) {
    case 'rateLimited':
      return warningMessage(
        waitText(place, facts.retryAfter),
        // Hosts give more to people whom they know.
        ...(facts.account === undefined ? (['signIn'] as const) : []),
        'retry',
        'showLog',
      );
    case 'singleSignOn':
      return failureMessage(
        l10n.t('The organization of “{0}” wants {1} to sign in with its single sign-on first.', place, who),
        ...open,
        'retry',
        'signIn',
      );
    case 'organizationPolicy':
      return failureMessage(
        l10n.t(
          'The organization of “{0}” does not let this application in for {1}: {2} Ask an owner of the organization to approve it, or use an access token.',
          place,
          who,
          detail,
        ),
        ...open,
        'signIn',
        'retry',
      );
    case 'missingScope':
      return failureMessage(
        l10n.t(
          'The access token of {0} for “{1}” may not do this. It lacks: {2}. Nothing was changed. Use a token that has these rights.',
          who,
          place,
          detail,
        ),
        'signInAgain',
        'useAccount',
        'signIn',
        'showLog',
      );
    case 'pullRequestExists':
      return warningMessage(l10n.t('There is a pull request of this branch already in “{0}”.', place), ...open);
    case 'unsupported':
      if (facts.detail?.startsWith(absent) === true) return hostAbsent(facts.detail.slice(absent.length));
      return warningMessage(l10n.t('“{0}” cannot do this: {1}', place, inabilityText(facts.detail)), 'showLog');
    case 'serverError':
      return failureMessage(
        l10n.t('The server of “{0}” failed ({1}). Your files are as they were. Try again in a while.', place, detail),
        'retry',
        'showLog',
      );
    case 'unexpectedAnswer':
      return failureMessage(
        l10n.t(
          '“{0}” answered with something that is not its API: {1}. A sign-in page or a proxy may be in between. Check the server’s address and your network.',
          place,
          detail,
        ),
        'retry',
        'showLog',
      );
  }
}

/** Before the host's id, which no catalogue here has. */
const absent = 'hostAbsent: ';

function hostAbsent(host: string): FailureMessage {
  return warningMessage(
    l10n.t(
      '“{0}” repositories do not work here. Those that Git reaches need VS Code on a computer, for a browser has no Git; other hosts may need a newer version of this extension.',
      host,
    ),
    'showLog',
  );
}

/** What a host lacks, by the name of the capability; an adapter's own words stand as they are. */
function inabilityText(detail: string | undefined): string {
  switch (detail) {
    case undefined:
      return l10n.t('it gave no reason.');
    case 'createPullRequest':
      return l10n.t('its host has no pull requests.');
    case 'deleteBranch':
      return l10n.t('its host deletes no branches.');
    default:
      return detail;
  }
}

function waitText(place: string, milliseconds: number | undefined): string {
  if (milliseconds === undefined) {
    return l10n.t('“{0}” was asked too often and wants a pause. Nothing was changed. Try again in a while.', place);
  }
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return seconds < 120
    ? l10n.t('“{0}” was asked too often. Nothing was changed. Try again in {1} seconds.', place, seconds)
    : l10n.t(
        '“{0}” was asked too often. Nothing was changed. Try again in {1} minutes.',
        place,
        Math.ceil(seconds / 60),
      );
}
