import type { FileChange } from '../core/model/change.ts';
import type { BlobId, CommitId } from '../core/model/ids.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { Branch, CommitInfo, HostId, Repository } from '../core/model/repository.ts';
import type { FileMode, Tree, TreeEntryKind } from '../core/model/snapshot.ts';

/** A call's circumstances: how it is cancelled, and whether it may ask a person for credentials. */
export interface CallContext {
  readonly signal: AbortSignal;
  readonly interactive: boolean;
}

export interface Identity {
  /** Immutable at the host; empty where there is no account to name (plain Git). */
  readonly id: string;
  readonly name: string;
  /** Address of a picture, https. */
  readonly avatar?: string;
  /** What the credential may do, in the host's own words; absent: the host does not tell. */
  readonly scopes?: readonly string[];
  /** Milliseconds since 1970 at which the credential ends; absent: never, or the host does not tell. */
  readonly expires?: number;
}

/** Organization, group, workspace, project: the host's noun is shown to people. */
export interface Owner {
  /** What `listRepositories` takes. */
  readonly id: string;
  readonly name: string;
  /** Known to be there, but its repositories are not shown to this account. */
  readonly locked?: { readonly reason: 'singleSignOn' | 'organizationPolicy'; readonly link?: string };
}

export interface FileRequest {
  readonly path: RepoPath;
  /** From the tree, where the host gives ids. */
  readonly id?: BlobId;
}

export interface TreeChange {
  readonly path: RepoPath;
  readonly kind: 'added' | 'modified' | 'deleted';
  readonly to?: { readonly kind: TreeEntryKind; readonly id?: BlobId };
}

export interface CommitRequest {
  readonly branch: string;
  /** The head that the commit was planned against; `undefined`: the branch must not exist yet. */
  readonly expectedHead: CommitId | undefined;
  /** Where a branch that does not exist yet starts; absent: a root commit. */
  readonly startFrom?: CommitId;
  readonly message: string;
  /** Exactly what the commit changes; `expected` of each is the version in `expectedHead`'s tree. */
  readonly changes: readonly FileChange[];
}

export interface CommitResult {
  readonly commit: CommitId;
  /** The parent that the commit really got; differs from `expectedHead` on hosts that cannot compare heads. */
  readonly parent: CommitId | undefined;
}

export interface VersionInfo {
  readonly name: string;
  readonly commit: CommitId;
}

/** What a pull request is made of: two branches, and words. */
export interface PullRequestText {
  readonly from: string;
  readonly to: string;
  readonly title: string;
  readonly body: string;
}

/**
 * One host for one account and one origin. Repositories are named by `RepositoryRef.id`; only `repository` takes a
 * full name (`acme/payments`) as well.
 * Every method throws `Failure` only, `cancelled` when the signal fires.
 * A capability that a host lacks is an absent optional member.
 */
export interface RepositoryHost {
  readonly id: HostId;
  readonly origin: string;
  /** Heads are not compared: a commit of other files that came in between stays, and becomes the `parent`. */
  readonly landsOnNewerHead?: true;

  whoAmI(call: CallContext): Promise<Identity>;
  /** Pages as they come. */
  listOwners(call: CallContext): AsyncIterable<readonly Owner[]>;
  /** `query`: a part of the name; blank: all, the ones used last first where the host can. */
  listRepositories(owner: string, query: string, call: CallContext): AsyncIterable<readonly Repository[]>;
  /** @throws Failure `repositoryNotFound`, `forbidden`, `signInNeeded`, `offline`, `unsafeUrl` … */
  repository(id: string, call: CallContext): Promise<Repository>;
  listBranches(repository: string, query: string, call: CallContext): AsyncIterable<readonly Branch[]>;
  /** `undefined` when the branch does not exist. */
  head(repository: string, branch: string, call: CallContext): Promise<CommitId | undefined>;
  /** Throws `unsafePath` never: hostile names come through as they are, and are refused before writing. */
  tree(repository: string, commit: CommitId, call: CallContext): Promise<Tree>;
  /** Contents of those of `files` that exist as files in `commit`; many at once, as few round trips as the host allows. */
  readFiles(
    repository: string,
    commit: CommitId,
    files: readonly FileRequest[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>>;
  /** On hosts whose tree does not tell modes: those of files in `commit` that reading has told by now. Asks nobody. */
  modesRead?(repository: string, commit: CommitId): ReadonlyMap<RepoPath, FileMode>;
  changes(repository: string, from: CommitId, to: CommitId, call: CallContext): Promise<readonly TreeChange[]>;
  /** Commits reachable from `to` and not from `from`, newest first, at most `limit`. */
  commitsBetween(
    repository: string,
    from: CommitId | undefined,
    to: CommitId,
    limit: number,
    call: CallContext,
  ): Promise<readonly CommitInfo[]>;
  /** `false` too when `ancestor` is unknown to the repository (force-pushed away). A commit is its own ancestor. */
  isAncestor(repository: string, ancestor: CommitId, of: CommitId, call: CallContext): Promise<boolean>;
  /**
   * One commit, compare-and-swap on `expectedHead`; with `landsOnNewerHead`, on the changed paths as they were there.
   * @throws Failure `stale` when the head moved (nothing was committed); `answerLost` when the commit was sent and
   *   whether it took effect is unknown: never send it again; `cancelled`, which is as unknown unless it is `unsent`;
   *   `protectedBranch`, `forbidden`, `signInNeeded`, `offline`.
   */
  commit(repository: string, request: CommitRequest, call: CallContext): Promise<CommitResult>;

  createBranch?(repository: string, name: string, from: CommitId, call: CallContext): Promise<void>;
  /** Compare-and-swap: deletes only while the branch is at `expectedHead`. */
  deleteBranch?(repository: string, name: string, expectedHead: CommitId, call: CallContext): Promise<void>;
  /** @throws Failure `pullRequestExists` with its page in `link`. */
  createPullRequest?(
    repository: string,
    request: PullRequestText,
    call: CallContext,
  ): Promise<{ readonly url: string }>;
  createVersion?(
    repository: string,
    request: { readonly name: string; readonly commit: CommitId; readonly notes: string },
    call: CallContext,
  ): Promise<VersionInfo>;
  listVersions?(repository: string, call: CallContext): AsyncIterable<readonly VersionInfo[]>;
  /** A page for people. */
  webUrl?(repository: string, branch: string, path?: RepoPath): string;
}
