import type { BlobId } from '../../core/model/ids.ts';
import type { BlobStore } from '../../ports/blobStore.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { OwnFolder } from './ownFolder.ts';

/** Contents in `.api-source-control/blobs/ab/cdef…`, as they are. */
export class DiskBlobStore implements BlobStore {
  constructor(
    private readonly own: OwnFolder,
    private readonly hasher: Hasher,
  ) {}

  has(id: BlobId): Promise<boolean> {
    return this.own.has(placeOf(id));
  }

  async get(id: BlobId): Promise<Uint8Array | undefined> {
    const bytes = await this.own.read(placeOf(id));
    if (bytes === undefined || (await this.hasher.blobId(bytes)) === id) return bytes;
    // Out of the way, or it would keep the right bytes from being put there.
    await this.own.remove(placeOf(id));
    return undefined;
  }

  async put(bytes: Uint8Array): Promise<BlobId> {
    const id = await this.hasher.blobId(bytes);
    if (!(await this.has(id))) await this.own.write(placeOf(id), bytes);
    return id;
  }
}

function placeOf(id: BlobId): string {
  return `blobs/${id.slice(0, 2)}/${id.slice(2)}`;
}
