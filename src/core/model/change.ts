import type { BlobId } from './ids.ts';
import type { RepoPath } from './repoPath.ts';
import type { FileMode } from './snapshot.ts';

/** One change of a commit or of a folder. */
export type FileChange = WriteFile | DeleteFile;

export interface WriteFile {
  readonly kind: 'write';
  readonly path: RepoPath;
  readonly bytes: Uint8Array;
  readonly mode: FileMode;
  /** The id that the path must still have when the write happens; `null`: must be absent. */
  readonly expected: BlobId | null;
}

export interface DeleteFile {
  readonly kind: 'delete';
  readonly path: RepoPath;
  readonly expected: BlobId;
}
