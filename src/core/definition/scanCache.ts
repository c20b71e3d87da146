import type { BlobId } from '../model/ids.ts';
import type { ReferenceScan } from './referenceScan.ts';

/**
 * Remembers scans by the id of what was scanned, so that they are never wrong, only forgotten:
 * the least recently used go first once more than `capacity` references are held.
 */
export class ScanCache {
  private readonly scans = new Map<string, ReferenceScan>();
  private held = 0;

  /** @param capacity in references and problems; each takes some 200 bytes. */
  constructor(private readonly capacity = 200_000) {}

  get(id: BlobId, kind: string): ReferenceScan | undefined {
    const key = keyOf(id, kind);
    const scan = this.scans.get(key);
    if (scan === undefined) return undefined;
    this.scans.delete(key);
    this.scans.set(key, scan);
    return scan;
  }

  set(id: BlobId, kind: string, scan: ReferenceScan): void {
    const key = keyOf(id, kind);
    this.forget(key);
    this.scans.set(key, scan);
    this.held += weight(scan);
    for (const oldest of this.scans.keys()) {
      if (this.held <= this.capacity) return;
      this.forget(oldest);
    }
  }

  private forget(key: string): void {
    const scan = this.scans.get(key);
    if (scan === undefined) return;
    this.held -= weight(scan);
    this.scans.delete(key);
  }
}

function keyOf(id: BlobId, kind: string): string {
  return `${id} ${kind}`;
}

function weight(scan: ReferenceScan): number {
  return 1 + scan.references.length + scan.problems.length;
}
