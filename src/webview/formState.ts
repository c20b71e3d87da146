import type { Trouble } from '../protocol/call.ts';
import type {
  BranchItem,
  FieldNote,
  FormAccount,
  FormContents,
  FormField,
  FormHost,
  FormInput,
  FormPreview,
  FormSetup,
  FoundRepository,
  OwnerItem,
  RepositoryItem,
} from '../protocol/connectMessages.ts';

/** Something that is asked for elsewhere. While it loads, what was known before may still be shown. */
export type Loadable<T> =
  | { readonly state: 'idle' }
  | { readonly state: 'loading'; readonly value?: T }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'trouble'; readonly trouble: Trouble };

export interface BranchList {
  readonly items: readonly BranchItem[];
  /** The list goes on; a query finds the rest. */
  readonly more: boolean;
}

export interface OwnerList {
  readonly items: readonly OwnerItem[];
  readonly more: boolean;
}

export interface RepositoryList {
  readonly items: readonly RepositoryItem[];
  /** What it was searched by. */
  readonly query: string;
  readonly more: boolean;
}

export type Submission =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly step: string }
  | { readonly state: 'trouble'; readonly trouble: Trouble };

/** Everything that the page shows. Immutable; the page is a projection of it. */
export interface FormState {
  readonly setup: FormSetup;
  readonly input: FormInput;
  /** Fields that the person filled: a proposal never replaces them. */
  readonly touched: ReadonlySet<FormField>;
  readonly notes: readonly FieldNote[];
  readonly accounts: readonly FormAccount[];
  readonly owners: Loadable<OwnerList>;
  readonly repositories: Loadable<RepositoryList>;
  readonly repository: Loadable<FoundRepository>;
  readonly branches: Loadable<BranchList>;
  readonly contents: Loadable<FormContents>;
  readonly preview: Loadable<FormPreview>;
  readonly submission: Submission;
}

export const idle = { state: 'idle' } as const;

export function initialState(setup: FormSetup, kept: Pick<FormState, 'input' | 'touched'> | undefined): FormState {
  const { target } = setup;
  const fresh: FormInput = {
    workspaceFolder: target?.workspaceFolder ?? setup.workspaceFolders[0]?.uri ?? '',
    name: target?.name ?? '',
    host: setup.host,
    account: accountFor(setup.accounts, setup.host),
    owner: '',
    repository: setup.clones[0]?.address ?? '',
    branch: '',
    rootFile: target?.rootFile ?? '',
    collectionFolder: target?.collectionFolder ?? setup.defaultCollectionFolder,
    localFolder: target?.localFolder ?? '',
  };
  const input = kept?.input ?? fresh;
  return {
    setup,
    input: isAccountOf(setup.accounts, input) ? input : { ...input, account: '' },
    touched: kept?.touched ?? touchedByTarget(setup),
    notes: [],
    accounts: setup.accounts,
    owners: idle,
    repositories: idle,
    repository: idle,
    branches: idle,
    contents: idle,
    preview: idle,
    submission: idle,
  };
}

/** What an API that exists brings along is its own, not a proposal. */
function touchedByTarget({ target, defaultCollectionFolder }: FormSetup): ReadonlySet<FormField> {
  if (target === undefined) return new Set();
  const own: FormField[] = ['name', 'workspaceFolder'];
  if (target.localFolder !== undefined) own.push('localFolder', 'collectionFolder');
  else if (target.collectionFolder !== defaultCollectionFolder) own.push('collectionFolder');
  if (target.rootFile !== '') own.push('rootFile');
  return new Set(own);
}

/** Fills fields that the person did not fill. */
export function propose(state: FormState, proposals: Partial<FormInput>): FormState {
  const free = Object.entries(proposals).filter(([field]) => !state.touched.has(field as FormField));
  return { ...state, input: { ...state.input, ...Object.fromEntries(free) } };
}

/** The host that is chosen. */
export function hostOf({ setup, input }: FormState): FormHost | undefined {
  return setup.hosts.find(({ id }) => id === input.host);
}

export function isListed(state: FormState): boolean {
  return hostOf(state)?.addressing === 'list';
}

/** The account to begin with on a host; blank: there is none. */
export function accountFor(accounts: readonly FormAccount[], host: string): string {
  return accounts.find((account) => account.host === host)?.id ?? '';
}

export function isAccountOf(accounts: readonly FormAccount[], { host, account }: FormInput): boolean {
  return account === '' || accounts.some((each) => each.host === host && each.id === account);
}

/** What was chosen among what an upper field offered is nothing under another one. */
export function emptyBelow(state: FormState, field: FormField): FormState {
  const { input, accounts } = state;
  switch (field) {
    case 'host': {
      const account = accountFor(accounts, input.host);
      return { ...state, input: { ...input, account, owner: '', repository: '' }, owners: idle, repositories: idle };
    }
    case 'account':
      return { ...state, input: { ...input, owner: '', repository: '' }, owners: idle, repositories: idle };
    case 'owner':
      return { ...state, input: { ...input, repository: '' }, repositories: idle };
    default:
      return state;
  }
}

/** As somebody else, without the person's doing: a repository that was named stays, it may be why. */
export function withAccount(state: FormState, account: string): FormState {
  const { repository } = state.input;
  const next = emptyBelow({ ...state, input: { ...state.input, account } }, 'account');
  return { ...next, input: { ...next.input, repository } };
}

/** Another repository has other branches and files: what was chosen among the old ones goes. */
export function forgetRepository(state: FormState): FormState {
  const { target, defaultCollectionFolder } = state.setup;
  const own = touchedByTarget(state.setup);
  const chosen: ReadonlySet<FormField> = new Set(['branch', 'rootFile', 'collectionFolder']);
  return {
    ...state,
    touched: new Set([...state.touched].filter((field) => own.has(field) || !chosen.has(field))),
    input: {
      ...state.input,
      name: state.touched.has('name') ? state.input.name : '',
      branch: '',
      rootFile: target?.rootFile ?? '',
      collectionFolder: target?.collectionFolder ?? defaultCollectionFolder,
    },
  };
}

/** The value of something loaded, also of what is being loaded again. */
export function valueOf<T>(loadable: Loadable<T>): T | undefined {
  return loadable.state === 'ready' || loadable.state === 'loading' ? loadable.value : undefined;
}

export function noteOf(state: FormState, field: FormField): string | undefined {
  return state.notes.find((note) => note.field === field)?.message;
}

/** In the order of the page: the focus goes to the first that is wrong. */
export const fieldOrder = [
  'name',
  'host',
  'account',
  'owner',
  'repository',
  'branch',
  'rootFile',
  'collectionFolder',
  'workspaceFolder',
  'localFolder',
] as const satisfies readonly FormField[];

const requiredFields = ['name', 'repository', 'branch'] as const satisfies readonly FormField[];

/** A field that must be filled and is not: it is not scolded before the person has asked to connect. */
export function isMissing({ input }: FormState, field: FormField): boolean {
  return input[field].trim() === '' && requiredFields.some((required) => required === field);
}

export function missingFields({ input, setup }: FormState): readonly FieldNote[] {
  return requiredFields
    .filter((field) => input[field].trim() === '')
    .map((field) => ({ field, message: setup.strings.required }));
}

export function firstWrongField(notes: readonly FieldNote[]): FormField | undefined {
  return fieldOrder.find((field) => notes.some((note) => note.field === field));
}
