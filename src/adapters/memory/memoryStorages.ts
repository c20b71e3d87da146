import type { CheckoutStorage, CheckoutStorages } from '../../ports/checkoutStorage.ts';
import type { Hasher } from '../../ports/hasher.ts';
import { MemoryBackups } from './memoryBackups.ts';
import { MemoryBlobStore } from './memoryBlobStore.ts';
import { MemoryJournalStore } from './memoryJournalStore.ts';
import { MemoryLease } from './memoryLeaseStore.ts';
import { MemoryStateStore } from './memoryStateStore.ts';
import { MemoryWorkingCopy } from './memoryWorkingCopy.ts';

/** One checkout's folder in memory. */
export interface MemoryStorage extends CheckoutStorage {
  readonly files: MemoryWorkingCopy;
  readonly blobs: MemoryBlobStore;
  readonly state: MemoryStateStore;
  readonly journal: MemoryJournalStore;
  readonly leases: MemoryLease;
  readonly backups: MemoryBackups;
}

/** Folders in memory: the same one for the same workspace folder and folder, so that a restart finds it again. */
export class MemoryStorages implements CheckoutStorages {
  private readonly storages = new Map<string, MemoryStorage>();

  constructor(private readonly hasher: Hasher) {}

  open(workspaceFolder: string, folder: string): Promise<CheckoutStorage> {
    const storage = this.at(workspaceFolder, folder);
    // Whoever opens it again is another window.
    return Promise.resolve({ ...storage, lease: storage.leases.window() });
  }

  /** The process that has leases ends, and gives none of them back. */
  abandonLeases(): void {
    for (const { leases } of this.storages.values()) leases.abandon();
  }

  /** What {@link open} gives, for a test to look into. */
  at(workspaceFolder: string, folder: string): MemoryStorage {
    const key = JSON.stringify([workspaceFolder, folder]);
    const known = this.storages.get(key);
    if (known !== undefined) return known;
    const leases = new MemoryLease();
    const storage = {
      files: new MemoryWorkingCopy(this.hasher),
      blobs: new MemoryBlobStore(this.hasher),
      state: new MemoryStateStore(),
      journal: new MemoryJournalStore(),
      leases,
      lease: leases.window(),
      backups: new MemoryBackups(),
    };
    this.storages.set(key, storage);
    return storage;
  }
}
