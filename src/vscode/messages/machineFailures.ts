import { l10n } from 'vscode';
import type { FailureFacts, FailureReason } from '../../core/errors.ts';
import { failureMessage, informationMessage, warningMessage, type FailureMessage } from './failureMessage.ts';

export type MachineReason = Extract<
  FailureReason,
  | 'cancelled'
  | 'timeout'
  | 'offline'
  | 'busy'
  | 'gitMissing'
  | 'gitTooOld'
  | 'identityMissing'
  | 'unsupportedRepository'
  | 'hostError'
>;

/** Network, programs and other windows. */
export function describeMachine(reason: MachineReason, facts: FailureFacts): FailureMessage {
  const repository = facts.repository ?? facts.origin ?? l10n.t('the repository');
  switch (reason) {
    case 'cancelled':
      return informationMessage(l10n.t('Cancelled. Nothing was changed.'));
    case 'timeout':
      return failureMessage(
        l10n.t('“{0}” did not answer in time. Nothing was changed. Try again.', repository),
        'retry',
        'showLog',
      );
    case 'offline':
      return failureMessage(
        facts.detail === 'browser'
          ? l10n.t(
              '“{0}” cannot be reached from a browser: there is no network, or the server lets no other website ask it (CORS). You can go on editing. Check the connection and try again, or use VS Code on a computer.',
              repository,
            )
          : l10n.t(
              '“{0}” cannot be reached. You can go on editing; this needs the network. Check the connection and try again.',
              repository,
            ),
        'retry',
        'showLog',
      );
    case 'busy':
      return warningMessage(
        facts.detail === undefined
          ? l10n.t('Another window or program works on these files right now. Wait until it is done and try again.')
          : l10n.t(
              'Another window or program works on these files right now: {0}. Wait until it is done and try again.',
              facts.detail,
            ),
        'retry',
      );
    case 'gitMissing':
      return failureMessage(
        l10n.t('The Git program was not found. Install Git 2.39 or newer, or say in the settings where it is.'),
        'openGitPathSetting',
        'retry',
      );
    case 'gitTooOld':
      return failureMessage(
        facts.detail === undefined
          ? l10n.t(
              'The Git program on this computer is too old. Install Git 2.39 or newer, or say in the settings where a newer one is.',
            )
          : l10n.t(
              'The Git program on this computer is too old ({0}). Install Git 2.39 or newer, or say in the settings where a newer one is.',
              facts.detail,
            ),
        'openGitPathSetting',
        'retry',
      );
    case 'identityMissing':
      return failureMessage(
        l10n.t(
          'Git does not know whose commit this is. Set “user.name” and “user.email” in Git’s configuration, and try again.',
        ),
        'retry',
        'showLog',
      );
    case 'unsupportedRepository':
      return failureMessage(
        facts.detail === undefined
          ? l10n.t('The repository “{0}” uses a format that is not supported here. Nothing was changed.', repository)
          : l10n.t(
              'The repository “{0}” uses a format that is not supported here: {1}. Nothing was changed.',
              repository,
              facts.detail,
            ),
        'showLog',
      );
    case 'hostError':
      return failureMessage(describeHostError(repository, facts), 'retry', 'showLog');
  }
}

function describeHostError(repository: string, facts: FailureFacts): string {
  if (facts.retryAfter !== undefined) {
    const seconds = Math.max(1, Math.ceil(facts.retryAfter / 1000));
    return l10n.t('“{0}” asks to wait {1} seconds before the next request. Nothing was changed.', repository, seconds);
  }
  return facts.detail === undefined
    ? l10n.t('“{0}” answered with an error. Nothing was changed. The log has the details.', repository)
    : l10n.t('“{0}” answered with an error: {1}', repository, facts.detail);
}
