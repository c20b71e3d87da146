import { l10n } from 'vscode';
import type { SyncStatus } from '../../app/apiNode.ts';
import { mostCounted } from '../../app/defaultBranch.ts';

/** What a tooltip says of a branch besides its changes, a line each. */
export function branchFactTexts({
  branch,
  standing,
  behindDefault,
  successor,
  parked = [],
}: SyncStatus): readonly string[] {
  return [
    ...(standing === 'deleted' ? [goneText(branch, successor)] : []),
    ...(standing === 'rewritten' ? [l10n.t('“{0}” was rewritten: its history is another one now.', branch)] : []),
    ...(behindDefault === undefined ? [] : [behindText(behindDefault)]),
    ...parked.map(({ branch: on, paths }) =>
      paths.length === 1
        ? l10n.t('Parked on “{0}”: {1}', on, paths[0] ?? '')
        : l10n.t('Parked on “{0}”: {1} files', on, paths.length),
    ),
  ];
}

function goneText(branch: string, successor: string | undefined): string {
  return successor === undefined
    ? l10n.t('“{0}” was deleted in the repository. Your files are untouched.', branch)
    : l10n.t('“{0}” was deleted or renamed in the repository: “{1}” has all of its commits.', branch, successor);
}

function behindText({ branch, commits }: NonNullable<SyncStatus['behindDefault']>): string {
  if (commits === 1) return l10n.t('1 commit behind “{0}”', branch);
  return commits >= mostCounted
    ? l10n.t('{0} or more commits behind “{1}”', commits, branch)
    : l10n.t('{0} commits behind “{1}”', commits, branch);
}
