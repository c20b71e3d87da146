import type { ForgeGit } from '../http/forgeGit.ts';

export interface ForgeProject {
  readonly id: string;
  readonly name: string;
}

export interface ForgeRepository {
  readonly id: string;
  name: string;
  defaultBranch: string;
  readonly project: ForgeProject;
  readonly git: ForgeGit;
  disabled: boolean;
  readonly pullRequests: { readonly id: number; readonly source: string; readonly target: string }[];
}

/** What is on the server, and how it is set up. */
export interface Organization {
  readonly projects: ForgeProject[];
  readonly repositories: ForgeRepository[];
  /** Branches that only pull requests may change: `refs/heads/main`. */
  readonly protectedRefs: Set<string>;
  /** Entries of a page, whatever was asked for; 0: as asked. */
  pageSize: number;
  /** The newest version of the API. */
  version: '7.1' | '6.0';
  /** The Microsoft Entra tenant that alone may know it; `undefined`: everybody may. */
  tenant: string | undefined;
  /** Names of people who are signed in to another tenant. */
  readonly foreigners: Set<string>;
  /** Whether tokens may ask about their own rights. */
  tellsRights: boolean;
}
