import type { BlobId } from '../../core/model/ids.ts';
import type { BlobStore } from '../../ports/blobStore.ts';
import type { Hasher } from '../../ports/hasher.ts';

/** Reads a folder's blobs and writes none: what is fetched stays in memory until it is known to be wanted. */
export class ScratchBlobs implements BlobStore {
  private readonly fetched = new Map<BlobId, Uint8Array>();

  /** @param kept absent where there is no folder yet. */
  constructor(
    private readonly hasher: Hasher,
    private readonly kept?: BlobStore,
  ) {}

  async has(id: BlobId): Promise<boolean> {
    return this.fetched.has(id) || ((await this.kept?.has(id)) ?? false);
  }

  async get(id: BlobId): Promise<Uint8Array | undefined> {
    return this.fetched.get(id) ?? this.kept?.get(id);
  }

  async put(bytes: Uint8Array): Promise<BlobId> {
    const id = await this.hasher.blobId(bytes);
    this.fetched.set(id, bytes);
    return id;
  }

  /** Moves everything that was fetched into a folder's own store. */
  async keepIn(store: BlobStore): Promise<void> {
    for (const bytes of this.fetched.values()) await store.put(bytes);
    this.fetched.clear();
  }
}
