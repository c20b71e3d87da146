import type { CollectionOutline } from '../core/collection/collectionOutline.ts';
import type { DefinitionType, DocumentProblem, ReferenceProblem } from '../core/definition/definition.ts';
import type { Failure } from '../core/errors.ts';
import type { Api } from '../core/model/api.ts';
import type { CommitId } from '../core/model/ids.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { PlanItem } from '../core/sync/planItem.ts';
import type { OperationKind } from './operation.ts';

/** Identity of an API in this window: workspace folder's URI and API id, joined by `#`. */
export type ApiKey = string & { readonly __brand: 'ApiKey' };

/** Identity of a checkout in this window: workspace folder's URI and folder, joined by `#`. */
export type CheckoutKey = string & { readonly __brand: 'CheckoutKey' };

export interface DefinitionFile {
  readonly path: RepoPath;
  /**
   * `root`; `dependent`: reachable from the root; `added`: by hand;
   * `unreferenced`: once part of the definition, nothing references it any more, and it stays until removed.
   */
  readonly role: 'root' | 'dependent' | 'added' | 'unreferenced';
  /** `incoming`: only in the repository so far; `missing`: neither here nor there. */
  readonly presence: 'here' | 'incoming' | 'missing';
}

export interface DefinitionStatus {
  /** Of the root file; absent when it is missing or is no definition that we know. */
  readonly type?: DefinitionType;
  /** Root first, the others sorted by path. */
  readonly files: readonly DefinitionFile[];
  /** Of the local files. */
  readonly references: readonly ReferenceProblem[];
  readonly documents: readonly DocumentProblem[];
}

export interface CollectionStatus {
  readonly path: RepoPath;
  readonly presence: 'here' | 'incoming';
  readonly outline: CollectionOutline;
}

/** How the active branch stands at the host, as last seen. */
export type BranchStanding =
  | 'upToDate'
  | 'moved'
  /** No commit yet: an empty repository, or a branch that the first push makes. */
  | 'unborn'
  /** Force-pushed or re-created: our base is no ancestor of the head. */
  | 'rewritten'
  | 'deleted';

export interface SyncStatus {
  readonly checkout: CheckoutKey;
  readonly branch: string;
  /** The repository's name now, where that is another than `apis.json` says. */
  readonly repositoryName?: string;
  /** As last seen; absent when never seen or unborn. */
  readonly head?: CommitId;
  readonly standing: BranchStanding;
  /** Of this API's files. */
  readonly plan: readonly PlanItem[];
  readonly outgoing: number;
  readonly incoming: number;
  readonly conflicts: number;
  /** Commits that the repository's default branch has and this one has not; absent: none, or nobody asked. */
  readonly behindDefault?: { readonly branch: string; readonly commits: number };
  /** Of a deleted branch: the default branch, which has every commit of it: merged there, or renamed to it. */
  readonly successor?: string;
  /** What waits on branches, this one included; of all APIs of the checkout. Absent: nothing. */
  readonly parked?: readonly { readonly branch: string; readonly paths: readonly RepoPath[] }[];
  /** A push whose outcome is unknown; Push stays off until it is resolved. */
  readonly inDoubt: boolean;
  /** Another window, or a program, is pushing right now: what becomes of it is theirs to find out. */
  readonly pushingElsewhere?: true;
}

/** Everything that a surface shows of one API. Immutable; a change makes a new one. */
export interface ApiNode {
  readonly key: ApiKey;
  /** The workspace folder's URI. */
  readonly workspaceFolder: string;
  readonly api: Api;
  /** `local`: not connected; `unapproved`: connected by a teammate's file, not yet approved by this person. */
  readonly state: 'local' | 'unapproved' | 'connected';
  /** Of `unapproved`: this person ended the very same connection, so that its folder is theirs and may be read. */
  readonly ended?: true;
  /** Absent until the first look. */
  readonly definition?: DefinitionStatus;
  readonly collections?: readonly CollectionStatus[];
  /** Absent until the first look, and for an API that is not connected. */
  readonly sync?: SyncStatus;
  /** What runs on its checkout now. */
  readonly running?: OperationKind;
  /** Why the last look failed; what was known before stays. */
  readonly failure?: Failure;
}
