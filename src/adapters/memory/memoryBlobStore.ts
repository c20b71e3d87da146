import type { BlobId } from '../../core/model/ids.ts';
import type { BlobStore } from '../../ports/blobStore.ts';
import type { Hasher } from '../../ports/hasher.ts';

/** Blobs for as long as the object lives. Keeps and gives copies, as a disk would. */
export class MemoryBlobStore implements BlobStore {
  private readonly blobs = new Map<BlobId, Uint8Array>();

  constructor(private readonly hasher: Hasher) {}

  get size(): number {
    return this.blobs.size;
  }

  has(id: BlobId): Promise<boolean> {
    return Promise.resolve(this.blobs.has(id));
  }

  get(id: BlobId): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.blobs.get(id)?.slice());
  }

  async put(bytes: Uint8Array): Promise<BlobId> {
    const id = await this.hasher.blobId(bytes);
    this.blobs.set(id, bytes.slice());
    return id;
  }

  /** Loses a blob, as a cleaned-up folder does. */
  forget(id: BlobId): void {
    this.blobs.delete(id);
  }
}
