import assert from 'node:assert/strict';
import type { AskedServer, ListedRepository } from '../../../../src/app/connectRequest.ts';
import type { UseCases } from '../../../../src/app/useCases.ts';
import { Failure } from '../../../../src/core/errors.ts';
import { Emitter } from '../../../../src/core/events.ts';
import type { HostId } from '../../../../src/core/model/repository.ts';
import type { Account } from '../../../../src/ports/accounts.ts';
import type { HostDescription } from '../../../../src/ports/hosts.ts';
import type { Owner } from '../../../../src/ports/repositoryHost.ts';
import type { ConnectServices } from '../../../../src/vscode/connect/connectServices.ts';
import { useVscodeStub } from '../vscodeStub.ts';

useVscodeStub();
const { listHandlers } = await import('../../../../src/vscode/connect/listHandlers.ts');
const { formRepository, formPlace } = await import('../../../../src/vscode/connect/formPlace.ts');
const { preselectedHost } = await import('../../../../src/vscode/connect/preselectedHost.ts');

const enterprise = 'https://ghe.example';
const jane: Account = { id: 'a1', host: 'github', origin: 'https://github.com', name: 'jane', source: 'token' };
const work: Account = { id: 'a2', host: 'github', origin: enterprise, name: 'jane-work', source: 'token' };
const descriptions: readonly HostDescription[] = [
  { id: 'git', icon: 'git', addressing: 'url', selfManaged: true },
  { id: 'github', icon: 'github', addressing: 'list', defaultOrigin: 'https://github.com', selfManaged: true },
  { id: 'azureDevOps', icon: 'azure-devops', addressing: 'list', selfManaged: true },
];

function open(accounts: Account[] = [jane, work]) {
  const changes = new Emitter<void>();
  const asked: unknown[] = [];
  const owners: Owner[] = [
    { id: '17', name: 'acme' },
    { id: '18', name: 'vault', locked: { reason: 'singleSignOn', link: 'https://github.com/sso' } },
  ];
  const listed: ListedRepository[] = [
    { name: 'acme/pets', address: 'https://github.com/acme/pets', empty: true, canPush: false },
    { name: 'acme/birds', address: 'https://github.com/acme/birds', empty: false },
  ];
  const services = {
    hosts: {
      descriptions,
      address: ({ origin, name }: { origin: string; name: string }) => `${origin}/${name}`,
    },
    useCases: {
      accounts: () => accounts,
      listOwners: async function* (server: AskedServer) {
        await Promise.resolve();
        asked.push([server]);
        for (const owner of owners) yield [owner];
      },
      listRepositories: async function* (server: AskedServer, owner: Owner, query: string) {
        await Promise.resolve();
        asked.push([server, owner, query]);
        yield listed;
      },
    } satisfies Partial<UseCases>,
    personal: { recentRepositories: [] as ConnectServices['personal']['recentRepositories'] },
    accounts: { onDidChange: changes.event },
    signIn: ({ host }: { host?: HostId }) => {
      accounts.push({ id: 'a3', host: host ?? 'git', origin: 'https://github.com', name: 'new', source: 'token' });
      return Promise.resolve(accounts.at(-1));
    },
  };
  const asServices = services as unknown as ConnectServices;
  const handlers = listHandlers(asServices, (host, account) => formPlace(asServices, host, account));
  const parts: unknown[] = [];
  const controller = new AbortController();
  const call = { signal: controller.signal, part: (part: unknown) => void parts.push(part) };
  return {
    handlers,
    services: asServices,
    personal: services.personal,
    accounts,
    changes,
    asked,
    parts,
    call,
    controller,
  };
}

describe('what the extension tells the form of accounts, owners and repositories', () => {
  it('tells every account whenever they change, who is signed out too, until the form is gone', async () => {
    const { handlers, accounts, changes, parts, call, controller } = open();
    const end = handlers.accounts(null, call);
    assert.deepEqual(parts, []);
    accounts.push({ ...jane, id: 'a4', name: 'other', state: 'signedOut' });
    changes.fire();
    assert.deepEqual(parts, [
      [
        { id: 'a1', host: 'github', label: 'jane — github.com', note: '', onDefaultServer: true },
        { id: 'a2', host: 'github', label: 'jane-work — ghe.example', note: '', onDefaultServer: false },
        { id: 'a4', host: 'github', label: 'other — github.com', note: 'signed out', onDefaultServer: true },
      ],
    ]);
    controller.abort();
    await end;
    changes.fire();
    assert.equal(parts.length, 1);
  });

  it('lets the person sign in and says as whom', async () => {
    const { handlers, call } = open([]);
    assert.deepEqual(await handlers.addToken({ host: 'github' }, call), {
      account: 'a3',
      accounts: [{ id: 'a3', host: 'github', label: 'new — github.com', note: '', onDefaultServer: true }],
    });
  });

  it('lists owners of the account’s server, page by page, with why one is locked', async () => {
    const { handlers, asked, parts, call } = open();
    await handlers.listOwners({ host: 'github', account: 'a2', interactive: true }, call);
    assert.deepEqual(asked, [[{ host: 'github', origin: enterprise, account: 'a2' }]]);
    assert.deepEqual(parts, [
      [{ id: '17', name: 'acme', locked: '' }],
      [{ id: '18', name: 'vault', locked: 'wants its single sign-on first' }],
    ]);
  });

  it('lists repositories with what is to be known of them, and knows what is locked by itself', async () => {
    const { handlers, asked, parts, call } = open();
    const question = { host: 'github', account: 'a1', interactive: true, query: ' pet ' };
    await handlers.listOwners(question, call);
    parts.length = 0;
    assert.deepEqual(await handlers.listRepositories({ ...question, owner: '18' }, call), { more: false });
    assert.deepEqual(parts, [
      [
        { name: 'acme/pets', address: 'https://github.com/acme/pets', note: 'read only · empty' },
        { name: 'acme/birds', address: 'https://github.com/acme/birds', note: '' },
      ],
    ]);
    const server = { host: 'github', origin: 'https://github.com', account: 'a1' };
    const locked = { reason: 'singleSignOn', link: 'https://github.com/sso' };
    assert.deepEqual(asked.at(-1), [server, { id: '18', name: 'vault', locked }, 'pet']);
    await handlers.listRepositories({ ...question, owner: ' typed ' }, call);
    assert.deepEqual(asked.at(-1), [server, { id: 'typed', name: 'typed' }, 'pet']);
  });

  it('asks no server where none is known', async () => {
    const { handlers, call } = open([]);
    const question = { host: 'azureDevOps', account: '', interactive: true };
    await assert.rejects(handlers.listOwners(question, call), (error) => Failure.is(error, 'signInNeeded'));
  });
});

describe('what is typed for a repository', () => {
  const at = (account: string, typed: string, host = 'github'): string => {
    const { services } = open();
    return formRepository(services, formPlace(services, host, account), typed).address;
  };

  it('is one of the chosen server when it is a full name', () => {
    assert.equal(at('a2', ' acme/pets '), `${enterprise}/acme/pets`);
    assert.equal(at('', 'acme/sub/pets'), 'https://github.com/acme/sub/pets');
    assert.equal(at('a2', 'ghe.example/acme/pets'), `${enterprise}/acme/pets`);
  });

  it('is left to the host when it is anything else', () => {
    for (const typed of [
      'https://x.example/a/b',
      'git@github.com:a/b.git',
      '-oProxy/x',
      '../x',
      '/a/b',
      'pets',
      'a/b?c',
    ])
      assert.equal(at('a2', typed), typed);
    assert.equal(at('', 'acme/pets', 'azureDevOps'), 'acme/pets');
    assert.equal(at('', 'srv/pets', 'git'), 'srv/pets');
  });
});

describe('the host to begin with', () => {
  it('is that of the latest repository, of somebody signed in, or the first', () => {
    const { services, personal, accounts } = open();
    assert.equal(preselectedHost(services), 'github');
    personal.recentRepositories = [
      { host: 'gitlab', address: 'not here' },
      { host: 'azureDevOps', address: 'x' },
    ];
    assert.equal(preselectedHost(services), 'azureDevOps');
    personal.recentRepositories = [];
    accounts.length = 0;
    assert.equal(preselectedHost(services), 'git');
  });
});
