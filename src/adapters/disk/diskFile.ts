import type { BigIntStats } from 'node:fs';
import { constants } from 'node:fs';
import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { DiskFs } from './diskFs.ts';
import { codeOf, isAbsent, readFailure } from './ioError.ts';

/** What stands at a place of the disk, links not followed. */
export interface DiskEntry {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly size: number;
  /** Nanoseconds since 1970, as fine as the file system keeps them. */
  readonly mtimeNs: bigint;
  readonly ino: bigint;
  /** The permission bits. */
  readonly permissions: number;
}

/** `undefined` when nothing is there. `path` names the place in a failure. @throws Failure `invalidFile`. */
export async function look(fs: DiskFs, absolute: string, path: string): Promise<DiskEntry | undefined> {
  try {
    const stats = await fs.lstat(absolute, { bigint: true });
    return {
      kind: kindOf(stats),
      size: Number(stats.size),
      mtimeNs: stats.mtimeNs,
      ino: stats.ino,
      permissions: Number(stats.mode & 0o777n),
    };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw readFailure(error, path);
  }
}

function kindOf(stats: BigIntStats): DiskEntry['kind'] {
  // Windows' junctions are links here, too.
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isFile()) return 'file';
  return stats.isDirectory() ? 'folder' : 'other';
}

/** Whether nothing happened to a file between two looks, as far as a look can tell. */
export function sameEntry(a: DiskEntry | undefined, b: DiskEntry | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.kind === b.kind && a.size === b.size && a.mtimeNs === b.mtimeNs && a.ino === b.ino;
}

/**
 * The bytes of a regular file; `undefined` when there is none. A link that takes the file's place just now is not
 * followed either (Windows cannot promise that). @throws Failure `tooLarge`, `invalidFile`.
 */
export async function readRegular(fs: DiskFs, absolute: string, path: string): Promise<Uint8Array | undefined> {
  const entry = await look(fs, absolute, path);
  if (entry?.kind !== 'file') return undefined;
  if (entry.size > limits.fileBytes) throw new Failure('tooLarge', { paths: [path] });
  try {
    const handle = await fs.open(absolute, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const bytes = await handle.readFile();
      // A plain array: `slice` of Node's own kind of bytes gives no copy.
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isAbsent(error) || codeOf(error) === 'ELOOP') return undefined;
    throw readFailure(error, path);
  }
}
