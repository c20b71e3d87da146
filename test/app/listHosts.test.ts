import assert from 'node:assert/strict';
import { Failure } from '../../src/core/errors.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root } from './definitions.ts';
import { context, folderUri, Person } from './person.ts';

const origin = 'https://forge.example';

function pets(): MemoryRepository {
  const made = new MemoryRepository('4711', 'acme/pets');
  made.push('main', { 'openapi.yaml': root() });
  return made;
}

function person(repository: MemoryRepository): Person {
  return new Person([repository], { id: 'github', origin, pages: true });
}

const wanted = { host: 'github', repository: `${origin}/acme/pets`, localFolder: 'pets' } as const;

describe('hosts whose addresses are made of names', () => {
  it('asks once for the id behind a name, whatever follows from the choice', async () => {
    const me = person(pets());
    const found = await me.use.findRepository(folderUri, { host: 'github', address: 'acme/pets' }, context());
    assert.deepEqual([found.name, found.origin, found.address], ['acme/pets', origin, `${origin}/acme/pets`]);
    for await (const page of me.use.listBranches({ host: 'github', address: found.address }, '', context())) {
      assert.deepEqual(
        page.map(({ name }) => name),
        ['main'],
      );
    }
    await me.use.branchContents(folderUri, { host: 'github', address: found.address }, 'main', context());
    await me.connect(wanted);
    assert.equal(me.host.calls.filter((call) => call === 'repository').length, 1);
  });

  it('keeps the id in apis.json and remembers an address for people', async () => {
    const me = person(pets());
    const { repository } = me.node(await me.connect(wanted)).api.connection ?? {};
    assert.deepEqual(repository, { host: 'github', origin, id: '4711', name: 'acme/pets' });
    assert.deepEqual(me.personal.recentRepositories, [{ host: 'github', address: `${origin}/acme/pets` }]);
  });

  it('connects a second API in the folder of the first, by id and not by name', async () => {
    const repository = pets();
    const me = person(repository);
    await me.connect(wanted);
    repository.name = 'acme/animals';
    const moved = { ...wanted, repository: `${origin}/acme/animals` };
    assert.equal(
      (await me.use.findRepository(folderUri, { host: 'github', address: moved.repository }, context()))
        .suggestedFolder,
      'pets',
    );
    assert.deepEqual(await me.use.checkConnect({ ...moved, ...more(), name: 'Other' }, context()), []);
    const other = new MemoryRepository('4712', 'acme/birds');
    other.push('main', { 'openapi.yaml': root() });
    me.host.repositories.set(other.id, other);
    const birds = { ...wanted, ...more(), name: 'Birds', repository: 'acme/birds' };
    assert.deepEqual(await me.use.checkConnect(birds, context()), [
      { field: 'localFolder', reason: 'folderHasOtherCheckout', detail: 'Pets' },
    ]);
  });

  it('works on with a repository that was renamed, and shows its new name after a refresh', async () => {
    const repository = pets();
    const me = person(repository);
    const api = await me.connect(wanted);
    repository.name = 'acme/animals';
    me.edit('openapi.yaml', root('schemas/new.yaml'), 'pets');
    await me.push(api);
    await me.look(api);
    assert.equal(me.sync(api).repositoryName, 'acme/animals');
    assert.equal(me.sync(api).outgoing, 0);
  });

  it('says at the repository that there is none of that name', async () => {
    const me = person(pets());
    assert.deepEqual(await me.use.checkConnect({ ...wanted, ...more(), repository: 'acme/none' }, context()), [
      { field: 'repository', reason: 'notFound' },
    ]);
    await assert.rejects(
      me.use.branchContents(folderUri, { host: 'github', address: 'acme/none' }, 'main', context()),
      (error) => Failure.is(error, 'repositoryNotFound'),
    );
  });
});

function more() {
  return { workspaceFolder: folderUri, name: 'Pets', branch: 'main', rootFile: 'openapi.yaml' };
}
