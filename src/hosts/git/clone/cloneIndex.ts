import type { BlobId } from '../../../core/model/ids.ts';
import type { RepoPath } from '../../../core/model/repoPath.ts';
import type { FileMode } from '../../../core/model/snapshot.ts';
import { parseRawChanges } from '../treeFormat.ts';
import type { CloneGit } from './cloneGit.ts';

/** What Git's index says of a path. */
export interface IndexEntry {
  readonly id: BlobId;
  /** Absent: a link or a submodule. */
  readonly mode?: FileMode;
  /** Left out of a sparse checkout. */
  readonly leftOut: boolean;
  /** Both sides of a merge are in it. */
  readonly unmerged: boolean;
}

/** What the working tree has in the place of an index entry that it differs from, or may differ from. */
export interface Touched {
  /** Absent: no regular file is there. */
  readonly mode?: FileMode;
}

/** More characters of names than some system's command line takes: then the whole index is read. */
const mostCharacters = 20_000;
const listingBytes = 512 * 1024 * 1024;

/** Reads the index, and what differs from it; takes no lock and changes nothing. */
export class CloneIndex {
  constructor(private readonly git: CloneGit) {}

  async entries(paths: readonly RepoPath[], signal: AbortSignal): Promise<ReadonlyMap<RepoPath, IndexEntry>> {
    const output = await this.#read(['ls-files', '--stage', '-t', '-z'], paths, signal);
    const entries = new Map<RepoPath, IndexEntry>();
    for (const record of output.toString().split('\0')) {
      const [, tag, mode = '', id, stage, path] = /^(\S) (\d{6}) ([0-9a-f]+) (\d)\t([^]*)$/.exec(record) ?? [];
      if (id === undefined) continue;
      const kind = fileMode(mode);
      entries.set(path as RepoPath, {
        id: id as BlobId,
        ...(kind === undefined ? {} : { mode: kind }),
        leftOut: tag === 'S',
        unmerged: stage !== '0',
      });
    }
    return entries;
  }

  /** Tracked paths whose file is not, or may not be, what the index has. */
  async touched(paths: readonly RepoPath[], signal: AbortSignal): Promise<ReadonlyMap<RepoPath, Touched>> {
    const args = ['diff-files', '--raw', '-z', '--no-renames', '--no-abbrev', '--no-ext-diff', '--ignore-submodules'];
    const changes = parseRawChanges(await this.#read(args, paths, signal));
    return new Map(changes.map(({ path, after }) => [path, isFile(after?.kind) ? { mode: after.kind } : {}]));
  }

  #read(args: readonly string[], paths: readonly RepoPath[], signal: AbortSignal): Promise<Buffer> {
    const isShort = paths.reduce((length, path) => length + path.length + 1, 0) < mostCharacters;
    return this.git.read([...args, '--', ...(isShort ? paths : [])], signal, { maxBytes: listingBytes });
  }
}

function fileMode(mode: string): FileMode | undefined {
  if (mode === '100755') return 'executable';
  return mode.startsWith('100') ? 'regular' : undefined;
}

function isFile(kind: string | undefined): kind is FileMode {
  return kind === 'regular' || kind === 'executable';
}
