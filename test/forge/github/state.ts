import type { ForgeGit } from '../http/forgeGit.ts';
import type { ForgePullRequest } from './pullRoutes.ts';

export interface ForgeOwner {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Organization';
  /** Its single sign-on does not know the tokens: left out of lists, refused elsewhere. */
  locked: boolean;
}

export interface ForgeRepository {
  readonly id: number;
  owner: ForgeOwner;
  name: string;
  /** Names that it had: they lead here. */
  readonly oldNames: string[];
  defaultBranch: string;
  archived: boolean;
  /** Its size is not counted yet. */
  isNew: boolean;
  readonly git: ForgeGit;
  readonly protectedBranches: Set<string>;
  readonly pulls: ForgePullRequest[];
}

/** Everything that the stand-in knows, and its switches. */
export interface GitHubState {
  readonly owners: ForgeOwner[];
  readonly repositories: ForgeRepository[];
  /** Items of a page at most; 0: as many as are asked for. */
  pageSize: number;
  /** Entries after which a tree is cut. */
  treeLimit: number;
  /** `false`: as on servers before it. */
  hasUpdateRefs: boolean;
  /** `false`: archives are refused. */
  hasArchives: boolean;
  /** Comparisons without paging hold so many commits. */
  comparisonLimit: number;
}

export function fullName({ owner, name }: ForgeRepository): string {
  return `${owner.login}/${name}`;
}

export function nodeId({ id }: ForgeRepository): string {
  return `R_${String(id)}`;
}

/** By the name that it has, or had. */
export function byName(state: GitHubState, owner: string, name: string): ForgeRepository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase();
  return (
    state.repositories.find((one) => fullName(one).toLowerCase() === wanted) ??
    state.repositories.find(({ oldNames }) => oldNames.some((old) => old.toLowerCase() === wanted))
  );
}
