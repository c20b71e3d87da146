import { parseBackupName, type BackupReason } from './backupName.ts';
import type { BackupNote } from './backupNote.ts';
import { isRepoPath, type RepoPath } from './repoPath.ts';
import type { FileMode } from './snapshot.ts';

/** One file of a backup. */
export interface KeptFile {
  /** Where it belongs, in the checkout's folder. */
  readonly path: RepoPath;
  /** Where its copy is, below the backup's folder. */
  readonly copy: string;
  /** Absent: nobody noted it. */
  readonly mode?: FileMode;
  /** The branch that it waited on; absent: it was in the folder. */
  readonly parkedOn?: string;
}

/** Copies of what a person gave up by name, to be had again. */
export interface KeptBackup {
  /** Of its folder. */
  readonly name: string;
  /** Absent, as `time` is: a person named the folder. */
  readonly reason?: BackupReason;
  /** Milliseconds since 1970. */
  readonly time?: number;
  /** The branch that was worked on, as far as is known. */
  readonly branch?: string;
  /** What was in the folder first, then what waited on branches; each sorted. */
  readonly files: readonly KeptFile[];
}

/** Where a backup's note is, among the files of all backups. */
export function notePath(name: string): string {
  return `${name}.json`;
}

/** The backups that files are of: name → copies. `paths` as the `Backups` port lists them. */
export function copiesByBackup(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const copies = new Map<string, string[]>();
  for (const path of paths) {
    const slash = path.indexOf('/');
    // What lies beside the folders are notes.
    if (slash < 0) continue;
    const name = path.slice(0, slash);
    const known = copies.get(name);
    if (known === undefined) copies.set(name, [path.slice(slash + 1)]);
    else known.push(path.slice(slash + 1));
  }
  return copies;
}

export function keptBackup(name: string, copies: readonly string[], note: BackupNote | undefined): KeptBackup {
  const files = copies.flatMap((copy) => keptFile(copy, note));
  files.sort((a, b) => compare(a.parkedOn ?? '', b.parkedOn ?? '') || compare(a.path, b.path));
  return { name, ...parseBackupName(name), ...(note?.branch === undefined ? {} : { branch: note.branch }), files };
}

/** By the time in their names; those without one come last. */
export function newestFirst(backups: readonly KeptBackup[]): readonly KeptBackup[] {
  return [...backups].sort((a, b) => (b.time ?? 0) - (a.time ?? 0) || compare(b.name, a.name));
}

function keptFile(copy: string, note: BackupNote | undefined): readonly KeptFile[] {
  const top = copy.slice(0, Math.max(0, copy.indexOf('/')));
  const parkedOn = note?.parked.get(top);
  const path = parkedOn === undefined ? copy : copy.slice(top.length + 1);
  if (!isRepoPath(path)) return [];
  const mode = note === undefined ? {} : ({ mode: note.executable.has(copy) ? 'executable' : 'regular' } as const);
  return [{ path, copy, ...mode, ...(parkedOn === undefined ? {} : { parkedOn }) }];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
