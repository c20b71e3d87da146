import type { Checkouts } from '../checkout/checkouts.ts';
import type { CheckoutWork } from '../checkoutWork.ts';
import type { EnginePorts } from '../enginePorts.ts';
import { FolderWork } from '../folderWork.ts';
import type { Look } from '../look/look.ts';
import type { LookAll } from '../lookAll.ts';
import type { Operations } from '../operations.ts';
import type { Turns } from '../turns.ts';
import type { BackUp } from './backUp.ts';
import { BackupFolders } from './backupFolders.ts';
import { RestoreBackup } from './restoreBackup.ts';

interface BackupTools {
  readonly checkouts: Checkouts;
  readonly operations: Operations;
  readonly turns: Turns;
  readonly work: CheckoutWork;
  readonly look: Look;
  readonly lookAll: LookAll;
  readonly backUp: BackUp;
}

/** What is done with backups once they are there. */
export function backupVerbs(
  { workspace, storages, editors, ask, hasher, platform }: EnginePorts,
  { checkouts, operations, turns, work, look, lookAll, backUp }: BackupTools,
): { readonly folders: BackupFolders; readonly restoreBackup: RestoreBackup } {
  const folderWork = new FolderWork(workspace, storages, operations, turns);
  const folders = new BackupFolders(storages, checkouts, work, folderWork, look, lookAll);
  return { folders, restoreBackup: new RestoreBackup(folders, editors, ask, backUp, hasher, platform) };
}
