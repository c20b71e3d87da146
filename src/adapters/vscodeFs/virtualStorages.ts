import type { BlobId } from '../../core/model/ids.ts';
import { ownFolderName } from '../../core/model/pathRules.ts';
import type { CheckoutState } from '../../core/sync/checkoutState.ts';
import { decodeState, encodeState } from '../../core/sync/stateCodec.ts';
import type { BlobStore } from '../../ports/blobStore.ts';
import type { CheckoutStorage, CheckoutStorages } from '../../ports/checkoutStorage.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { StateStore } from '../../ports/stateStore.ts';
import type { FolderFileSystem, OpenFolder } from '../../ports/folderFileSystem.ts';
import { replaceOwn } from './replaceOwn.ts';
import { VirtualBackups } from './virtualBackups.ts';
import { VirtualJournalStore } from './virtualJournalStore.ts';
import { VirtualLeaseStore } from './virtualLeaseStore.ts';
import { VirtualWorkingCopy } from './virtualWorkingCopy.ts';

/** Checkouts on whatever `workspace.fs` reaches, where there is no disk of our own. */
export class VirtualStorages implements CheckoutStorages {
  constructor(
    private readonly openFolder: OpenFolder,
    private readonly hasher: Hasher,
    private readonly clock: Clock,
  ) {}

  open(workspaceFolder: string, folder: string): Promise<CheckoutStorage> {
    const fs = this.openFolder(workspaceFolder, folder);
    return Promise.resolve({
      files: new VirtualWorkingCopy(fs, this.hasher, this.clock),
      blobs: new VirtualBlobStore(fs, this.hasher),
      state: new VirtualStateStore(fs),
      journal: new VirtualJournalStore(fs),
      lease: new VirtualLeaseStore(fs),
      backups: new VirtualBackups(fs),
    });
  }
}

class VirtualBlobStore implements BlobStore {
  constructor(
    private readonly fs: FolderFileSystem,
    private readonly hasher: Hasher,
  ) {}

  async has(id: BlobId): Promise<boolean> {
    return (await this.fs.stat(blobPath(id)))?.kind === 'file';
  }

  async get(id: BlobId): Promise<Uint8Array | undefined> {
    if (!(await this.has(id))) return undefined;
    const bytes = await this.fs.read(blobPath(id));
    return (await this.hasher.blobId(bytes)) === id ? bytes : undefined;
  }

  async put(bytes: Uint8Array): Promise<BlobId> {
    const id = await this.hasher.blobId(bytes);
    if ((await this.get(id)) === undefined) await replaceOwn(this.fs, blobPath(id), bytes);
    return id;
  }
}

class VirtualStateStore implements StateStore {
  constructor(private readonly fs: FolderFileSystem) {}

  async load(): Promise<CheckoutState | undefined> {
    if ((await this.fs.stat(statePath))?.kind !== 'file') return undefined;
    return decodeState(new TextDecoder().decode(await this.fs.read(statePath)));
  }

  save(state: CheckoutState): Promise<void> {
    return replaceOwn(this.fs, statePath, new TextEncoder().encode(encodeState(state)));
  }
}

const statePath = `${ownFolderName}/state.json`;

function blobPath(id: BlobId): string {
  return `${ownFolderName}/blobs/${id.slice(0, 2)}/${id.slice(2)}`;
}
