import { l10n } from 'vscode';
import type { FailureFacts, FailureReason } from '../../core/errors.ts';
import { informationMessage, warningMessage, type FailureMessage } from './failureMessage.ts';

export type PushReason = Extract<
  FailureReason,
  'stale' | 'answerLost' | 'pushInDoubt' | 'nothingToPush' | 'emptyMessage'
>;

/** What became of a push, or why there was none. */
export function describePush(reason: PushReason, facts: FailureFacts): FailureMessage {
  const branch = facts.branch ?? l10n.t('the branch');
  switch (reason) {
    case 'stale':
      return warningMessage(
        l10n.t(
          'Somebody pushed to “{0}” while you were pushing, several times in a row. Nothing of yours was sent. Pull, then push again.',
          branch,
        ),
        'pull',
        'retry',
      );
    case 'answerLost':
      return warningMessage(
        l10n.t(
          'The connection broke before the repository said whether your push to “{0}” arrived. It is not sent twice: check first whether it did.',
          branch,
        ),
        'settlePush',
        'showLog',
      );
    case 'pushInDoubt':
      return warningMessage(
        l10n.t(
          'It is still not known whether your last push to “{0}” arrived, so Push stays off. Check again when the repository can be reached.',
          branch,
        ),
        'settlePush',
        'showLog',
      );
    case 'nothingToPush':
      return informationMessage(
        l10n.t('There is nothing to push to “{0}”: your files are the same as in the repository.', branch),
      );
    case 'emptyMessage':
      return informationMessage(l10n.t('Say in the message box what you changed, then push again. Nothing was sent.'));
  }
}
