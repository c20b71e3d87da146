import { l10n } from 'vscode';
import type { FailureFacts, FailureReason } from '../../core/errors.ts';
import { failureMessage, warningMessage, type FailureMessage } from './failureMessage.ts';
import { hostWords } from './hostWords.ts';
import { nameFiles } from './nameFiles.ts';

export type CloneReason = Extract<
  FailureReason,
  | 'detachedHead'
  | 'gitUnderway'
  | 'unmergedFiles'
  | 'localChanges'
  | 'commitRefused'
  | 'notPushed'
  | 'pullFirst'
  | 'gitMerges'
  | 'sparseCheckout'
  | 'historyMissing'
>;

/** What a person's own Git clone needs, or what its Git said. */
export function describeClone(reason: CloneReason, facts: FailureFacts): FailureMessage {
  const branch = facts.branch ?? l10n.t('the branch');
  const files = nameFiles(facts.paths ?? []);
  const words = hostWords(facts.detail ?? '');
  switch (reason) {
    case 'detachedHead':
      return warningMessage(
        l10n.t(
          'Your Git clone is on no branch (detached HEAD at {0}), so there is nothing to compare with or to push to. Switch to a branch with Git, then look again.',
          facts.detail ?? '?',
        ),
        'retry',
      );
    case 'gitUnderway':
      return warningMessage(
        l10n.t(
          'A {0} is under way in your Git clone. Finish or abort it in Git’s Source Control view, then try again. Nothing was changed.',
          facts.detail ?? l10n.t('merge'),
        ),
        'retry',
      );
    case 'unmergedFiles':
      return warningMessage(describeUnmerged(files, facts.detail), 'openFile');
    case 'localChanges':
      return warningMessage(describeLocalChanges(files, words), 'retry', 'showLog');
    case 'commitRefused':
      return failureMessage(
        l10n.t('Git did not make the commit: {0}. Nothing was committed or pushed.', words),
        'retry',
        'showLog',
      );
    case 'notPushed':
      return warningMessage(
        l10n.t(
          'Your commit is in your clone, on “{0}”, but it was not pushed: {1}. The next push takes it along.',
          branch,
          words,
        ),
        'retry',
        'pull',
      );
    case 'pullFirst':
      return warningMessage(
        l10n.t(
          'The repository has commits on “{0}” that your clone lacks. Nothing was committed or pushed. Pull first; then push.',
          branch,
        ),
        'pull',
      );
    case 'gitMerges':
      return warningMessage(
        l10n.t(
          'In your own Git clone it is Git that joins both sides of {0}: commit or stash what you changed, then pull.',
          files || l10n.t('a file'),
        ),
        'pull',
      );
    case 'sparseCheckout':
      return failureMessage(
        l10n.t(
          'Your Git clone is sparse and leaves out {0}. Bring them here with “git sparse-checkout add”, then try again.',
          files || l10n.t('files of this API'),
        ),
        'retry',
      );
    case 'historyMissing':
      return failureMessage(
        l10n.t(
          'Your Git clone is shallow and lacks the commits that both sides have in common. Run “git fetch --unshallow”, then try again.',
        ),
        'retry',
      );
  }
}

/** `underway`: merge, rebase …; a stash that did not fit leaves nothing to end behind. */
function describeUnmerged(files: string, underway: string | undefined): string {
  return underway === undefined
    ? l10n.t(
        'Git could not join both sides of {0} in your clone. Resolve these conflicts in the Source Control view, then try again. Nothing was changed.',
        files,
      )
    : l10n.t(
        'Git could not join both sides of {0} in your clone. Resolve these conflicts in the Source Control view, finish the {1} in Git’s Source Control view, then try again. Nothing was changed.',
        files,
        underway,
      );
}

function describeLocalChanges(files: string, words: string): string {
  return files === ''
    ? l10n.t(
        'Changes that are not committed are in the way: {0}. Commit or stash them in Git’s Source Control view, then try again. Nothing was changed.',
        words,
      )
    : l10n.t(
        'Changes that are not committed are in the way: {0}. Commit or stash these files in Git’s Source Control view, then try again. Nothing was changed.',
        files,
      );
}
