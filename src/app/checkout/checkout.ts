import type { Failure } from '../../core/errors.ts';
import type { BlobId, CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import { withBranch, type BranchState, type CheckoutState } from '../../core/sync/checkoutState.ts';
import type { CheckoutStorage } from '../../ports/checkoutStorage.ts';
import type { RepositoryHost } from '../../ports/repositoryHost.ts';
import type { WorkspaceClone } from '../../ports/workspaceClone.ts';
import type { CheckoutKey } from '../apiNode.ts';
import { BaseFiles } from './baseFiles.ts';
import { fetchFrom, type FetchFiles } from './fetchFiles.ts';
import { emptyKnowledge, type Knowledge } from './knowledge.ts';
import type { RemoteView } from './remoteView.ts';

/** A branch beside the repository's default one, as seen last. */
export interface BesideDefault {
  readonly branch: string;
  /** Of the branch; where it is deleted, the last one that it had. */
  readonly head: CommitId;
  readonly isGone: boolean;
  /** The default branch. */
  readonly name: string;
  /** Commits that only the default branch has. */
  readonly behind: number;
  /** Of a branch that is gone: whether the default branch has every commit of it. */
  readonly holdsAll: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}

type Contents = ReadonlyMap<RepoPath, Uint8Array>;

/** A branch that was sent to the host to be made or deleted, at this head. */
export interface SentBranch {
  readonly change: 'made' | 'deleted';
  readonly branch: string;
  readonly head: CommitId;
}

/** Repository and folder, with everything that work on them needs. Several APIs may be views on it. */
export class Checkout {
  /** By branch: what the last look saw at the host. A hint; every plan that is carried out looks again. */
  readonly seen = new Map<string, RemoteView>();
  /** Why the last question to the host was not answered; gone with the next answer. */
  unanswered: Failure | undefined;
  /** Of which nobody heard whether it was done. */
  unheard: SentBranch | undefined;
  /** The repository's version of a file that a person was shown last: what they merge is that one. */
  readonly shown = new Map<RepoPath, BlobId>();
  /** The repository's name as its host said last; `undefined` until somebody asks. */
  name: string | undefined;
  besideDefault: BesideDefault | undefined;
  readonly knowledge: Knowledge;
  readonly fetch: FetchFiles;

  constructor(
    readonly key: CheckoutKey,
    readonly workspaceFolder: string,
    readonly folder: string,
    readonly repository: RepositoryRef,
    readonly host: RepositoryHost,
    readonly storage: CheckoutStorage,
    /** Present where a person's own clone is worked in: then Git does what changes it. */
    readonly clone: WorkspaceClone | undefined,
    knowledge: Knowledge = emptyKnowledge(),
  ) {
    this.knowledge = knowledge;
    this.fetch = fetchFrom(host, repository.id);
  }

  baseFiles(branch: BranchState): BaseFiles {
    return new BaseFiles(branch.base, this.storage.blobs, this.fetch);
  }

  /** What was read, as it is to be understood: with the contents that a clone's Git keeps elsewhere. */
  async understood(contents: Contents, signal: AbortSignal): Promise<Contents> {
    return this.clone === undefined ? contents : this.clone.withDrivers(contents, signal);
  }

  async saveBranch(state: CheckoutState, branch: string, change: BranchState): Promise<CheckoutState> {
    const next = withBranch(state, branch, change);
    await this.storage.state.save(next);
    return next;
  }
}
