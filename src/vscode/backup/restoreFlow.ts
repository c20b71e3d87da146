import { l10n, window } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import type { RestoredBackup } from '../../app/backup/restoreBackup.ts';
import type { UseCases } from '../../app/useCases.ts';
import type { KeptBackup } from '../../core/model/keptBackup.ts';
import type { OperationRunner } from '../runOperation.ts';
import { offerUndo } from '../undoOffer.ts';
import { pickBackup } from './backupPick.ts';
import { placeOfApi, placesInWorkspace, type BackupPlace } from './backupPlaces.ts';
import { noBackupText } from './backupTexts.ts';
import { pickKeptFiles } from './keptFilePick.ts';

export interface BackupServices {
  readonly store: ReadonlyApiStore;
  readonly useCases: Pick<UseCases, 'backups' | 'restoreBackup'>;
  readonly runner: OperationRunner;
}

interface Found {
  readonly place: BackupPlace;
  readonly backups: readonly KeptBackup[];
}

/** Which folder, which of its backups, which files; then they are written back. */
export class RestoreFlow {
  constructor(private readonly services: BackupServices) {}

  /** Without an API every folder of the workspace is looked into, connected or not. */
  async run(node: ApiNode | undefined): Promise<void> {
    const { store, runner } = this.services;
    await runner.run({
      title: l10n.t('Looking for backups'),
      ...(node && { api: node.key }),
      work: async () => this.find(node === undefined ? await placesInWorkspace(store) : [placeOfApi(store, node)]),
      done: (found) => void this.choose(found, node?.api.name),
    });
  }

  private async find(places: readonly BackupPlace[]): Promise<readonly Found[]> {
    const found: Found[] = [];
    for (const place of places) {
      const backups = await this.services.useCases.backups(place.at);
      if (backups.length > 0) found.push({ place, backups });
    }
    return found;
  }

  private async choose(found: readonly Found[], name: string | undefined): Promise<void> {
    if (found.length === 0) {
      await window.showInformationMessage(noBackupText(name));
      return;
    }
    const chosen = found.length === 1 ? found[0] : await pickFolder(found);
    if (chosen === undefined) return;
    const { place, backups } = chosen;
    const backup = await pickBackup(place, backups);
    const files = backup && (await pickKeptFiles(place, backup));
    if (backup === undefined || files === undefined) return;
    await this.services.runner.run({
      title: l10n.t('Restoring files of “{0}”', place.name),
      kind: 'restoreBackup',
      ...(place.api !== undefined && { api: place.api }),
      work: (context) => this.services.useCases.restoreBackup(place.at, backup, files, context),
      done: (result) => void this.tell(place, result),
    });
  }

  private async tell(place: BackupPlace, { restored, same, done }: RestoredBackup): Promise<void> {
    if (done === undefined) {
      await window.showInformationMessage(l10n.t('Nothing was written: what you chose is as in the backup already.'));
      return;
    }
    const texts = [
      restored.length === 1
        ? l10n.t('{0} is restored.', restored[0] ?? '')
        : l10n.t('{0} files are restored.', restored.length),
      ...(same === 0 ? [] : [l10n.t('{0} more were as in the backup already.', same)]),
    ];
    await offerUndo(this.services.runner, { place, kind: 'restoreBackup', text: texts.join(' ') }, done);
  }
}

async function pickFolder(found: readonly Found[]): Promise<Found | undefined> {
  const items = found.map((each) => ({
    label: each.place.name,
    description: each.place.at.folder,
    detail: each.backups.length === 1 ? l10n.t('1 backup') : l10n.t('{0} backups', each.backups.length),
    found: each,
  }));
  return (await window.showQuickPick(items, { title: l10n.t('Restore a backup of which folder?') }))?.found;
}
