import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { context, folderUri, Person } from './person.ts';

const origin = 'https://forge.example';
const token = { kind: 'bearer', token: 't' } as const;

function world(): Person {
  const repositories = ['pets', 'birds'].map((name) => {
    const repository = new MemoryRepository(name, `acme/${name}`);
    repository.push('main', { 'openapi.yaml': 'openapi: 3.1.0\n' });
    return repository;
  });
  return new Person(repositories, { id: 'github', origin });
}

interface Entry {
  readonly id: string;
  readonly repository: string;
  readonly folder: string;
  readonly at?: string;
}

/** What a teammate's commit puts into the workspace. */
async function opened(me: Person, ...entries: readonly Entry[]): Promise<void> {
  const apis = entries.map(({ id, repository, folder, at = origin }) => ({
    id,
    name: id,
    folder,
    rootFile: 'openapi.yaml',
    connection: {
      host: 'github',
      origin: at,
      repository: { id: repository, name: `acme/${repository}` },
      branch: 'main',
    },
  }));
  me.workspace.texts.set(folderUri, JSON.stringify({ version: 1, apis }));
  await me.engine.start();
}

const pets: Entry = { id: 'Pets', repository: 'pets', folder: 'pets' };
const birds: Entry = { id: 'Birds', repository: 'birds', folder: 'birds' };

function keyOf(me: Person, id: string): ApiKey {
  const node = me.store.apis.find(({ api }) => api.name === id);
  assert.ok(node, id);
  return node.key;
}

const isServerKnown = (me: Person, id: string): boolean => {
  const repository = me.node(keyOf(me, id)).api.connection?.repository;
  assert.ok(repository);
  return me.use.isApprovedServer(repository);
};

const notApproved = (error: unknown): boolean => Failure.is(error, 'notApproved');

describe('approving a server', () => {
  it('comes before every repository of it: nothing is opened without', async () => {
    const me = world();
    await opened(me, pets);
    assert.equal(isServerKnown(me, 'Pets'), false);
    await assert.rejects(me.use.approve(keyOf(me, 'Pets'), context()), notApproved);
    assert.equal(me.node(keyOf(me, 'Pets')).state, 'unapproved');
    assert.deepEqual([me.hosts.opened, me.host.calls], [0, []]);
  });

  it('is done once; repository and folder are asked about each time', async () => {
    const me = world();
    await opened(me, pets, birds);
    await me.approveServer(keyOf(me, 'Pets'));
    await me.use.approve(keyOf(me, 'Pets'), context());
    assert.equal(isServerKnown(me, 'Birds'), true);
    assert.equal(me.node(keyOf(me, 'Birds')).state, 'unapproved');
    await me.use.approve(keyOf(me, 'Birds'), context());
    assert.equal(me.text('openapi.yaml', 'birds'), 'openapi: 3.1.0\n');
  });

  it('holds in the next window, after a disconnect, and where the folder of a known API changes', async () => {
    const me = world();
    await opened(me, pets);
    await me.approveServer(keyOf(me, 'Pets'));
    await me.use.approve(keyOf(me, 'Pets'), context());
    me.ask.answers.set('disconnect', 'disconnect');
    await me.use.disconnect(keyOf(me, 'Pets'), 'forMe', 'Pets', context());
    const again = me.restarted();
    await opened(again, { ...pets, folder: 'elsewhere' });
    assert.equal(isServerKnown(again, 'Pets'), true);
    assert.equal(again.node(keyOf(again, 'Pets')).state, 'unapproved');
  });

  it('is not done by a file that moves a known API to another server', async () => {
    const me = world();
    await opened(me, pets);
    await me.approveServer(keyOf(me, 'Pets'));
    await me.use.approve(keyOf(me, 'Pets'), context());
    me.host.calls.length = 0;
    await opened(me, { ...pets, at: `${origin}.evil.example` });
    assert.equal(isServerKnown(me, 'Pets'), false);
    assert.equal(me.node(keyOf(me, 'Pets')).state, 'unapproved');
    await me.use.lookAll(context());
    await assert.rejects(me.use.approve(keyOf(me, 'Pets'), context()), notApproved);
    await assert.rejects(me.pull(keyOf(me, 'Pets')), notApproved);
    assert.deepEqual(me.host.calls, []);
  });

  it('is done by whoever connects to it themselves', async () => {
    const me = world();
    await me.connect({ host: 'github', repository: 'pets' });
    assert.equal(me.use.isApprovedServer({ origin }), true);
    assert.equal(me.use.isApprovedServer({ origin: `${origin}:8443` }), false);
  });

  it('is done by whoever is signed in there', async () => {
    const me = world();
    assert.equal(me.use.isApprovedServer({ origin }), false);
    await me.accounts.add({ host: 'github', origin, name: 'jane' }, token);
    assert.equal(me.use.isApprovedServer({ origin }), true);
  });
});
