import { env, l10n } from 'vscode';
import type { BackupReason } from '../../core/model/backupName.ts';
import type { KeptBackup } from '../../core/model/keptBackup.ts';

/** What was done when the copies were made; of a folder that a person named, its name. */
export function backupTitle({ name, reason }: KeptBackup): string {
  return reason === undefined ? name : doneTexts[reason]();
}

const doneTexts: { readonly [R in BackupReason]: () => string } = {
  discard: () => l10n.t('Changes discarded'),
  'accept-mine': () => l10n.t('Mine accepted'),
  'accept-theirs': () => l10n.t('Theirs accepted'),
  'accept-result': () => l10n.t('Result of the merge editor taken'),
  'delete-file': () => l10n.t('File deleted'),
  push: () => l10n.t('Most files deleted by a push'),
  park: () => l10n.t('Parked work replaced'),
  rewritten: () => l10n.t('Pulled from a rewritten branch'),
  'delete-branch': () => l10n.t('Branch deleted'),
  disconnect: () => l10n.t('Disconnected'),
  recovery: () => l10n.t('Finished after it was cut off'),
  restore: () => l10n.t('Files replaced by a backup'),
};

/** When, on which branches, how much. */
export function backupFacts({ time, branch, files }: KeptBackup): string {
  const when = time === undefined ? '' : new Date(time).toLocaleString(env.language, dateStyle);
  const branches = new Set(files.map(({ parkedOn }) => parkedOn ?? branch).filter((name) => name !== undefined));
  const count = files.length === 1 ? l10n.t('1 file') : l10n.t('{0} files', files.length);
  return [when, [...branches].join(', '), count].filter((text) => text !== '').join(' · ');
}

const dateStyle = { dateStyle: 'medium', timeStyle: 'short' } as const;

/** For an API without any; for a whole workspace without a name. */
export function noBackupText(name: string | undefined): string {
  const none =
    name === undefined ? l10n.t('There is no backup in this workspace.') : l10n.t('There is no backup of “{0}”.', name);
  return `${none} ${l10n.t(
    'One is made each time before something of yours is given up: when you discard changes, accept theirs, delete a file or a branch with work on it, disconnect, or push what deletes most of an API.',
  )}`;
}
