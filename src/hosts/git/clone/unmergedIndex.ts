import type { BlobId } from '../../../core/model/ids.ts';
import type { RepoPath } from '../../../core/model/repoPath.ts';
import type { FileVersion } from '../../../core/model/snapshot.ts';
import type { UnmergedFile, UnmergedFiles } from '../../../core/model/unmergedFile.ts';
import type { CloneGit } from './cloneGit.ts';

/** What Git calls the versions of an unmerged file. */
export type GitSide = 'ours' | 'theirs';

/** The lines that the index has of one path, as `update-index --index-info` takes them. */
export type IndexLines = readonly string[];

const stages = { base: 1, ours: 2, theirs: 3 } as const;
const listingBytes = 512 * 1024 * 1024;

/**
 * Whose version Git calls whose, in the middle of `underway`. A rebase replays the person's commits on top of the other
 * side's, and a stash, or a switch that merges, lays what is not committed over what is: then theirs is the person's.
 */
export function minesSide(underway: string | undefined): GitSide {
  return underway === undefined || underway === 'rebase' ? 'theirs' : 'ours';
}

/** Every unmerged path of the index; `mine` is what Git calls `ours` or `theirs`. */
export async function readUnmerged(git: CloneGit, mine: GitSide, signal: AbortSignal): Promise<UnmergedFiles> {
  const output = await git.read(['ls-files', '--unmerged', '-z'], signal, { maxBytes: listingBytes });
  const found = new Map<RepoPath, Partial<Record<number, FileVersion>>>();
  for (const record of output.toString().split('\0')) {
    const [, mode, id, stage, path] = /^(\d{6}) ([0-9a-f]+) ([123])\t([^]+)$/.exec(record) ?? [];
    if (path === undefined) continue;
    const version: FileVersion = { id: id as BlobId, mode: mode === '100755' ? 'executable' : 'regular' };
    found.set(path as RepoPath, { ...found.get(path as RepoPath), [Number(stage)]: version });
  }
  const other = mine === 'ours' ? 'theirs' : 'ours';
  const sidesOf = (versions: Partial<Record<number, FileVersion>>): UnmergedFile => {
    const [base, own, theirs] = [versions[stages.base], versions[stages[mine]], versions[stages[other]]];
    return { ...(base && { base }), ...(own && { mine: own }), ...(theirs && { theirs }) };
  };
  return new Map([...found].map(([path, versions]) => [path, sidesOf(versions)]));
}

/** What the index has of the paths, whatever it is: of a merged one a single line, of an absent one none. */
export async function indexLines(
  git: CloneGit,
  paths: readonly RepoPath[],
  signal: AbortSignal,
): Promise<ReadonlyMap<RepoPath, IndexLines>> {
  const output = await git.read(['ls-files', '--stage', '-z', '--', ...paths], signal);
  const lines = new Map<RepoPath, IndexLines>(paths.map((path) => [path, []]));
  for (const line of output.toString().split('\0').filter(Boolean)) {
    const path = line.slice(line.indexOf('\t') + 1) as RepoPath;
    lines.set(path, [...(lines.get(path) ?? []), line]);
  }
  return lines;
}
