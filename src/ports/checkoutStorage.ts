import type { Backups } from './backups.ts';
import type { BlobStore } from './blobStore.ts';
import type { JournalStore } from './journalStore.ts';
import type { LeaseStore } from './lease.ts';
import type { StateStore } from './stateStore.ts';
import type { WorkingCopy } from './workingCopy.ts';

/** The stores of one checkout's folder. */
export interface CheckoutStorage {
  readonly files: WorkingCopy;
  readonly blobs: BlobStore;
  readonly state: StateStore;
  readonly journal: JournalStore;
  readonly lease: LeaseStore;
  readonly backups: Backups;
}

export interface CheckoutStorages {
  /**
   * Stores for `folder` (relative, `''` for the workspace folder itself) of a workspace folder. Creates nothing.
   * @throws Failure `unsafePath` when the folder leaves the workspace folder, links included.
   */
  open(workspaceFolder: string, folder: string): Promise<CheckoutStorage>;
}
