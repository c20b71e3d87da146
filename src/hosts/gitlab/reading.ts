import type { BlobId, CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { GitLabCall } from './api.ts';

/** From where files are read. */
export interface Reading {
  readonly call: GitLabCall;
  readonly repository: string;
  readonly commit: CommitId;
}

export interface WantedBlob {
  readonly id: BlobId;
  readonly path: RepoPath;
}

/** What a server said that a blob is. */
export interface FoundBlob {
  readonly id: BlobId;
  readonly bytes: Uint8Array;
}
