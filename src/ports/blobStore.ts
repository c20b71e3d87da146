import type { BlobId } from '../core/model/ids.ts';

/** Contents by id, kept in the checkout's own folder. */
export interface BlobStore {
  has(id: BlobId): Promise<boolean>;
  /** Verified against its id; `undefined` when absent or damaged. */
  get(id: BlobId): Promise<Uint8Array | undefined>;
  put(bytes: Uint8Array): Promise<BlobId>;
}
