import { l10n, ThemeIcon, Uri, window, type QuickPickItem } from 'vscode';
import { DisposableStore } from '../../core/events.ts';
import type { KeptBackup } from '../../core/model/keptBackup.ts';
import { ownFolderName } from '../../core/model/pathRules.ts';
import { nameFiles } from '../messages/nameFiles.ts';
import { revealFolder } from '../revealFolder.ts';
import type { BackupPlace } from './backupPlaces.ts';
import { backupFacts, backupTitle } from './backupTexts.ts';

interface BackupItem extends QuickPickItem {
  readonly backup: KeptBackup;
}

/** One of the backups, in the order in which they come; the button of each shows its folder. */
export function pickBackup(place: BackupPlace, backups: readonly KeptBackup[]): Promise<KeptBackup | undefined> {
  const owned = new DisposableStore();
  const pick = owned.add(window.createQuickPick<BackupItem>());
  pick.title = l10n.t('Restore a backup of “{0}”', place.name);
  pick.placeholder = l10n.t('Choose what to have again; the files come next');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const buttons = [{ iconPath: new ThemeIcon('folder-opened'), tooltip: l10n.t('Show Backup') }];
  pick.items = backups.map((backup) => ({
    label: backupTitle(backup),
    description: backupFacts(backup),
    detail: nameFiles(backup.files.map(({ path }) => path)),
    iconPath: new ThemeIcon('history'),
    buttons,
    backup,
  }));
  return new Promise((resolve) => {
    owned.add(
      pick.onDidAccept(() => {
        resolve(pick.selectedItems[0]?.backup);
        pick.hide();
      }),
    );
    owned.add(
      pick.onDidTriggerItemButton(({ item }) => {
        pick.hide();
        void revealFolder(Uri.joinPath(place.folder, ownFolderName, 'backups', item.backup.name));
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
