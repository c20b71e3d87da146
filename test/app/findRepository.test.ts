import assert from 'node:assert/strict';
import { Failure } from '../../src/core/errors.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root } from './definitions.ts';
import { context, folderUri, Person } from './person.ts';

function repository(id: string, name = id): MemoryRepository {
  const made = new MemoryRepository(id, name);
  made.push('main', { 'openapi.yaml': root() });
  return made;
}

describe('finding a repository by its address', () => {
  it('says its name, its branch to start with, and a folder for it', async () => {
    const me = new Person([repository('https://host/acme/pets', 'acme/pets')]);
    assert.deepEqual(
      await me.use.findRepository(folderUri, { host: 'git', address: 'https://host/acme/pets' }, context()),
      {
        name: 'acme/pets',
        suggestedName: 'pets',
        origin: 'https://memory.example',
        address: 'https://host/acme/pets',
        defaultBranch: 'main',
        empty: false,
        canPush: true,
        suggestedFolder: 'pets',
      },
    );
  });

  it('proposes the folder that has it already, and for another one of that name a free one', async () => {
    const me = new Person([repository('a', 'one/pets'), repository('b', 'two/Pets'), repository('c', 'x/..')]);
    await me.connect({ repository: 'a', localFolder: 'pets/api' });
    const folderFor = async (address: string): Promise<string> =>
      (await me.use.findRepository(folderUri, { host: 'git', address }, context())).suggestedFolder;
    assert.equal(await folderFor('a'), 'pets/api');
    assert.equal(await folderFor('b'), 'Pets-2');
    assert.equal(await folderFor('c'), 'repository');
  });

  it('proposes a name that no other API of the workspace folder has', async () => {
    const me = new Person([repository('repo', 'acme/Pets')]);
    const name = async (): Promise<string> =>
      (await me.use.findRepository(folderUri, { host: 'git', address: 'repo' }, context())).suggestedName;
    assert.equal(await name(), 'Pets');
    await me.connect({ name: 'Pets' });
    assert.equal(await name(), 'Pets 2');
    await me.connect({ name: 'Pets 2', rootFile: '' });
    assert.equal(await name(), 'Pets 3');
  });

  it('says when an address is unsafe or leads nowhere', async () => {
    const me = new Person([]);
    const find = (address: string): Promise<unknown> =>
      me.use.findRepository(folderUri, { host: 'git', address }, context());
    await assert.rejects(find('-oProxy'), (error) => Failure.is(error, 'unsafeUrl'));
    await assert.rejects(find('nowhere'), (error) => Failure.is(error, 'repositoryNotFound'));
  });

  it('lists its branches, before anything is connected', async () => {
    const found = repository('repo');
    found.push('release/1', {});
    found.push('release/2', {});
    const me = new Person([found]);
    const list = async (query: string): Promise<readonly string[]> => {
      const names: string[] = [];
      for await (const page of me.use.listBranches({ host: 'git', address: 'repo' }, query, context()))
        names.push(...page.map(({ name }) => name));
      return names.sort();
    };
    assert.deepEqual(await list(''), ['main', 'release/1', 'release/2']);
    assert.deepEqual(await list('RELEASE'), ['release/1', 'release/2']);
    await assert.rejects(
      async () => {
        for await (const page of me.use.listBranches({ host: 'git', address: '-x' }, '', context()))
          assert.fail(page.join());
      },
      (error) => Failure.is(error, 'unsafeUrl'),
    );
  });
});
