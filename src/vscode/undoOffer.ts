import { l10n, Uri, window } from 'vscode';
import type { ApiKey, ApiNode } from '../app/apiNode.ts';
import type { OperationKind } from '../app/operation.ts';
import type { Backup, Undoable } from '../app/undoable.ts';
import { folderUri } from './apiFiles.ts';
import { revealFolder } from './revealFolder.ts';
import type { OperationRunner } from './runOperation.ts';

/** Where something was done: in the folder of an API, or in one that was an API's. */
export interface DonePlace {
  readonly name: string;
  readonly folder: Uri;
  readonly api?: ApiKey;
}

/** Something that was done, in words. */
export interface Done {
  readonly place: DonePlace;
  readonly kind: OperationKind;
  /** A whole sentence: "The changes in 2 files are discarded." */
  readonly text: string;
}

export function placeOf(node: ApiNode): DonePlace {
  return { name: node.api.name, folder: folderUri(node), api: node.key };
}

/** Says what was done and where the copies are; *Undo* takes it back. */
export async function offerUndo(runner: OperationRunner, { place, kind, text }: Done, done: Undoable): Promise<void> {
  const undo = l10n.t('Undo');
  const show = l10n.t('Show Backup');
  const { backup } = done;
  const message = backup === undefined ? text : `${text} ${backupText(backup)}`;
  const buttons = backup === undefined ? [undo] : [undo, show];
  for (;;) {
    const chosen = await window.showInformationMessage(message, ...buttons);
    if (chosen === show && backup !== undefined) await showBackup(place, backup);
    // Who looks at the copies may still want to undo.
    if (chosen === show) continue;
    if (chosen !== undo) return;
    await runner.run({
      title: l10n.t('Undoing in “{0}”', place.name),
      kind,
      ...(place.api !== undefined && { api: place.api }),
      work: (context) => done.undo(context),
    });
    return;
  }
}

/** The same for what can only be looked up. */
export async function tellBackup({ place, text }: Omit<Done, 'kind'>, backup: Backup): Promise<void> {
  const show = l10n.t('Show Backup');
  const chosen = await window.showInformationMessage(`${text} ${backupText(backup)}`, show);
  if (chosen === show) await showBackup(place, backup);
}

function backupText({ folder, files }: Backup): string {
  return files === 1 ? l10n.t('A copy is in {0}.', folder) : l10n.t('{0} copies are in {1}.', files, folder);
}

async function showBackup(place: DonePlace, { folder }: Backup): Promise<void> {
  await revealFolder(Uri.joinPath(place.folder, folder));
}
