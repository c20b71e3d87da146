import type { ForgeGit } from '../http/forgeGit.ts';

export interface ForgeGroup {
  readonly id: number;
  readonly full_path: string;
  readonly full_name: string;
}

export interface ForgeMergeRequest {
  readonly iid: number;
  readonly source: string;
  readonly target: string;
  readonly title: string;
}

export interface ForgeProject {
  readonly id: number;
  /** With its group's or its owner's path. */
  path: string;
  /** What it was called before. */
  readonly formerPaths: string[];
  readonly git: ForgeGit;
  defaultBranch: string;
  readonly protectedBranches: Set<string>;
  readonly mergeRequests: ForgeMergeRequest[];
}

/** Everything that one GitLab knows, and how old it is. */
export interface Instance {
  readonly groups: ForgeGroup[];
  readonly projects: ForgeProject[];
  /** The most that a page of a list holds; 0: what was asked. */
  pageSize: number;
  /** Whether trees may be asked for without pages. */
  wholeTrees: boolean;
  /** Whether `POST repository/blobs/batch` is there. */
  batches: boolean;
  maxComplexity: number;
  /** Runs once between the checks of a commit and its writing: the race that GitLab has. */
  inRaceWindow: (() => void) | undefined;
}

export interface ForgeUser {
  readonly id: number;
  readonly username: string;
}

export const users: readonly ForgeUser[] = [
  { id: 11, username: 'ada' },
  { id: 12, username: 'tea' },
  { id: 13, username: 'rita' },
  { id: 14, username: 'sam' },
];
