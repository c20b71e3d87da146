import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import * as path from 'node:path';
import { git } from './git.ts';

/** Path → `<mode> <blob id>`, as Git writes them: equal snapshots are equal bytes and modes. */
export type Snapshot = Readonly<Record<string, string>>;

/** The extension's own memory, which is in no repository. */
const ownFolder = '.api-source-control';

/** What Git has at `commit`, below `below` where that is given. */
export async function snapshotCommit(
  repository: string,
  commit: string,
  ...below: readonly string[]
): Promise<Snapshot> {
  const lines = (await git(repository, 'ls-tree', '-r', '-z', commit, '--', ...below)).split('\0').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const [, mode, , id, file] = /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(line) ?? [];
      return [file, `${mode} ${id}`];
    }),
  );
}

/** What is in a folder on the disk, hashed here and not by what is tested. */
export async function snapshotFolder(folder: string): Promise<Snapshot> {
  const snapshot: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const absolute = path.join(entry.parentPath, entry.name);
    const relative = path.relative(folder, absolute).replaceAll(path.sep, '/');
    if (entry.isDirectory() || relative.startsWith(`${ownFolder}/`)) continue;
    snapshot[relative] = `${await modeOf(absolute)} ${blobId(await contentOf(absolute))}`;
  }
  return snapshot;
}

/** The id that Git gives to these bytes. */
export function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

async function modeOf(file: string): Promise<string> {
  const stat = await lstat(file);
  if (stat.isSymbolicLink()) return '120000';
  return (stat.mode & 0o100) === 0 ? '100644' : '100755';
}

async function contentOf(file: string): Promise<Buffer> {
  return (await lstat(file)).isSymbolicLink() ? await readlink(file, 'buffer') : await readFile(file);
}
