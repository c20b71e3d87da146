import assert from 'node:assert/strict';
import { Failure } from '../../src/core/errors.ts';
import type { Account } from '../../src/ports/accounts.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root } from './definitions.ts';
import { context, folderUri, Person } from './person.ts';

const origin = 'https://forge.example';
const token = { kind: 'bearer', token: 't' } as const;

interface World {
  readonly me: Person;
  readonly pets: MemoryRepository;
  readonly work: Account;
  readonly home: Account;
}

/** Somebody with two accounts at one server; `home` signed in last. */
async function world(): Promise<World> {
  const pets = new MemoryRepository('1', 'acme/pets');
  const birds = new MemoryRepository('2', 'acme/birds');
  for (const each of [pets, birds]) each.push('main', { 'openapi.yaml': root() });
  const me = new Person([pets, birds], { id: 'github', origin });
  const work = await me.accounts.add({ host: 'github', origin, name: 'jane-work' }, token);
  const home = await me.accounts.add({ host: 'github', origin, name: 'jane' }, token);
  return { me, pets, work, home };
}

function connect(me: Person, repository: string, account?: string) {
  const localFolder = repository.replace('acme/', '');
  const chosen = account === undefined ? {} : { account };
  return me.connect({ name: localFolder, host: 'github', repository, localFolder, ...chosen });
}

/** Accounts that asked the server, by name of the question. */
function asked(me: Person, account: Account): readonly string[] {
  return me.hosts.byAccount.get(account.id)?.calls ?? [];
}

describe('the account of a connection', () => {
  it('is the one that was chosen for it: two connections at one server work as two accounts', async () => {
    const { me, work, home } = await world();
    const pets = await connect(me, 'acme/pets', work.id);
    const birds = await connect(me, 'acme/birds', home.id);
    const before = asked(me, home).length;
    me.edit('openapi.yaml', `${root()}# mine\n`, 'pets');
    await me.look(pets);
    await me.push(pets);
    assert.ok(asked(me, work).includes('commit'));
    assert.equal(asked(me, home).length, before, 'nothing of it was asked as the other one');
    assert.equal(me.use.accountOf(repositoryOf(me, pets))?.name, 'jane-work');
    assert.equal(me.use.accountOf(repositoryOf(me, birds))?.name, 'jane');
    assert.deepEqual(me.host.calls, [], 'nothing was asked without a choice');
  });

  it('is kept: after a restart, and when somebody else signs in later', async () => {
    const { me, work } = await world();
    const pets = await connect(me, 'acme/pets', work.id);
    await me.accounts.add({ host: 'github', origin, name: 'third' }, token);
    const again = me.restarted();
    await again.engine.start();
    assert.equal(again.use.accountOf(repositoryOf(again, pets))?.name, 'jane-work');
  });

  it('is nobody else once it is gone, and itself again when it is back', async () => {
    const { me, work } = await world();
    const pets = await connect(me, 'acme/pets', work.id);
    await me.use.removeAccount(work.id);
    assert.equal(me.use.accountOf(repositoryOf(me, pets)), undefined);
    assert.equal(me.use.chosenAccount(repositoryOf(me, pets)), work.id);
    await me.accounts.add({ host: 'github', origin, name: 'jane-work' }, token);
    assert.equal(me.use.accountOf(repositoryOf(me, pets))?.id, work.id);
  });

  it('is used in the form before it is connected: for the repository, its branches, its files', async () => {
    const { me, work } = await world();
    const repository = { host: 'github', address: 'acme/pets', account: work.id } as const;
    const found = await me.use.findRepository(folderUri, repository, context());
    assert.equal(found.account, work.id);
    for await (const page of me.use.listBranches(repository, '', context())) assert.equal(page.length, 1);
    await me.use.branchContents(folderUri, repository, 'main', context());
    assert.deepEqual(me.host.calls, []);
    assert.deepEqual(asked(me, work).slice(0, 3), ['repository', 'listBranches', 'head']);
  });

  it('is told of a server that it is not of', async () => {
    const { me, home } = await world();
    const stranger = await me.accounts.add({ host: 'github', origin: 'https://other.example', name: 'x' }, token);
    const repository = { host: 'github', address: 'acme/pets', account: stranger.id } as const;
    assert.equal((await me.use.findRepository(folderUri, repository, context())).account, home.id);
    assert.equal(me.hosts.byAccount.has(stranger.id), false);
    const pets = await connect(me, 'acme/pets', stranger.id);
    assert.equal(me.use.chosenAccount(repositoryOf(me, pets)), undefined);
  });

  it('is not changed by a connect that fails', async () => {
    const { me, work, home } = await world();
    const pets = await connect(me, 'acme/pets', work.id);
    const repository = repositoryOf(me, pets);
    me.workspace.refuseWrites = true;
    const second = { name: 'again', host: 'github', repository: 'acme/pets', localFolder: 'again' } as const;
    await assert.rejects(me.connect({ ...second, account: home.id }), (error) => Failure.is(error, 'writeFailed'));
    assert.equal(me.use.chosenAccount(repository), work.id);
  });
});

describe('using another account', () => {
  it('asks as that one from now on, at once and for every connection of the repository', async () => {
    const { me, pets: repository, work, home } = await world();
    const pets = await connect(me, 'acme/pets', work.id);
    repository.push('main', { 'openapi.yaml': `${root()}# theirs\n` });
    await me.use.useAccount(pets, home.id, context());
    assert.equal(me.sync(pets).incoming, 1);
    assert.ok(asked(me, home).includes('head'));
    assert.equal(me.use.accountOf(repositoryOf(me, pets))?.name, 'jane');
  });

  it('brings back what the first one may not see', async () => {
    const { me, work, home } = await world();
    const pets = await connect(me, 'acme/pets', work.id);
    me.hosts.byAccount.get(work.id)?.faults.refuse.set('head', new Failure('repositoryNotFound', { origin }));
    await me.look(pets);
    assert.equal(me.node(pets).failure?.reason, 'repositoryNotFound');
    await me.use.useAccount(pets, home.id, context());
    assert.equal(me.node(pets).failure, undefined);
  });

  it('refuses one of another server', async () => {
    const { me, work } = await world();
    const pets = await connect(me, 'acme/pets', work.id);
    const stranger = await me.accounts.add({ host: 'github', origin: 'https://other.example', name: 'x' }, token);
    await assert.rejects(me.use.useAccount(pets, stranger.id, context()), (error) => Failure.is(error, 'signInNeeded'));
    assert.equal(me.use.chosenAccount(repositoryOf(me, pets)), work.id);
  });
});

describe('approving a teammate’s connection', () => {
  it('takes the account that was chosen for it, and asks nothing before', async () => {
    const { me: lead, work } = await world();
    await connect(lead, 'acme/pets', work.id);
    const { me: teammate, home } = await world();
    teammate.workspace.texts.set(folderUri, lead.workspace.texts.get(folderUri) ?? '');
    await teammate.engine.start();
    const [api] = teammate.store.apis;
    assert.equal(api?.state, 'unapproved');
    await teammate.use.lookAll(context());
    assert.deepEqual([teammate.host.calls, teammate.hosts.opened], [[], 0]);
    await teammate.approveServer(api.key);
    await teammate.use.approve(api.key, context(), home.id);
    assert.equal(teammate.use.chosenAccount(repositoryOf(teammate, api.key)), home.id);
    assert.ok(asked(teammate, home).includes('head'));
    assert.deepEqual(teammate.host.calls, []);
  });
});

function repositoryOf(me: Person, key: Parameters<Person['node']>[0]) {
  const repository = me.node(key).api.connection?.repository;
  if (repository === undefined) throw new Error('not connected');
  return repository;
}
