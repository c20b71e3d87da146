import { createHash } from 'node:crypto';
import { asBlobId } from '../../../src/core/model/ids.ts';
import type { BlobId } from '../../../src/core/model/ids.ts';
import type { Hasher } from '../../../src/ports/hasher.ts';

/** Git's ids, and how many were asked for. */
export class CountingHasher implements Hasher {
  count = 0;

  blobId(bytes: Uint8Array): Promise<BlobId> {
    this.count++;
    return Promise.resolve(gitId(bytes));
  }
}

export function gitId(content: string | Uint8Array): BlobId {
  const bytes = Buffer.from(content as Uint8Array);
  return asBlobId(createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex'));
}
