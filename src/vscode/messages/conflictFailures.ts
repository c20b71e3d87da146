import { l10n } from 'vscode';
import type { FailureFacts, FailureReason } from '../../core/errors.ts';
import { failureMessage, warningMessage, type FailureMessage } from './failureMessage.ts';
import { nameFiles } from './nameFiles.ts';

export type ConflictReason = Extract<FailureReason, 'conflicts' | 'incomingOverlap' | 'markersLeft' | 'changedThere'>;

/** Why two sides do not come together yet. */
export function describeConflict(reason: ConflictReason, facts: FailureFacts): FailureMessage {
  const files = nameFiles(facts.paths ?? []);
  switch (reason) {
    case 'conflicts':
      return describeConflicts(files, facts);
    case 'incomingOverlap':
      return warningMessage(
        files === ''
          ? l10n.t(
              'The repository has newer versions of files that you changed, so nothing was pushed. Pull first; then push.',
            )
          : l10n.t(
              'The repository has newer versions of files that you changed: {0}. Nothing was pushed. Pull first; then push.',
              files,
            ),
        'pull',
      );
    case 'markersLeft':
      return failureMessage(
        files === ''
          ? l10n.t(
              'There are still conflict markers (<<<<<<<) in a file. Remove them, save, and mark it as resolved again.',
            )
          : l10n.t(
              'There are still conflict markers (<<<<<<<) in {0}. Remove them, save, and mark it as resolved again.',
              files,
            ),
        'openFile',
      );
    case 'changedThere':
      return warningMessage(
        l10n.t(
          'Somebody pushed another version of {0} after you compared. Compare again, then mark it as resolved.',
          files || l10n.t('a file'),
        ),
        'openFile',
      );
  }
}

/** With `branch`: a switch to it, which nothing shows as conflicts yet. Without: a push of what is shown. */
function describeConflicts(files: string, { paths, branch }: FailureFacts): FailureMessage {
  if (branch !== undefined)
    return warningMessage(
      files === ''
        ? l10n.t(
            'You changed files that are different in “{0}”, so the branch was not switched. Push or discard these changes first, then switch.',
            branch,
          )
        : l10n.t(
            'You changed the same places that are different in “{0}”, so the branch was not switched: {1}. Push or discard these changes first, then switch.',
            branch,
            files,
          ),
      'openFile',
    );
  return warningMessage(
    files === ''
      ? l10n.t(
          'Some files were changed here and in the repository, and a person has to decide. Resolve the conflicts in the Source Control view, then try again.',
        )
      : l10n.t(
          'You and somebody else changed the same places in {0}. Resolve these conflicts in the Source Control view, then try again.',
          files,
        ),
    paths?.length === 1 ? 'openMergeEditor' : 'openFile',
  );
}
