import { Responder, type Handlers } from '../../../src/protocol/responder.ts';
import { parseFromForm } from '../../../src/protocol/parseFromForm.ts';
import type { Trouble } from '../../../src/protocol/call.ts';
import type { FormAccount, FormCalls, FormSetup, ToForm } from '../../../src/protocol/connectMessages.ts';
import type { FormStrings } from '../../../src/protocol/formStrings.ts';

/** What a handler throws to have its call rejected. */
export class Rejected extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble.message);
  }
}

export const signInTrouble: Trouble = {
  message:
    '“acme/payments” asks for a sign-in that was not given or not accepted. Check your credentials and try again.',
  actions: [
    { id: 'retry', label: 'Retry' },
    { id: 'showLog', label: 'Show Log' },
  ],
};

export const jane: FormAccount = {
  id: 'jane',
  host: 'github',
  label: 'jane — github.com',
  note: '',
  onDefaultServer: true,
};

export function setupOf(strings: FormStrings): FormSetup {
  return {
    strings,
    hosts: [
      { id: 'git', label: 'Git (any remote)', icon: 'git-merge', addressing: 'url', ownerLabel: 'Owner' },
      { id: 'github', label: 'GitHub', icon: 'github', addressing: 'list', ownerLabel: 'Organization or user' },
    ],
    host: 'git',
    accounts: [],
    workspaceFolders: [{ uri: 'file:///work/shop', name: 'shop' }],
    clones: [],
    recent: [
      { host: 'git', address: 'https://git.acme.example/apis/payments.git' },
      { host: 'git', address: '/srv/git/orders.git' },
      { host: 'github', address: 'https://github.com/acme/old' },
    ],
    defaultCollectionFolder: 'postman/collections',
  };
}

/** The other end of the form's channel: the real protocol over made-up answers. */
export class FakeExtension {
  /** Every call that came, in order. */
  readonly calls: { readonly kind: string; readonly question: unknown }[] = [];
  readonly handlers: { -readonly [K in keyof FormCalls]: Handlers<FormCalls>[K] };
  private tellTrust: () => void = () => undefined;
  private tellAccounts: (accounts: readonly FormAccount[]) => void = () => undefined;
  private readonly responder: Responder<FormCalls>;

  constructor(setup: FormSetup, post: (message: ToForm) => void) {
    this.handlers = {
      ...goodAnswers(setup),
      accounts: (_question, { part }) => {
        this.tellAccounts = part;
        return new Promise(() => undefined);
      },
      trusted: () => new Promise((resolve) => (this.tellTrust = () => resolve(null))),
    };
    this.responder = new Responder<FormCalls>({
      handlers: this.recording(),
      parse: parseFromForm,
      post,
      describe: (error) => (error instanceof Rejected ? error.trouble : { message: String(error), actions: [] }),
    });
  }

  /** Somebody signed in or out, here or in another window. */
  changeAccounts(accounts: readonly FormAccount[]): void {
    this.tellAccounts(accounts);
  }

  /** The person trusts the folder. */
  trust(): void {
    this.tellTrust();
  }

  receive(message: unknown): void {
    this.responder.receive(message);
  }

  questions<K extends keyof FormCalls>(kind: K): readonly FormCalls[K]['question'][] {
    return this.calls.filter((call) => call.kind === kind).map(({ question }) => question as FormCalls[K]['question']);
  }

  private recording(): Handlers<FormCalls> {
    const record = <K extends keyof FormCalls>(kind: K): Handlers<FormCalls>[K] =>
      ((question, circumstances) => {
        this.calls.push({ kind, question });
        return this.handlers[kind](question, circumstances);
      }) as Handlers<FormCalls>[K];
    return {
      start: record('start'),
      // No question of anything: it only listens.
      accounts: (question, circumstances) => this.handlers.accounts(question, circumstances),
      trusted: (question, circumstances) => this.handlers.trusted(question, circumstances),
      addToken: record('addToken'),
      listOwners: record('listOwners'),
      listRepositories: record('listRepositories'),
      findRepository: record('findRepository'),
      listBranches: record('listBranches'),
      branchContents: record('branchContents'),
      preview: record('preview'),
      connect: record('connect'),
      act: record('act'),
    };
  }
}

function goodAnswers(setup: FormSetup): Omit<Handlers<FormCalls>, 'accounts' | 'trusted'> {
  return {
    start: () => Promise.resolve(setup),
    addToken: () => Promise.resolve({ account: 'jane', accounts: [jane] }),
    listOwners: (_question, { part }) => {
      part([{ id: 'me', name: 'jane', locked: '' }]);
      part([
        { id: '17', name: 'acme', locked: '' },
        { id: '18', name: 'vault', locked: 'wants its single sign-on first' },
      ]);
      return Promise.resolve({ more: false });
    },
    listRepositories: ({ query }, { part }) => {
      const names = ['acme/payments', 'acme/orders', 'acme/archive'].filter((name) => name.includes(query));
      part(
        names.map((name) => ({
          name,
          address: `https://github.com/${name}`,
          note: name === 'acme/archive' ? 'read only' : '',
        })),
      );
      return Promise.resolve({ more: false });
    },
    findRepository: ({ address, account }) =>
      Promise.resolve({
        name: 'payments',
        suggestedName: 'payments',
        account,
        address,
        defaultBranch: 'main',
        empty: false,
        note: '',
        suggestedFolder: 'payments',
      }),
    listBranches: (_question, { part }) => {
      part([
        { name: 'main', note: 'default' },
        { name: 'develop', note: '' },
      ]);
      part([{ name: 'feature/refunds', note: 'protected' }]);
      return Promise.resolve({ more: false });
    },
    branchContents: () =>
      Promise.resolve({
        problems: [],
        roots: [
          {
            path: 'openapi/payments.yaml',
            type: 'OpenAPI 3.1.0',
            name: 'payments',
            collectionFolder: 'postman/collections',
          },
          {
            path: 'legacy/swagger.json',
            type: 'OpenAPI 2.0',
            name: 'Payments of old',
            collectionFolder: 'legacy/collections',
          },
        ],
        collectionFolders: ['postman/collections'],
        defaultCollectionFolderExists: false,
      }),
    preview: () =>
      Promise.resolve({
        problems: [],
        rows: [
          { kind: 'files', icon: 'file-code', text: '1 root file, 14 dependent files', details: [] },
          { kind: 'collections', icon: 'library', text: '2 collections', details: [] },
          {
            kind: 'unresolved',
            icon: 'warning',
            text: '1 unresolved reference',
            details: ['openapi/payments.yaml:42 → schemas/Missing.yaml'],
          },
        ],
      }),
    connect: () => Promise.resolve([]),
    act: () => Promise.resolve(null),
  };
}
