import { l10n } from 'vscode';
import type { ProgressStep } from '../ports/progress.ts';

/** What an operation is doing right now, behind its title. */
export function progressText(step: ProgressStep): string {
  switch (step.step) {
    case 'waitingForTurn':
      return step.machine === ''
        ? l10n.t('Waiting for another window that works on this folder')
        : l10n.t('Waiting for another window on {0} that works on this folder', step.machine);
    case 'askingHost':
      return l10n.t('Asking the repository');
    case 'comparing':
      return l10n.t('Comparing files');
    case 'creatingBranch':
      return l10n.t('Creating the branch');
    case 'creatingPullRequest':
      return l10n.t('Opening the pull request');
    case 'readingFiles':
      return step.count === 1 ? l10n.t('Reading 1 file') : l10n.t('Reading {0} files', step.count);
    case 'writingFiles':
      return step.count === 1 ? l10n.t('Writing 1 file') : l10n.t('Writing {0} files', step.count);
    case 'sendingFiles':
      return step.count === 1 ? l10n.t('Sending 1 file') : l10n.t('Sending {0} files', step.count);
  }
}
