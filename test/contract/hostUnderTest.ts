import type { RepositoryHost } from '../../src/ports/repositoryHost.ts';
import type { TreeEntryKind } from '../../src/core/model/snapshot.ts';
import type { FailureReason } from '../../src/core/errors.ts';
import type { Forge, ForgeReply } from '../forge/http/forge.ts';
import type { RushedTime } from './forgeTools.ts';

/** One repository as only the outside sees it: what teammates do to it, and what it really holds. */
export interface World {
  readonly host: RepositoryHost;
  /** The repository's id for `host`. */
  readonly repository: string;
  /** A second adapter on the same repository: another person's computer. */
  readonly teammate: RepositoryHost;
  /** Makes one commit on `branch`, which it makes when it does not exist; gives its id. */
  push(branch: string, edits: WorldEdits, message?: string): string;
  /** Points `branch` at `commit`, whatever it was. */
  moveTo(branch: string, commit: string): void;
  removeBranch(branch: string): void;
  /** A commit whose tree has these names at its top, however hostile. */
  pushRaw(branch: string, names: readonly string[]): string;
  headOf(branch: string): string | undefined;
  /** Commits of `branch`, newest first. */
  historyOf(branch: string): readonly { readonly id: string; readonly message: string }[];
  filesOf(commit: string): ReadonlyMap<string, WorldFile>;
  /** Requests so far; `undefined` where nothing counts them. */
  requests(): number | undefined;
  /** Runs inside the next commit, right before the host compares heads. */
  beforeCommit(run: () => void): void;
  /** Cuts the connection of the next commit after it took effect. */
  loseAnswer(): void;
  /** Every request waits from now on; resolves `reached` when one does. Gives the way back. */
  hold(): { readonly reached: Promise<void>; release(): void };
  /** The server that answers; absent where none does, or where it is Git's own. */
  readonly forge?: Forge;
  /** Processes that were started for this host and still run. */
  processes(): readonly string[];
  /** The pauses that were not waited for. */
  readonly time?: RushedTime;
  /** What the host's accounts are shown; there where `HostUnderTest.lists`. */
  readonly access?: WorldAccess;
  close(): Promise<void>;
}

/** The host as its owners and administrators change it. */
export interface WorldAccess {
  /** What `whoAmI` names. */
  readonly me: string;
  /** Of the repository, as people write it. */
  readonly fullName: string;
  /** What the repository is listed under. */
  readonly owner: { readonly id: string; readonly name: string };
  addOwner(name: string): void;
  /** An empty repository of the same owner. */
  addRepository(name: string): void;
  /** Lists answer at most so many at once from now on. */
  pageSize(most: number): void;
  /** Gives the repository another name, and tells its new full name; absent where the name is the id. */
  rename?(name: string): string;
  setDefaultBranch(name: string): void;
  /** From now on only a pull request changes it. */
  protect(branch: string): void;
  /** An adapter of somebody else. `none`: signed in, and without any right to the repository. */
  as(who: 'read' | 'none' | 'nobody'): RepositoryHost;
}

export type WorldEdit =
  | string
  | Uint8Array
  | null
  | { readonly kind: Exclude<TreeEntryKind, 'submodule'>; readonly content: string }
  | { readonly kind: 'submodule'; readonly content: string };
export type WorldEdits = Readonly<Record<string, WorldEdit>>;

export interface WorldFile {
  readonly kind: TreeEntryKind;
  readonly bytes: Uint8Array;
}

export interface HostUnderTest {
  readonly name: string;
  readonly ids: boolean;
  /** `seen`: the tree tells the executable bit and commits keep it; one that would change it is `unsupported`. */
  readonly modes: boolean | 'seen';
  /** Whether lost answers, held requests and teammates in the middle can be made to happen. */
  readonly faults: boolean;
  /** Default `true`. `false`: every commit is `unsupported`. */
  readonly commits?: boolean;
  /**
   * Default `true`. `false`: a commit lands on a newer head where it changes other files, and tells its parent; to the
   * same file it is stale.
   */
  readonly comparesHead?: boolean;
  /** Default `contents`. `existence`: whether a path is there is compared with `expected`, not what is in it. */
  readonly expects?: 'contents' | 'existence';
  /** Default `true`. `false`: a commit in which a file takes the place of a folder is `unsupported`. */
  readonly replacesFolders?: boolean;
  /** Default `true`. `false`: the tree has names alone, all of them regular files until they are read. */
  readonly treeKinds?: boolean;
  /** Names out of `strangeNames` that the host takes in no commit: `unsupported`. */
  readonly unwritable?: readonly string[];
  /** Default `false`: whether there are accounts, owners and lists of repositories. */
  readonly lists?: boolean;
  readonly http?: HttpHost;
  open(): Promise<World>;
}

/** What is true only of hosts that speak HTTP. */
export interface HttpHost {
  /** Requests that things take; absent where something else than the forge is asked too. */
  readonly costs?: HostCosts;
  /** A refusal in the host's own form. */
  refusal(status: number): ForgeReply;
  /** Where the host means something else than the others: `409 while reading` → reasons. */
  readonly meanings?: Readonly<Record<string, readonly (FailureReason | 'right')[]>>;
  /** Default `true`: commits are made by a request to the forge. */
  readonly commitsHere?: boolean;
  /** A first page of branches, with a next one at another origin; absent where pages are not given as links. */
  strangePage?(origin: string): { readonly route: string; readonly reply: ForgeReply };
}

export interface HostCosts {
  /** Whether there is anything new. */
  readonly poll: number;
  /** A new head's tree (its differences, where there are no ids), and so many changed text files. */
  pull(files: number): number;
  /** One commit. `modes`: it sets executable bits; the others add, edit, delete and move `texts` or `binaries`. */
  push(files: number, what: 'texts' | 'binaries' | 'modes'): number;
  /** Head, tree, and the contents of so many files, level by level. */
  connect(tree: { readonly files: number; readonly folders: number }, levels: readonly number[]): number;
}
