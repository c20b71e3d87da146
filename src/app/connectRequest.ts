import type { ReferenceProblem } from '../core/definition/definition.ts';
import type { DefinitionType } from '../core/definition/definition.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { HostId } from '../core/model/repository.ts';
import type { ApiKey } from './apiNode.ts';

/** A server, and the account that asks it. */
export interface AskedServer {
  readonly host: HostId;
  readonly origin: string;
  /** Absent: whoever signed in there last. */
  readonly account?: string;
}

/** A repository as it was typed or chosen, and the account that asks for it. */
export interface AskedRepository {
  readonly host: HostId;
  readonly address: string;
  /** Counts only at its own server. Absent: the one that was chosen for the repository before. */
  readonly account?: string;
}

/** What the connect form and its quick-pick twin send. Checked again in `connect`: a form is no guard. */
export interface ConnectRequest {
  readonly workspaceFolder: string;
  /** Connects an API that exists; absent: makes one in passing. */
  readonly api?: ApiKey;
  readonly name: string;
  readonly host: HostId;
  /** What the person typed, or the address of what they chose. */
  readonly repository: string;
  /** Who works on it from now on; absent: nobody was chosen. */
  readonly account?: string;
  readonly branch: string;
  /** Blank allowed: the definition is added later. */
  readonly rootFile?: string;
  /** Blank: the default. */
  readonly collectionFolder?: string;
  /** Relative to the workspace folder; `''`: the workspace folder itself. */
  readonly localFolder: string;
}

export interface RepositoryChoice {
  readonly name: string;
  /** Proposed: what is left of the name without its owner, made unique in the workspace folder. */
  readonly suggestedName: string;
  readonly origin: string;
  /** Who it was asked as; absent: nobody. */
  readonly account?: string;
  /** Normal form, without credentials. */
  readonly address: string;
  readonly defaultBranch?: string;
  readonly empty: boolean;
  readonly canPush?: boolean;
  /** Proposed: the repository's name, or where another API has it already, that checkout's folder. */
  readonly suggestedFolder: string;
  /** A person's own clone is in that folder: it is worked in. `branch` absent: it is on none. */
  readonly clone?: { readonly branch?: string };
  /** URI of the top folder of a clone that the workspace folder is only a part of: it cannot be worked in from here. */
  readonly partOf?: string;
}

/** The repository of a clone that is open. */
export interface CloneChoice {
  readonly host: HostId;
  readonly address: string;
}

/** One of those that an owner shows. */
export interface ListedRepository {
  readonly name: string;
  /** Normal form, without credentials. */
  readonly address: string;
  readonly empty: boolean;
  readonly canPush?: boolean;
}

export interface RootCandidate {
  readonly path: RepoPath;
  readonly type: DefinitionType;
  /** Proposed for an API of it: its title, else the repository's name, made unique in the workspace folder. */
  readonly name: string;
  /** Proposed for an API of it. */
  readonly collectionFolder: RepoPath;
}

/** Everything the form lists once a branch is chosen; from one look at the tree. */
export interface BranchContents {
  /** Best first. */
  readonly roots: readonly RootCandidate[];
  /** Folders that hold collections already, then the default. */
  readonly collectionFolders: readonly RepoPath[];
  readonly defaultCollectionFolderExists: boolean;
}

export interface ConnectPreview {
  readonly rootFiles: number;
  readonly dependentFiles: number;
  readonly collections: number;
  readonly unresolved: readonly ReferenceProblem[];
  readonly outside: readonly ReferenceProblem[];
  /** Files that exist locally with other contents: they would become conflicts, nothing is overwritten. */
  readonly collisions: readonly RepoPath[];
  /** Another API that already uses this collection folder, and what is proposed instead. */
  readonly sharedCollectionFolder?: { readonly api: string; readonly proposal: RepoPath };
}

/** Why a field of the form cannot stay as it is. */
export interface FieldProblem {
  readonly field: 'name' | 'repository' | 'branch' | 'rootFile' | 'collectionFolder' | 'localFolder';
  readonly reason:
    | 'required'
    | 'unsafe'
    | 'notFound'
    | 'notADefinition'
    | 'isFile'
    | 'notInWorkspace'
    | 'folderHasOtherCheckout'
    | 'cloneHasOtherBranch'
    | 'nameTaken';
  readonly detail?: string;
}
