import type { BlobId, CommitId } from '../core/model/ids.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { RepositoryRef } from '../core/model/repository.ts';
import type { UnmergedFiles } from '../core/model/unmergedFile.ts';
import type { CheckoutStorage } from './checkoutStorage.ts';
import type { CallContext, RepositoryHost } from './repositoryHost.ts';

/** One commit, as a person recognises it. */
export interface CommitTitle {
  readonly id: CommitId;
  readonly subject: string;
}

/** What taking the upstream's commits would come to; found out without touching anything. */
export interface CloneMerge {
  /** Every path of the working tree that would change. */
  readonly paths: readonly RepoPath[];
  /** Those that Git cannot join: a person has to. */
  readonly conflicts: readonly RepoPath[];
}

/**
 * A Git clone that a person made and that a checkout works in. HEAD, index and working tree belong to Git, and
 * everything is done by the person's own Git, with its hooks, filters and settings.
 * All throw Failure only; each verb waits politely while another Git holds the index (`busy` when that lasts).
 */
export interface WorkspaceClone {
  /** Reads what the clone has; `head` fetches the branch first. What only the host knows is asked there. */
  readonly host: RepositoryHost;
  /** The working tree as Git sees it; base and branch as Git has them; members below `.git`. */
  readonly storage: CheckoutStorage;

  /**
   * @throws Failure `detachedHead`; `unmergedFiles`, of all of the clone; `gitUnderway`, where they are joined and the
   *   rest is the person's to end (`detail`: merge, rebase …).
   */
  refuseUnready(): Promise<void>;
  /** Those of `paths` that a sparse checkout leaves out of the working tree. */
  leftOut(paths: readonly RepoPath[], signal: AbortSignal): Promise<readonly RepoPath[]>;
  /** Those of `paths` that are not as HEAD has them. */
  uncommitted(paths: readonly RepoPath[], signal: AbortSignal): Promise<readonly RepoPath[]>;
  /** Where the branch's upstream was when somebody, be it another program, fetched it last; `undefined`: nowhere. */
  fetched(branch: string, signal: AbortSignal): Promise<CommitId | undefined>;
  /** Commits of HEAD that the upstream, as last fetched, does not have; newest first. */
  unpushed(signal: AbortSignal): Promise<readonly CommitTitle[]>;
  /**
   * Commits `paths` as the working tree has them, and nothing else: whatever is staged or changed elsewhere stays so.
   * @throws Failure `commitRefused` with the words of Git or of its hook; nothing has happened then. `identityMissing`.
   */
  commit(paths: readonly RepoPath[], message: string, call: CallContext): Promise<CommitId>;
  /** Never by force; makes the branch, and its upstream, where there is none. @throws Failure as `RepositoryHost.commit`. */
  push(call: CallContext): Promise<void>;
  /** `undefined`: the upstream, as last fetched, has nothing that HEAD lacks. @throws Failure `historyMissing`. */
  merge(signal: AbortSignal): Promise<CloneMerge | undefined>;
  /**
   * Takes the upstream's commits by merge or rebase, as the person's settings say. Where Git stops at a conflict the
   * answer is `stopped`, and the merge stays under way.
   * @throws Failure `localChanges` where uncommitted work is in the way; nothing has happened then.
   */
  pull(call: CallContext): Promise<'done' | 'stopped'>;
  /**
   * Contents of the repository as people see them where a filter driver keeps them elsewhere (LFS …): those that it can
   * give in the place of their pointers, the others absent. Everything else is as in the repository.
   */
  withDrivers(
    contents: ReadonlyMap<RepoPath, Uint8Array>,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>>;
  /** Every file of the clone that Git could not join, whatever it was in the middle of; most often there is none. */
  unmerged(signal: AbortSignal): Promise<UnmergedFiles>;
  /** Contents that the clone has by this id; `undefined`: none. */
  blob(id: BlobId, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /**
   * Makes unmerged files what one side has, deletions included, and tells the index. What was in them is gone: answers
   * how to have it again, and them unmerged. That throws Failure `changedMeanwhile` once somebody went on from there.
   */
  takeSide(
    files: UnmergedFiles,
    side: 'mine' | 'theirs',
    call: CallContext,
  ): Promise<(call: CallContext) => Promise<void>>;
  /** Tells the index that the files are joined as they are here; one that is gone here is deleted. */
  addMerged(paths: readonly RepoPath[], signal: AbortSignal): Promise<void>;
  /** Paths that differ between HEAD and the branch; `undefined`: the branch is neither here nor there. */
  changesTo(branch: string, call: CallContext): Promise<readonly RepoPath[] | undefined>;
  /** @throws Failure `localChanges`, `branchInUse` (of another worktree). */
  switchTo(branch: string, call: CallContext): Promise<void>;
  /** Here only, until its first push. @throws Failure `branchExists`, `branchNotFound`, `localChanges`. */
  createBranch(name: string, from: string, call: CallContext): Promise<void>;
}

/** A clone that was found, and what it may be a clone of. */
export interface FoundClone {
  /** Absent: HEAD is detached. */
  readonly branch?: string;
  /** Spellings of the remotes' addresses: as configured, and as Git rewrites them (`insteadOf`). Upstream's first. */
  readonly remotes: readonly { readonly name: string; readonly addresses: readonly string[] }[];
  /** An own checkout of before keeps its own ways. */
  readonly isOwnFolder: boolean;
}

/** Another repository's working tree around a folder. */
export interface Surroundings {
  /** Of its top folder, for people. */
  readonly name: string;
  /** The folder, as a pattern of `.git/info/exclude`. */
  readonly pattern: string;
}

/** Finds clones on this computer. Runs Git in folders, so only in trusted ones. */
export interface WorkspaceClones {
  /** What is at `folder` of the workspace folder; `undefined` unless that is the top of a clone. */
  find(workspaceFolder: string, folder: string, signal: AbortSignal): Promise<FoundClone | undefined>;
  /** `remote`: the name of the remote that is the connected repository; `host`: for what Git does not know. */
  open(
    workspaceFolder: string,
    folder: string,
    remote: string,
    repository: RepositoryRef,
    host: RepositoryHost,
  ): Promise<WorkspaceClone>;
  /** The repository in whose status an own folder shows up as something new; `undefined`: in none. */
  surroundings(workspaceFolder: string, folder: string, signal: AbortSignal): Promise<Surroundings | undefined>;
  /** Adds the pattern to that repository's `.git/info/exclude`. */
  exclude(workspaceFolder: string, folder: string, signal: AbortSignal): Promise<void>;
}
