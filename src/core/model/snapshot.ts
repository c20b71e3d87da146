import type { BlobId, CommitId } from './ids.ts';
import type { RepoPath } from './repoPath.ts';

/** What we write: a regular file (Git 100644) or an executable one (100755). */
export type FileMode = 'regular' | 'executable';

/** One file at one moment. */
export interface FileVersion {
  readonly id: BlobId;
  readonly mode: FileMode;
}

/** Path → version at one moment: *base* (last synced), *local* (folder) or *remote* (branch head). */
export type Snapshot = ReadonlyMap<RepoPath, FileVersion>;

/** Links (120000) and submodules (160000) are recognised and left alone. Folders are not listed. */
export type TreeEntryKind = FileMode | 'link' | 'submodule';

export interface TreeEntry {
  readonly path: RepoPath;
  readonly kind: TreeEntryKind;
  /** Absent where the host does not tell (Bitbucket). */
  readonly id?: BlobId;
  /** Bytes; absent where the host does not tell. */
  readonly size?: number;
}

/** Every entry of a commit's tree, except folders. */
export type Tree = ReadonlyMap<RepoPath, TreeEntry>;

/** A base version remembers which commit it was synced with. */
export interface BaseVersion extends FileVersion {
  readonly commit: CommitId;
}

export function sameVersion(a: FileVersion | undefined, b: FileVersion | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.id === b.id && a.mode === b.mode);
}
