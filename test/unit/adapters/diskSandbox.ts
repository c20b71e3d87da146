import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FixedClock } from '../../../src/adapters/memory/fixedClock.ts';
import { SilentLog } from '../../../src/adapters/memory/silentLog.ts';
import { nodeFs } from '../../../src/adapters/disk/diskFs.ts';
import type { DiskFs } from '../../../src/adapters/disk/diskFs.ts';
import { DiskWorkingCopy } from '../../../src/adapters/disk/diskWorkingCopy.ts';
import { OwnFolder } from '../../../src/adapters/disk/ownFolder.ts';
import type { FileChange } from '../../../src/core/model/change.ts';
import type { PathPlatform } from '../../../src/core/model/pathRules.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { FileMode } from '../../../src/core/model/snapshot.ts';
import { CountingHasher, gitId } from './countingHasher.ts';

export const never = new AbortController().signal;

export function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

/** `before`: the contents that are expected to be there; absent: no file. */
export function write(
  path: string,
  content: string | Uint8Array,
  before?: string,
  mode: FileMode = 'regular',
): FileChange {
  const expected = before === undefined ? null : gitId(before);
  return { kind: 'write', path: path as RepoPath, bytes: bytesOf(content), mode, expected };
}

export function remove(path: string, before: string): FileChange {
  return { kind: 'delete', path: path as RepoPath, expected: gitId(before) };
}

/** A folder of its own, and working copies on it. */
export class DiskSandbox {
  readonly hasher = new CountingHasher();
  /** Far enough in the future for every file of a test to be old. */
  readonly clock = new FixedClock(Date.now() + 3_600_000);

  private constructor(readonly root: string) {}

  static async make(): Promise<DiskSandbox> {
    const root = await mkdtemp(join(tmpdir(), 'disk-'));
    await mkdir(join(root, 'checkout'));
    return new DiskSandbox(root);
  }

  get checkout(): string {
    return join(this.root, 'checkout');
  }

  /** `fs` replaces calls to the disk. */
  files(fs: Partial<DiskFs> = {}, platform: PathPlatform = 'linux'): DiskWorkingCopy {
    const all = { ...nodeFs, ...fs };
    const { hasher, clock } = this;
    const tools = { fs: all, hasher, clock, log: new SilentLog(), platform };
    return new DiskWorkingCopy(this.checkout, new OwnFolder(all, this.checkout), tools);
  }

  path(path: string): string {
    return join(this.checkout, path);
  }

  async put(path: string, content: string | Uint8Array, permissions?: number): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true });
    await writeFile(this.path(path), content);
    if (permissions !== undefined) await chmod(this.path(path), permissions);
  }

  /** The bytes as text in which each byte is a character. */
  async get(path: string): Promise<string> {
    return (await readFile(this.path(path))).toString('latin1');
  }

  async permissions(path: string): Promise<number> {
    return (await stat(this.path(path))).mode & 0o777;
  }

  /** Everything in the checkout's folder but our own, folders with a slash behind them. */
  async content(): Promise<Readonly<Record<string, string>>> {
    const content: Record<string, string> = {};
    for (const entry of await readdir(this.checkout, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name).slice(this.checkout.length + 1);
      if (path.startsWith('.api-source-control')) continue;
      if (entry.isDirectory()) content[`${path}/`] = '';
      else content[path] = entry.isFile() ? await this.get(path) : 'no file';
    }
    return content;
  }

  /** What is left of temporary files. */
  async leftovers(): Promise<readonly string[]> {
    return readdir(this.path('.api-source-control/tmp'));
  }

  async dispose(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
