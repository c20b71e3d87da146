import { decodeBackupNote, type BackupNote } from '../../core/model/backupNote.ts';
import { copiesByBackup, keptBackup, newestFirst, notePath, type KeptBackup } from '../../core/model/keptBackup.ts';
import type { CheckoutState } from '../../core/sync/checkoutState.ts';
import type { Backups } from '../../ports/backups.ts';
import type { CheckoutStorage, CheckoutStorages } from '../../ports/checkoutStorage.ts';
import type { OperationContext } from '../../ports/progress.ts';
import { checkoutKey } from '../apiKeys.ts';
import type { Checkouts } from '../checkout/checkouts.ts';
import type { CheckoutWork } from '../checkoutWork.ts';
import type { FolderPlace } from '../folderPlace.ts';
import type { FolderWork } from '../folderWork.ts';
import type { Look } from '../look/look.ts';
import type { LookAll } from '../lookAll.ts';
import { uncancelled } from '../uncancelled.ts';

/** A folder with backups, while an operation has it to itself. */
export interface BackupFolder extends FolderPlace {
  readonly storage: CheckoutStorage;
  /** Absent where the folder remembers nothing: that of a clone which is not connected any more. */
  readonly state?: CheckoutState;
}

/** Folders that have backups, whether an API is connected there or was. */
export class BackupFolders {
  constructor(
    private readonly storages: CheckoutStorages,
    private readonly checkouts: Checkouts,
    private readonly work: CheckoutWork,
    private readonly folderWork: FolderWork,
    private readonly look: Look,
    private readonly looks: LookAll,
  ) {}

  /** Newest first. */
  async list({ workspaceFolder, folder }: FolderPlace): Promise<readonly KeptBackup[]> {
    const { backups } = await this.storages.open(workspaceFolder, folder);
    const found: KeptBackup[] = [];
    for (const [name, copies] of copiesByBackup(await backups.list())) {
      found.push(keptBackup(name, copies, await noteOf(backups, name)));
    }
    return newestFirst(found);
  }

  /** Does `work` there under the lease, once what was cut off is settled. @throws Failure `untrusted`. */
  async run<T>(place: FolderPlace, context: OperationContext, work: (folder: BackupFolder) => Promise<T>): Promise<T> {
    const { workspaceFolder, folder } = place;
    const key = checkoutKey(workspaceFolder, folder);
    const [connected] = this.checkouts.nodesOf(key);
    if (connected !== undefined) {
      return this.work.run(connected.key, 'restoreBackup', context, async ({ checkout }) => {
        const { storage } = checkout;
        const done = await work({ workspaceFolder, folder, storage, state: await this.look.stateOf(checkout) });
        await this.look.remember(checkout, uncancelled(context));
        return done;
      });
    }
    const done = await this.folderWork.run(place, 'restoreBackup', context, async (storage) => {
      const state = await storage.state.load();
      return work({ workspaceFolder, folder, storage, ...(state && { state }) });
    });
    await this.looks.one(key, uncancelled(context));
    return done;
  }
}

async function noteOf(backups: Backups, name: string): Promise<BackupNote | undefined> {
  const bytes = await backups.read(notePath(name));
  return bytes === undefined ? undefined : decodeBackupNote(new TextDecoder().decode(bytes));
}
