import { isObjectId } from '../../core/model/ids.ts';
import type { BlobId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Log } from '../../ports/log.ts';
import type { DiskEntry } from './diskFile.ts';
import { codeOf } from './ioError.ts';
import type { OwnFolder } from './ownFolder.ts';

/** What a file looked like when it was hashed, and its id. `hashedAt`: milliseconds, before its first byte was read. */
type Line = readonly [size: number, mtimeNs: string, ino: string, id: BlobId, hashedAt: number];

const indexFile = 'index.json';

/**
 * Milliseconds that must lie between a file's mtime and its hashing: a second change within the same tick of the file
 * system's clock leaves no trace in mtime. FAT's ticks are the longest, two seconds.
 */
export const racyWindow = 2_000;

/** Remembers blob ids by what files look like, in `.api-source-control/index.json`. A cache: losing it costs time. */
export class StatIndex {
  private lines: Map<string, Line> | undefined;
  private changed = false;

  constructor(
    private readonly own: OwnFolder,
    private readonly log: Log,
  ) {}

  async load(): Promise<void> {
    if (this.lines !== undefined) return;
    const bytes = await this.own.read(indexFile);
    this.lines ??= bytes === undefined ? new Map() : this.parse(new TextDecoder().decode(bytes));
  }

  /** The id of a file that looks as it did when it was hashed, and was old enough then. */
  find(path: RepoPath, entry: DiskEntry): BlobId | undefined {
    const line = this.lines?.get(path);
    if (line === undefined) return undefined;
    const [size, mtimeNs, ino, id, hashedAt] = line;
    const same = size === entry.size && mtimeNs === String(entry.mtimeNs) && ino === String(entry.ino);
    return same && Number(entry.mtimeNs / 1_000_000n) + racyWindow <= hashedAt ? id : undefined;
  }

  remember(path: RepoPath, entry: DiskEntry, id: BlobId, hashedAt: number): void {
    this.lines?.set(path, [entry.size, String(entry.mtimeNs), String(entry.ino), id, hashedAt]);
    this.changed = true;
  }

  forget(path: RepoPath): void {
    if (this.lines?.delete(path) === true) this.changed = true;
  }

  /** Keeps what is new, once there is a folder for it: looking at files makes none. */
  async save(): Promise<void> {
    if (!this.changed || this.lines === undefined || !(await this.own.exists())) return;
    this.changed = false;
    try {
      await this.own.write(indexFile, JSON.stringify(Object.fromEntries(this.lines)));
    } catch (error) {
      this.changed = true;
      this.log.warn(`${indexFile} could not be written (${codeOf(error)}): files will be read again`);
    }
  }

  private parse(text: string): Map<string, Line> {
    try {
      const lines = new Map<string, Line>();
      const file: unknown = JSON.parse(text);
      for (const [path, line] of Object.entries(file ?? {})) if (isLine(line)) lines.set(path, line);
      return lines;
    } catch (error) {
      this.log.warn(`${indexFile} is broken and is made again: ${error instanceof Error ? error.name : 'unknown'}`);
      return new Map();
    }
  }
}

function isLine(line: unknown): line is Line {
  if (!Array.isArray(line)) return false;
  const [size, mtimeNs, ino, id, hashedAt] = line as readonly unknown[];
  return (
    typeof size === 'number' &&
    typeof mtimeNs === 'string' &&
    typeof ino === 'string' &&
    typeof id === 'string' &&
    isObjectId(id) &&
    typeof hashedAt === 'number'
  );
}
