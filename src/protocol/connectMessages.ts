import type { Cancel, Rejection, Reply, Request } from './call.ts';
import type { FormStrings } from './formStrings.ts';

/** What the form holds, exactly as the person left it. Blank strings are blank fields. */
export interface FormInput {
  readonly workspaceFolder: string;
  readonly name: string;
  readonly host: string;
  /** Id of one of the accounts; blank where nobody is signed in, and where the host has none. */
  readonly account: string;
  /** Id of an owner, or what was typed for one. */
  readonly owner: string;
  readonly repository: string;
  readonly branch: string;
  readonly rootFile: string;
  readonly collectionFolder: string;
  readonly localFolder: string;
}

export type FormField = keyof FormInput;

export interface FormHost {
  readonly id: string;
  readonly label: string;
  /** A codicon's name. */
  readonly icon: string;
  /** `list`: account, owner and repository are chosen from lists; `url`: an address is typed. */
  readonly addressing: 'url' | 'list';
  /** What the host calls an owner of repositories. */
  readonly ownerLabel: string;
}

export interface FormAccount {
  readonly id: string;
  readonly host: string;
  /** `jane — github.com` */
  readonly label: string;
  /** "signed out": words for the person. */
  readonly note: string;
  /** At the server that is asked where no account is chosen. */
  readonly onDefaultServer: boolean;
}

/** Everything that the form needs before the first question. */
export interface FormSetup {
  readonly strings: FormStrings;
  readonly hosts: readonly FormHost[];
  /** The host to begin with. */
  readonly host: string;
  /** Repositories of clones that are open in this workspace; the first is what the form begins with. */
  readonly clones: readonly { readonly host: string; readonly address: string }[];
  readonly accounts: readonly FormAccount[];
  readonly workspaceFolders: readonly { readonly uri: string; readonly name: string }[];
  /** Repositories connected before, newest first. */
  readonly recent: readonly { readonly host: string; readonly address: string }[];
  /** The API that is to be connected; absent: the form makes one in passing. */
  readonly target?: FormTarget;
  readonly defaultCollectionFolder: string;
}

export interface FormTarget {
  readonly key: string;
  readonly name: string;
  readonly workspaceFolder: string;
  /** Where its files are already; absent while it has none, so that one can be proposed. */
  readonly localFolder?: string;
  readonly rootFile: string;
  readonly collectionFolder: string;
}

export interface OwnerItem {
  readonly id: string;
  readonly name: string;
  /** Why its repositories are not shown; blank: they are. */
  readonly locked: string;
}

export interface RepositoryItem {
  readonly name: string;
  readonly address: string;
  /** "read only", "empty": words for the person. */
  readonly note: string;
}

export interface FoundRepository {
  readonly name: string;
  readonly suggestedName: string;
  /** Who it is asked as; another one than was chosen where the address leads to another server. */
  readonly account: string;
  /** Normal form, without credentials. */
  readonly address: string;
  /** To be proposed; blank where only the person can tell. */
  readonly defaultBranch: string;
  readonly empty: boolean;
  /** Words where the person may read only. */
  readonly note: string;
  readonly suggestedFolder: string;
}

export interface BranchItem {
  readonly name: string;
  /** "default", "protected": words for the person. */
  readonly note: string;
}

export interface RootItem {
  readonly path: string;
  /** "OpenAPI 3.1.0" */
  readonly type: string;
  /** Proposed for an API of it. */
  readonly name: string;
  readonly collectionFolder: string;
}

export interface FormContents {
  readonly problems: readonly FieldNote[];
  readonly roots: readonly RootItem[];
  readonly collectionFolders: readonly string[];
  readonly defaultCollectionFolderExists: boolean;
}

/** Why a field cannot stay as it is, in words. */
export interface FieldNote {
  readonly field: FormField;
  readonly message: string;
}

/** One line of the preview. */
export interface PreviewRow {
  readonly kind: 'files' | 'collections' | 'unresolved' | 'outside' | 'collisions';
  /** A codicon's name. */
  readonly icon: string;
  readonly text: string;
  /** Names worth reading, already shortened to a few. */
  readonly details: readonly string[];
}

export interface FormPreview {
  /** Unless they are about the name alone, there is nothing to preview until they are gone. */
  readonly problems: readonly FieldNote[];
  readonly rows: readonly PreviewRow[];
  /** Another API holds its collections in that folder too. */
  readonly proposal?: { readonly text: string; readonly label: string; readonly collectionFolder: string };
}

interface HostQuestion {
  readonly host: string;
  readonly account: string;
  /** The person has done something to start it, so it may ask for credentials. */
  readonly interactive: boolean;
}

interface RepositoryQuestion extends HostQuestion {
  readonly address: string;
}

/** What the form can ask. A type, not an interface: only then it fits a table of calls. */
export type FormCalls = {
  readonly start: { readonly question: null; readonly part: never; readonly answer: FormSetup };
  /** Never answered: tells the accounts whenever they change, as long as the form is there. */
  readonly accounts: { readonly question: null; readonly part: readonly FormAccount[]; readonly answer: null };
  /** Answered once a folder that was not trusted is. */
  readonly trusted: { readonly question: null; readonly part: never; readonly answer: null };
  /** Lets the person sign in; `account`: blank when they gave up. */
  readonly addToken: {
    readonly question: { readonly host: string };
    readonly part: never;
    readonly answer: { readonly account: string; readonly accounts: readonly FormAccount[] };
  };
  readonly listOwners: {
    readonly question: HostQuestion;
    /** A page, to be added to those before. */
    readonly part: readonly OwnerItem[];
    readonly answer: { readonly more: boolean };
  };
  readonly listRepositories: {
    readonly question: HostQuestion & { readonly owner: string; readonly query: string };
    readonly part: readonly RepositoryItem[];
    readonly answer: { readonly more: boolean };
  };
  readonly findRepository: {
    readonly question: RepositoryQuestion & { readonly workspaceFolder: string };
    readonly part: never;
    readonly answer: FoundRepository;
  };
  readonly listBranches: {
    readonly question: RepositoryQuestion & { readonly query: string };
    /** A page, to be added to those before. */
    readonly part: readonly BranchItem[];
    /** `more`: the list goes on; a query finds the rest. */
    readonly answer: { readonly more: boolean };
  };
  readonly branchContents: {
    readonly question: RepositoryQuestion & { readonly workspaceFolder: string; readonly branch: string };
    readonly part: never;
    readonly answer: FormContents;
  };
  readonly preview: {
    readonly question: { readonly input: FormInput; readonly interactive: boolean };
    readonly part: never;
    readonly answer: FormPreview;
  };
  readonly connect: {
    readonly question: { readonly input: FormInput };
    /** What it is doing. */
    readonly part: string;
    /** Empty: connected, and the form closes. */
    readonly answer: readonly FieldNote[];
  };
  /** The person chose an action that came with a trouble. */
  readonly act: { readonly question: { readonly action: string }; readonly part: never; readonly answer: null };
};

export type FromForm = Request<FormCalls> | Cancel;
export type ToForm = Reply<FormCalls> | Rejection;
