import type { Failure } from '../core/errors.ts';
import type { BlobId } from '../core/model/ids.ts';
import type { KeptBackup, KeptFile } from '../core/model/keptBackup.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { Branch, HostId } from '../core/model/repository.ts';
import type { Account } from '../ports/accounts.ts';
import type { RepositoryKey } from '../ports/personal.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { Owner } from '../ports/repositoryHost.ts';
import type { Surroundings } from '../ports/workspaceClone.ts';
import type { AccessToken } from './accounts/addToken.ts';
import type { ApiKey, CheckoutKey } from './apiNode.ts';
import type {
  AskedRepository,
  AskedServer,
  BranchContents,
  CloneChoice,
  ConnectPreview,
  ConnectRequest,
  FieldProblem,
  ListedRepository,
  RepositoryChoice,
} from './connectRequest.ts';
import type { RestoredBackup } from './backup/restoreBackup.ts';
import type { FolderPlace } from './folderPlace.ts';
import type { Backup, Undoable } from './undoable.ts';

export interface PullResult {
  readonly taken: number;
  readonly merged: number;
  readonly conflicts: readonly RepoPath[];
  /** Of what a rewritten branch took the place of: it may be in no commit any more. */
  readonly backup?: Backup;
}

export interface PushResult {
  readonly files: number;
  readonly branch: string;
  /** The commit landed on a newer head than the one it was planned against. */
  readonly landedOnNewerHead: boolean;
  /** It deleted the root file or most of the API: how to have the files again, as changes of the next push. */
  readonly deleted?: Undoable;
}

export interface SwitchResult {
  /** What waits on the branch that was left. */
  readonly parked: readonly RepoPath[];
  /** What had waited on the branch that it is on now. */
  readonly restored: readonly RepoPath[];
}

export interface NewBranchRequest {
  /** Starts where the branch that is worked on is at the host. */
  readonly branch: string;
  readonly message: string;
  /** Of the pull request. */
  readonly title: string;
}

/** How far a push to a new branch went: from top to bottom what was done, and why no more was. */
export interface NewBranchPush {
  readonly branch: string;
  readonly pushed?: PushResult;
  /** Absent without a failure: the host knows none. */
  readonly pullRequest?: PullRequest;
  readonly failure?: Failure;
}

export interface PullRequestDraft {
  /** The branch that shall get it. */
  readonly to: string;
  readonly title: string;
  readonly body: string;
}

export interface PullRequest {
  readonly url: string;
}

/** What a person made of both sides of a conflict, and of which versions. */
export interface MergeResult {
  readonly bytes: Uint8Array;
  readonly mine: BlobId;
  readonly theirs: BlobId;
}

/** One side of a file, for diffs, quick diff and the merge editor. */
export type Side = 'base' | 'remote' | UnmergedSide;

/** The sides of Git's own conflict in a clone. */
export type UnmergedSide = 'unmergedBase' | 'unmergedMine' | 'unmergedTheirs';

/** What a person can have done: each is a file of this folder. All throw `Failure` only. */
export interface UseCases {
  /** An API exists before it is connected. `files` of the workspace folder; the first detected definition is the root. */
  newApi(workspaceFolder: string, name: string, files: readonly RepoPath[]): Promise<ApiKey>;
  renameApi(api: ApiKey, name: string): Promise<void>;
  /** Takes an API that is not connected off the list; files stay. */
  removeApi(api: ApiKey): Promise<void>;
  /** Makes the collection file in the API's collection folder; answers its path. */
  newCollection(api: ApiKey, name: string): Promise<RepoPath>;

  /** Whoever is signed in anywhere; of several on one server the first is the one that is used. */
  accounts(): readonly Account[];
  /** Asks the host whose the token is, and keeps it only then. @throws Failure with the host's reason. */
  addToken(host: HostId, origin: string, token: AccessToken, context: OperationContext): Promise<Account>;
  removeAccount(account: string): Promise<void>;
  /** Who a repository is asked as: the account that was chosen for it, else whoever is there; `undefined`: nobody. */
  accountOf(repository: RepositoryKey): Account | undefined;
  /** Id of the account that was chosen for a repository, also when it is gone. */
  chosenAccount(repository: RepositoryKey): string | undefined;
  /** Name of whoever was chosen for a repository and is signed out; `undefined`: nobody is missing. */
  absentAccount(repository: RepositoryKey): string | undefined;
  /** The API's repository is worked on as this account from now on. @throws Failure `signInNeeded`. */
  useAccount(api: ApiKey, account: string, context: OperationContext): Promise<void>;
  listOwners(server: AskedServer, context: OperationContext): AsyncIterable<readonly Owner[]>;
  /** @throws Failure `singleSignOn`, `organizationPolicy` for an owner that is locked. */
  listRepositories(
    server: AskedServer,
    owner: Owner,
    query: string,
    context: OperationContext,
  ): AsyncIterable<readonly ListedRepository[]>;

  /** What the workspace folder is a clone of, for a form to begin with; then other clones of it, below and around. */
  clonedHere(workspaceFolder: string, signal: AbortSignal): Promise<readonly CloneChoice[]>;
  /** @throws Failure `unsafeUrl`, `repositoryNotFound`, `signInNeeded` … */
  findRepository(
    workspaceFolder: string,
    repository: AskedRepository,
    context: OperationContext,
  ): Promise<RepositoryChoice>;
  listBranches(repository: AskedRepository, query: string, context: OperationContext): AsyncIterable<readonly Branch[]>;
  branchContents(
    workspaceFolder: string,
    repository: AskedRepository,
    branch: string,
    context: OperationContext,
  ): Promise<BranchContents>;
  /** Everything wrong with a request; empty: it can be connected. */
  checkConnect(request: ConnectRequest, context: OperationContext): Promise<readonly FieldProblem[]>;
  previewConnect(request: ConnectRequest, context: OperationContext): Promise<ConnectPreview>;
  /** Writes nothing to the repository. Counts as approval of origin, repository and folder. */
  connect(request: ConnectRequest, context: OperationContext): Promise<ApiKey>;
  /** The repository in whose status the API's folder shows up as new; `undefined`: in none, or it was declined there. */
  exclusionOffer(api: ApiKey, signal: AbortSignal): Promise<Surroundings | undefined>;
  /** Adds the folder to that repository's `.git/info/exclude`. */
  excludeFolder(api: ApiKey, signal: AbortSignal): Promise<void>;
  /** Not offered again in the workspace folder. */
  declineExclusion(api: ApiKey): Promise<void>;
  /** Whether the person approved the server by name before, in whatever folder, or is signed in there. */
  isApprovedServer(server: Pick<RepositoryKey, 'origin'>): boolean;
  /** The person has read the server's name and knows it: it is theirs to talk to, in every folder. */
  approveServer(server: Pick<RepositoryKey, 'origin'>): Promise<void>;
  /**
   * The person has seen repository and folder of a teammate's connection and wants it, as this account.
   * @throws Failure `notApproved` while its server is not approved by name
   */
  approve(api: ApiKey, context: OperationContext, account?: string): Promise<void>;

  /** Looks at folder and host; works offline as far as it can. */
  look(checkout: CheckoutKey, context: OperationContext): Promise<void>;
  /** Looks at the folder only, with the host as it was seen last: costs no network. */
  glance(checkout: CheckoutKey, context: OperationContext): Promise<void>;
  lookAll(context: OperationContext): Promise<void>;
  pull(api: ApiKey, context: OperationContext): Promise<PullResult>;
  push(api: ApiKey, message: string, context: OperationContext): Promise<PushResult>;
  /** For a branch that takes no push: a new one with what was changed, and a pull request where the host has those. */
  pushToNewBranch(api: ApiKey, request: NewBranchRequest, context: OperationContext): Promise<NewBranchPush>;
  /** Searches for the commit of a push in doubt. @throws Failure `pushInDoubt` while that stays unknown. */
  settlePush(api: ApiKey, context: OperationContext): Promise<'landed' | 'notLanded'>;

  branches(api: ApiKey, query: string, context: OperationContext): AsyncIterable<readonly Branch[]>;
  /** Asks what happens to changes that were not pushed: they come along, or wait on the branch that is left. */
  switchBranch(api: ApiKey, branch: string, context: OperationContext): Promise<SwitchResult>;
  /** Makes the branch at the head of `from` and switches to it. */
  createBranch(api: ApiKey, name: string, from: string, context: OperationContext): Promise<SwitchResult>;

  /** Asks first; copies what was parked on it. @throws Failure `branchInUse` for the one that is worked on. */
  deleteBranch(api: ApiKey, branch: string, context: OperationContext): Promise<Undoable>;
  /** Of the branch that is worked on. @throws Failure `pullRequestExists` with its page, `unsupported`. */
  createPullRequest(api: ApiKey, draft: PullRequestDraft, context: OperationContext): Promise<PullRequest>;
  /** The host's page of the repository or of one file; `undefined` where it has none. */
  webPage(api: ApiKey, path: RepoPath | undefined, context: OperationContext): Promise<string | undefined>;

  /**
   * Touches no file, except in a clone in the middle of a merge: Git's attempt, copied before, is replaced there.
   * `undefined`: no file was touched.
   */
  acceptMine(api: ApiKey, paths: readonly RepoPath[], context: OperationContext): Promise<Undoable | undefined>;
  /** What is here is gone once asked for by name, and copied before. `undefined`: there was no conflict. */
  acceptTheirs(api: ApiKey, paths: readonly RepoPath[], context: OperationContext): Promise<Undoable | undefined>;
  /** @throws Failure `markersLeft`, `unsavedEditors`, `changedThere`; `changedMeanwhile` for what was merged of other versions. */
  markResolved(
    api: ApiKey,
    paths: readonly RepoPath[],
    context: OperationContext,
    /** What was made of the files elsewhere: it replaces them, once copied. Asks where that decides nothing. */
    merged?: ReadonlyMap<RepoPath, MergeResult>,
  ): Promise<Undoable | undefined>;
  /** Base is put back; what the person wrote is gone once asked for by name, and copied before. */
  discard(api: ApiKey, paths: readonly RepoPath[], context: OperationContext): Promise<Undoable | undefined>;

  /** What was copied in a folder before it was given up, newest first; an API need not be connected there. */
  backups(place: FolderPlace): Promise<readonly KeptBackup[]>;
  /** Copies are local changes again, of whatever branch is worked on. What they replace is asked for, and copied before. */
  restoreBackup(
    place: FolderPlace,
    backup: KeptBackup,
    files: readonly KeptFile[],
    context: OperationContext,
  ): Promise<RestoredBackup>;

  /** Files of the connected branch's head, for *Add Files from Repository*. */
  repositoryFiles(api: ApiKey, context: OperationContext): Promise<readonly RepoPath[]>;
  addFiles(api: ApiKey, paths: readonly RepoPath[], context: OperationContext): Promise<void>;
  setRootFile(api: ApiKey, path: RepoPath, context: OperationContext): Promise<void>;
  /** Takes the file off the API's list; it stays here and in the repository. @throws Failure `stillReferenced`. */
  removeFile(api: ApiKey, path: RepoPath, context: OperationContext): Promise<void>;
  /** Deletes the file here; the next push deletes it in the repository. What was never pushed of it is copied first. */
  deleteFile(api: ApiKey, path: RepoPath, context: OperationContext): Promise<{ readonly backup?: Backup }>;

  /** `confirmation` must be the API's name. Local files stay; what was never pushed is named, and copied. */
  disconnect(
    api: ApiKey,
    scope: 'forMe' | 'forEveryone',
    confirmation: string,
    context: OperationContext,
  ): Promise<Undoable>;

  /** Bytes of one side of a file; `undefined`: it has no such side. */
  contents(api: ApiKey, path: RepoPath, side: Side): Promise<Uint8Array | undefined>;
}
