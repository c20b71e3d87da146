import type { ApiId, CommitId } from '../model/ids.ts';
import type { RepoPath } from '../model/repoPath.ts';
import type { RepositoryRef } from '../model/repository.ts';
import type { BaseVersion, FileVersion } from '../model/snapshot.ts';

/** What a checkout remembers of one branch. */
export interface BranchState {
  /** The head that was last pulled from or pushed to; absent: the branch had no commit. */
  readonly head?: CommitId;
  /** Path → version that both sides last agreed on. */
  readonly base: ReadonlyMap<RepoPath, BaseVersion>;
  /** Files of each API: once in the list, a file stays until a person removes it. */
  readonly members: ReadonlyMap<ApiId, ReadonlySet<RepoPath>>;
}

/** What a person had made of one file when they left its branch. */
export interface ParkedFile {
  /** The version that both sides had agreed on then; absent: the file was new. */
  readonly base?: BaseVersion;
  /** `null`: deleted. */
  readonly local: FileVersion | null;
}

/** Changes that wait on their branch. Their contents are in the blob store, and never evicted. */
export type ParkedFiles = ReadonlyMap<RepoPath, ParkedFile>;

/** Written before a commit is sent, gone when its answer has been understood: a lost answer is not a retry. */
export interface PushIntent {
  readonly branch: string;
  readonly expectedHead?: CommitId;
  readonly message: string;
  /** Path → what the commit makes of it; `null`: deleted. */
  readonly changes: ReadonlyMap<RepoPath, FileVersion | null>;
}

/** Everything a checkout owns besides its files and blobs. */
export interface CheckoutState {
  readonly repository: RepositoryRef;
  /** The active branch. */
  readonly branch: string;
  readonly branches: ReadonlyMap<string, BranchState>;
  readonly intent?: PushIntent;
  /** Branch → what waits there; never an empty map. Absent: nothing is parked. */
  readonly parked?: ReadonlyMap<string, ParkedFiles>;
}

export const emptyBranch: BranchState = { base: new Map(), members: new Map() };

/** The state with what it remembers of one branch replaced. */
export function withBranch(state: CheckoutState, name: string, branch: BranchState): CheckoutState {
  return { ...state, branches: new Map([...state.branches, [name, branch]]) };
}

export function branchState(state: CheckoutState, branch: string = state.branch): BranchState {
  return state.branches.get(branch) ?? emptyBranch;
}

export function parkedOn(state: CheckoutState, branch: string): ParkedFiles {
  return state.parked?.get(branch) ?? new Map<RepoPath, ParkedFile>();
}

/** The state with exactly `files` parked on the branch; none: nothing is left there. */
export function withParked(state: CheckoutState, branch: string, files: ParkedFiles): CheckoutState {
  const { parked = new Map<string, ParkedFiles>(), ...rest } = state;
  const others = [...parked].filter(([name]) => name !== branch);
  const all = new Map(files.size === 0 ? others : [...others, [branch, files] as const]);
  return all.size === 0 ? rest : { ...rest, parked: all };
}
