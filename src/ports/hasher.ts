import type { BlobId } from '../core/model/ids.ts';

export interface Hasher {
  /** The Git blob id of `bytes`. */
  blobId(bytes: Uint8Array): Promise<BlobId>;
}
