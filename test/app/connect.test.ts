import assert from 'node:assert/strict';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { Failure } from '../../src/core/errors.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { collection, root, schema } from './definitions.ts';
import { context, folderUri, Person, request } from './person.ts';

function pets(): MemoryRepository {
  const repository = new MemoryRepository('repo', 'repo');
  repository.push('main', {
    'openapi.yaml': root('schemas/pet.yaml'),
    'schemas/pet.yaml': schema('tag.yaml'),
    'schemas/tag.yaml': schema(),
    'schemas/unused.yaml': schema(),
    'postman/collections/pets.json': collection('Pets'),
    'postman/collections/notes.json': '{"not": "a collection"}',
    'README.md': '# hello\n',
  });
  return repository;
}

describe('connect', () => {
  it('takes exactly the definition and the collections, and shows them in step', async () => {
    const me = new Person([pets()]);
    const api = await me.connect();
    assert.deepEqual(await me.files().list(''), [
      'openapi.yaml',
      'postman/collections/pets.json',
      'schemas/pet.yaml',
      'schemas/tag.yaml',
    ]);
    const node = me.node(api);
    assert.equal(node.state, 'connected');
    assert.equal(node.sync?.standing, 'upToDate');
    assert.deepEqual(me.plan(api), []);
    assert.deepEqual(
      node.definition?.files.map(({ path, role, presence }) => [path, role, presence]),
      [
        ['openapi.yaml', 'root', 'here'],
        ['schemas/pet.yaml', 'dependent', 'here'],
        ['schemas/tag.yaml', 'dependent', 'here'],
      ],
    );
    assert.deepEqual(
      node.collections?.map(({ path, presence, outline }) => [path, presence, outline.name]),
      [['postman/collections/pets.json', 'here', 'Pets']],
    );
    assert.deepEqual(me.personal.recentRepositories, [{ host: 'git', address: 'repo' }]);
  });

  it('asks the host for the head, the tree and one batch a level', async () => {
    const me = new Person([pets()]);
    await me.connect();
    assert.deepEqual(me.host.calls, ['head', 'tree', 'readFiles', 'readFiles', 'readFiles']);
  });

  it('writes nothing to the repository', async () => {
    const repository = pets();
    const head = repository.branches.get('main');
    await new Person([repository]).connect();
    assert.equal(repository.branches.get('main'), head);
  });

  it('never overwrites a local file that the repository has too', async () => {
    const me = new Person([pets()]);
    me.edit('schemas/tag.yaml', 'mine: true\n');
    const api = await me.connect();
    assert.equal(me.text('schemas/tag.yaml'), 'mine: true\n');
    assert.deepEqual(me.plan(api), ['conflict schemas/tag.yaml']);
  });

  it('leaves no entry, no approval and no state when the folder refuses', async () => {
    const me = new Person([pets()]);
    me.files().failAfterWrites(1);
    await assert.rejects(me.connect(), (error) => Failure.is(error, 'writeFailed'));
    assert.equal(me.store.apis.length, 0);
    assert.ok(!(me.workspace.texts.get(folderUri) ?? '').includes('openapi.yaml'));
    assert.equal(me.personal.approved.size, 0);
    assert.equal(await me.state(), undefined);
    assert.deepEqual(await me.files().list(''), []);
  });

  it('connects an empty repository; the first push makes its branch', async () => {
    const repository = new MemoryRepository('repo', 'repo');
    const me = new Person([repository]);
    me.edit('openapi.yaml', root());
    const api = await me.connect();
    assert.equal(me.sync(api).standing, 'unborn');
    assert.deepEqual(me.plan(api), ['outgoing openapi.yaml']);
    await me.push(api, 'Starts');
    assert.equal(repository.textOf('main', 'openapi.yaml'), root());
    assert.deepEqual(me.plan(api), []);
  });

  it('previews what it would add without writing anything', async () => {
    const repository = pets();
    repository.push('main', { 'openapi.yaml': root('schemas/pet.yaml', 'gone.yaml', 'https://example.com/x.yaml') });
    const me = new Person([repository]);
    me.edit('schemas/tag.yaml', 'mine: true\n');
    const preview = await me.use.previewConnect(request(), context());
    assert.equal(preview.rootFiles, 1);
    assert.equal(preview.dependentFiles, 2);
    assert.equal(preview.collections, 1);
    assert.deepEqual(
      preview.unresolved.map(({ target }) => target),
      ['gone.yaml'],
    );
    assert.deepEqual(
      preview.outside.map(({ target }) => target),
      ['https://example.com/x.yaml'],
    );
    assert.deepEqual(preview.collisions, ['schemas/tag.yaml']);
    assert.equal(me.workspace.texts.size, 0);
    assert.equal(me.storages.at(folderUri, 'repo').blobs.size, 0);
    assert.equal(await me.state(), undefined);
  });

  it('says what is wrong with each field', async () => {
    const me = new Person([pets()]);
    const check = async (change: Parameters<typeof request>[0]): Promise<readonly string[]> =>
      (await me.use.checkConnect(request(change), context())).map(({ field, reason }) => `${field} ${reason}`);
    assert.deepEqual(await check({}), []);
    assert.deepEqual(await check({ name: ' ' }), ['name required']);
    assert.deepEqual(await check({ repository: '-oProxy' }), ['repository unsafe']);
    assert.deepEqual(await check({ repository: 'nowhere' }), ['repository notFound']);
    assert.deepEqual(await check({ branch: 'a..b' }), ['branch unsafe']);
    assert.deepEqual(await check({ branch: 'nowhere' }), ['branch notFound']);
    assert.deepEqual(await check({ rootFile: '../x.yaml' }), ['rootFile unsafe']);
    assert.deepEqual(await check({ rootFile: 'nowhere.yaml' }), ['rootFile notFound']);
    assert.deepEqual(await check({ rootFile: 'README.md' }), ['rootFile notADefinition']);
    assert.deepEqual(await check({ rootFile: '' }), []);
    assert.deepEqual(await check({ localFolder: '../x' }), ['localFolder notInWorkspace']);
    assert.deepEqual(await check({ collectionFolder: '/x' }), ['collectionFolder unsafe']);
    assert.deepEqual(await check({ collectionFolder: 'schemas/pet.yaml' }), ['collectionFolder isFile']);
    assert.deepEqual(await check({ name: 'Pets\u202egnp' }), ['name unsafe']);
    assert.deepEqual(await me.use.checkConnect(request({ rootFile: '/openapi.yaml' }), context()), [
      { field: 'rootFile', reason: 'unsafe', detail: 'absolute' },
    ]);
    await assert.rejects(me.use.newApi(folderUri, 'Pets\u200b', []), (error) => Failure.is(error, 'invalidName'));
  });

  it('previews a request whose name is taken, and does not connect it', async () => {
    const me = new Person([pets()]);
    await me.connect();
    const again = request({ rootFile: '' });
    assert.deepEqual(await me.use.checkConnect(again, context()), [{ field: 'name', reason: 'nameTaken' }]);
    assert.equal((await me.use.previewConnect(again, context())).collections, 1);
    await assert.rejects(me.use.connect(again, context()), (error) => Failure.is(error, 'invalidName'));
  });

  it('proposes the title of each definition as a name, as long as no other API has it', async () => {
    const repository = pets();
    const titled = (title: string): string => root().replace('title: Pets', `title: ${title}`);
    repository.push('main', {
      'orders/openapi.yaml': titled('Orders'),
      'long/openapi.yaml': titled('A title that goes on and on, as a sentence does that has much to say'),
      'odd/openapi.yaml': titled('"Pets\\u202E"'),
      'types.graphql': 'type Query { pets: Int }\n',
    });
    const me = new Person([repository]);
    await me.connect();
    const found = await me.use.branchContents(folderUri, { host: 'git', address: 'repo' }, 'main', context());
    assert.deepEqual(Object.fromEntries(found.roots.map(({ path, name }) => [path, name])), {
      'openapi.yaml': 'Pets 2',
      'orders/openapi.yaml': 'Orders',
      'long/openapi.yaml': 'repo',
      'odd/openapi.yaml': 'repo',
      'types.graphql': 'repo',
    });
  });

  it('blames the local folder for a file of its own that is no definition, and not the root file of the branch', async () => {
    const me = new Person([pets()]);
    me.edit('openapi.yaml', 'shopping: list\n');
    assert.deepEqual(await me.use.checkConnect(request(), context()), [
      { field: 'localFolder', reason: 'notADefinition', detail: 'repo/openapi.yaml' },
    ]);
  });

  it('refuses a folder in, around or equal on some platform to that of another checkout', async () => {
    const me = new Person([pets()]);
    await me.connect({ localFolder: 'services/pets' });
    const check = async (localFolder: string): Promise<readonly string[]> => {
      const problems = await me.use.checkConnect(request({ name: 'Second', localFolder }), context());
      return problems.map(({ field, reason, detail }) => `${field} ${reason} ${detail ?? ''}`);
    };
    const refused = ['localFolder folderHasOtherCheckout Pets'];
    for (const folder of ['', 'services', 'services/pets/inner', 'Services/Pets', 'SERVICES'])
      assert.deepEqual(await check(folder), refused, folder);
    for (const folder of ['services/pets', 'services/pets2', 'services/pet', 'pets'])
      assert.deepEqual(await check(folder), [], folder);
    await assert.rejects(me.connect({ name: 'Second', localFolder: 'services' }), (error) =>
      Failure.is(error, 'folderInUse'),
    );
    assert.equal(me.store.apis.length, 1);
  });

  it('proposes a collection folder of its own beside another API of the repository', async () => {
    const repository = pets();
    repository.push('main', { 'orders/openapi.yaml': root() });
    const me = new Person([repository]);
    await me.connect();
    const second = request({ name: 'Orders', rootFile: 'orders/openapi.yaml' });
    const preview = await me.use.previewConnect(second, context());
    assert.deepEqual(preview.sharedCollectionFolder, { api: 'Pets', proposal: 'orders/postman/collections' });
  });

  it('lists root candidates and collection folders of a branch', async () => {
    const me = new Person([pets()]);
    const found = await me.use.branchContents(folderUri, { host: 'git', address: 'repo' }, 'main', context());
    assert.deepEqual(
      found.roots.map(({ path }) => path),
      ['openapi.yaml'],
    );
    assert.deepEqual(found.collectionFolders, ['postman/collections']);
    assert.equal(found.defaultCollectionFolderExists, true);
    assert.ok(me.host.calls.filter((call) => call === 'readFiles').length <= 2);
  });

  it('proposes, for each root file, the folder with collections that is nearest to it', async () => {
    const repository = pets();
    repository.push('main', {
      'apis/orders/openapi.yaml': root(),
      'apis/orders/tests/collections/deep.json': collection('Deep'),
      'apis/orders/collections/smoke.json': collection('Smoke'),
      'apis/stock/openapi.yaml': root(),
      'apis/openapi.yaml': root(),
    });
    const me = new Person([repository]);
    const found = await me.use.branchContents(folderUri, { host: 'git', address: 'repo' }, 'main', context());
    assert.deepEqual(Object.fromEntries(found.roots.map(({ path, collectionFolder }) => [path, collectionFolder])), {
      'openapi.yaml': 'postman/collections',
      'apis/openapi.yaml': 'postman/collections',
      'apis/orders/openapi.yaml': 'apis/orders/collections',
      'apis/stock/openapi.yaml': 'postman/collections',
    });
  });

  it('keeps an API that exists, under its id', async () => {
    const me = new Person([pets()]);
    const api = await me.use.newApi(folderUri, 'Mine', []);
    assert.equal(me.node(api).state, 'local');
    assert.equal(await me.connect({ api, name: 'Mine' }), api);
    assert.equal(me.node(api).state, 'connected');
    assert.equal(me.text('openapi.yaml' as RepoPath), root('schemas/pet.yaml'));
  });

  it('works where the host tells no blob ids', async () => {
    const me = new Person([pets()], { ids: false });
    const api = await me.connect();
    assert.deepEqual(me.plan(api), []);
    assert.equal(me.text('schemas/tag.yaml'), schema());
  });
});
