import type { CommitId } from './ids.ts';

export type HostId = 'git' | 'github' | 'gitlab' | 'bitbucket' | 'bitbucketDataCenter' | 'azureDevOps';

/** Names a repository for good. */
export interface RepositoryRef {
  readonly host: HostId;
  /**
   * Where the host lives: `https://github.com`, `ssh://git@example.com:2222`, `file://`. Azure DevOps: the
   * organization's address (`https://dev.azure.com/acme`, `https://tfs.example.com/tfs/DefaultCollection`), Bitbucket
   * Data Center: with its context path. Never holds a password.
   */
  readonly origin: string;
  /** The host's immutable id; for `git` the remote's URL in its normal form, without credentials. */
  readonly id: string;
  /** For people: `acme/payments`, `group/subgroup/payments`, `Project/payments`; the last segment of a Git URL without `.git`. */
  readonly name: string;
}

export interface Repository extends RepositoryRef {
  /** Absent in an empty repository whose host names none. */
  readonly defaultBranch?: string;
  readonly empty: boolean;
  /** `undefined` where only a push would tell (plain Git). */
  readonly canPush?: boolean;
}

export interface Branch {
  /** Without `refs/heads/`. */
  readonly name: string;
  readonly head: CommitId;
  readonly isDefault: boolean;
  /** `undefined` where the host does not tell. */
  readonly isProtected?: boolean;
}

export interface CommitInfo {
  readonly id: CommitId;
  readonly parents: readonly CommitId[];
  readonly message: string;
}
