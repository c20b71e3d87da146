import type { BlobId, CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { FileMode, Tree, TreeEntry, TreeEntryKind } from '../../core/model/snapshot.ts';

/** What is known of a path; the server's list of files tells nothing but names. */
export interface KnownFile {
  /** `undefined`: not read yet. */
  readonly kind?: TreeEntryKind;
  readonly id?: BlobId;
  readonly size?: number;
  /** The blob that a comparison named: what is read has to be it. */
  readonly expected?: string;
}

/** One commit's paths, and what reading has taught of them so far. */
export class KnownTree {
  constructor(
    readonly commit: CommitId,
    readonly files: Map<RepoPath, KnownFile>,
  ) {}

  static ofNames(commit: CommitId, names: Iterable<RepoPath>): KnownTree {
    return new KnownTree(commit, new Map(Array.from(names, (name) => [name, {}])));
  }

  learn(path: RepoPath, known: KnownFile): void {
    if (this.files.has(path)) this.files.set(path, known);
  }

  /** A file that was never read may be anything: it is told as a regular file. */
  toTree(): Tree {
    const entries = Array.from(this.files, ([path, { kind = 'regular', id, size }]): [RepoPath, TreeEntry] => [
      path,
      { path, kind, ...(id === undefined ? {} : { id }), ...(size === undefined ? {} : { size }) },
    ]);
    return new Map(entries);
  }

  modesRead(): ReadonlyMap<RepoPath, FileMode> {
    const modes = new Map<RepoPath, FileMode>();
    for (const [path, { kind }] of this.files) if (kind === 'regular' || kind === 'executable') modes.set(path, kind);
    return modes;
  }
}
