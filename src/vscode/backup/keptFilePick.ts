import { l10n, window, type QuickPickItem } from 'vscode';
import { DisposableStore } from '../../core/events.ts';
import type { KeptBackup, KeptFile } from '../../core/model/keptBackup.ts';
import { baseName, folderOf } from '../../core/model/repoPath.ts';
import type { BackupPlace } from './backupPlaces.ts';
import { oneOfEach } from './oneOfEach.ts';

interface FileItem extends QuickPickItem {
  readonly file: KeptFile;
}

/** Which files of a backup are wanted: all, until a person unticks some. `undefined`: none. */
export function pickKeptFiles(place: BackupPlace, { files }: KeptBackup): Promise<readonly KeptFile[] | undefined> {
  const owned = new DisposableStore();
  const pick = owned.add(window.createQuickPick<FileItem>());
  pick.title = l10n.t('Restore which files of “{0}”?', place.name);
  pick.placeholder =
    place.branch === undefined
      ? l10n.t('They are written to the folder as they were')
      : l10n.t('They become changes of “{0}”, the branch that you work on', place.branch);
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.items = files.map((file) => ({ label: baseName(file.path), description: describe(file), file }));
  let ticked = oneOfEach(pick.items, []);
  pick.selectedItems = ticked;
  return new Promise((resolve) => {
    owned.add(
      pick.onDidChangeSelection((items) => {
        const before = ticked;
        ticked = oneOfEach(items, before);
        if (ticked.length < items.length) pick.selectedItems = ticked;
      }),
    );
    owned.add(
      pick.onDidAccept(() => {
        resolve(ticked.length === 0 ? undefined : ticked.map(({ file }) => file));
        pick.hide();
      }),
    );
    owned.add(
      pick.onDidHide(() => {
        resolve(undefined);
        owned.dispose();
      }),
    );
    pick.show();
  });
}

function describe({ path, parkedOn }: KeptFile): string {
  const parked = parkedOn === undefined ? '' : l10n.t('was parked on “{0}”', parkedOn);
  return [folderOf(path), parked].filter((text) => text !== '').join(' · ');
}
