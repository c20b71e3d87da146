import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { collection, root, schema } from './definitions.ts';
import { context, folderUri, Person } from './person.ts';

const path = (text: string): RepoPath => text as RepoPath;
const fails =
  (...reasons: readonly Failure['reason'][]) =>
  (error: unknown): boolean =>
    Failure.is(error, ...reasons);

function pets(): MemoryRepository {
  const repository = new MemoryRepository('repo', 'repo');
  repository.push('main', {
    'openapi.yaml': root('a.yaml'),
    'a.yaml': schema(),
    'extra.yaml': schema('deep.yaml'),
    'deep.yaml': schema(),
  });
  return repository;
}

describe('APIs that are not connected', () => {
  it('exist with files of the workspace; the first definition is the root', async () => {
    const me = new Person([]);
    const { files } = me.storages.at(folderUri, '');
    files.edit(path('notes.md'), '# notes\n');
    files.edit(path('api/openapi.yaml'), root('a.yaml', 'gone.yaml'));
    files.edit(path('api/a.yaml'), schema());
    const api = await me.use.newApi(folderUri, ' Local ', [path('notes.md'), path('api/openapi.yaml')]);
    const { api: entry, definition, state } = me.node(api);
    assert.equal(state, 'local');
    assert.equal(entry.name, 'Local');
    assert.equal(entry.rootFile, 'api/openapi.yaml');
    assert.deepEqual(
      definition?.files.map(({ path: file, role }) => `${role} ${file}`),
      ['root api/openapi.yaml', 'dependent api/a.yaml', 'added notes.md'],
    );
    assert.deepEqual(
      definition?.references.map(({ target }) => target),
      ['gone.yaml'],
    );
    assert.equal(me.hosts.opened, 0);
  });

  it('are renamed and removed; names are one of a kind', async () => {
    const me = new Person([]);
    const one = await me.use.newApi(folderUri, 'One', []);
    const two = await me.use.newApi(folderUri, 'Two', []);
    await assert.rejects(me.use.newApi(folderUri, 'One', []), fails('invalidName'));
    await assert.rejects(me.use.renameApi(two, 'One'), fails('invalidName'));
    await me.use.renameApi(two, 'Drei');
    assert.equal(me.node(two).api.name, 'Drei');
    await me.use.removeApi(one);
    assert.deepEqual(
      me.store.apis.map(({ key }) => key),
      [two],
    );
  });

  it('get collections and files', async () => {
    const me = new Person([]);
    const api = await me.use.newApi(folderUri, 'One', []);
    assert.equal(await me.use.newCollection(api, 'Smoke'), 'postman/collections/Smoke.json');
    assert.equal(await me.use.newCollection(api, 'Smoke'), 'postman/collections/Smoke(1).json');
    assert.deepEqual(
      me.node(api).collections?.map(({ outline }) => outline.name),
      ['Smoke', 'Smoke'],
    );
    me.storages.at(folderUri, '').files.edit(path('x.yaml'), root());
    await me.use.addFiles(api, [path('x.yaml')], context());
    assert.equal(me.node(api).api.rootFile, 'x.yaml');
    me.edit('x.yaml', root('y.yaml'), '');
    me.edit('y.yaml', schema(), '');
    await assert.rejects(me.use.removeFile(api, path('y.yaml'), context()), fails('stillReferenced'));
    await me.use.removeFile(api, path('x.yaml'), context());
    assert.equal(me.node(api).api.rootFile, undefined);
    assert.equal(me.text('x.yaml', ''), root('y.yaml'));
  });
});

describe('files of a connected API', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = pets();
    me = new Person([repository]);
    api = await me.connect();
  });

  it('are added from the repository, and nothing else comes along', async () => {
    assert.deepEqual(await me.use.repositoryFiles(api, context()), ['deep.yaml', 'extra.yaml']);
    repository.push('main', { 'a.yaml': 'later: 1\n' });
    await me.use.addFiles(api, [path('extra.yaml')], context());
    assert.equal(me.text('extra.yaml'), schema('deep.yaml'));
    assert.deepEqual(me.node(api).api.addedFiles, ['extra.yaml']);
    assert.deepEqual(me.plan(api), ['incoming a.yaml']);
    const shown = me.node(api).definition?.files.map(({ path: file, role }) => `${role} ${file}`);
    assert.deepEqual(shown, ['root openapi.yaml', 'dependent a.yaml', 'added extra.yaml']);
  });

  it('are taken off the list, and stay', async () => {
    await me.use.addFiles(api, [path('extra.yaml')], context());
    await me.use.removeFile(api, path('extra.yaml'), context());
    assert.equal(me.text('extra.yaml'), schema('deep.yaml'));
    assert.deepEqual(me.plan(api), []);
    assert.deepEqual(me.node(api).api.addedFiles, []);
    assert.ok(!me.node(api).definition?.files.some((file) => file.path === 'extra.yaml'));
  });

  it('stay on the list while the definition references them, and say who does', async () => {
    const needed =
      (by: string, branch?: string) =>
      (error: unknown): boolean =>
        Failure.is(error, 'stillReferenced') &&
        assert.deepEqual(
          [error.facts.paths, error.facts.referencedBy, error.facts.branch],
          [['a.yaml'], [by], branch],
        ) === undefined;
    const before = await me.state();
    await assert.rejects(me.use.removeFile(api, path('a.yaml'), context()), needed('openapi.yaml'));
    assert.deepEqual(await me.state(), before);
    me.edit('openapi.yaml', root());
    await assert.rejects(me.use.removeFile(api, path('a.yaml'), context()), needed('openapi.yaml', 'main'));
    await me.push(api);
    await me.use.removeFile(api, path('a.yaml'), context());
    assert.ok(!me.node(api).definition?.files.some((file) => file.path === 'a.yaml'));
    assert.equal(me.text('a.yaml'), schema());
    assert.equal(repository.textOf('main', 'a.yaml'), schema());
  });

  it('are deleted, and with the next push in the repository', async () => {
    await me.use.addFiles(api, [path('extra.yaml')], context());
    await me.use.deleteFile(api, path('extra.yaml'), context());
    assert.equal(me.text('extra.yaml'), undefined);
    assert.deepEqual(me.plan(api), ['outgoing extra.yaml']);
    await me.push(api);
    assert.equal(repository.textOf('main', 'extra.yaml'), undefined);
  });

  it('start from another root', async () => {
    repository.push('main', { 'next.yaml': root('extra.yaml') });
    await me.look(api);
    await me.use.setRootFile(api, path('next.yaml'), context());
    assert.deepEqual(me.plan(api), ['incoming deep.yaml', 'incoming extra.yaml', 'incoming next.yaml']);
    await me.pull(api);
    const roles = me.node(api).definition?.files.map(({ path: file, role }) => `${role} ${file}`);
    assert.deepEqual(roles, [
      'root next.yaml',
      'unreferenced a.yaml',
      'dependent deep.yaml',
      'dependent extra.yaml',
      'added openapi.yaml',
    ]);
  });

  it('are collections by what they hold', async () => {
    repository.push('main', {
      'postman/collections/a.json': collection('A'),
      'postman/collections/deep/b': collection('B'),
      'postman/collections/c.json': '{}',
    });
    await me.look(api);
    assert.deepEqual(
      me.node(api).collections?.map(({ path: file, presence }) => `${presence} ${file}`),
      ['incoming postman/collections/a.json', 'incoming postman/collections/deep/b'],
    );
    assert.equal((await me.pull(api)).taken, 2);
    const made = await me.use.newCollection(api, 'a');
    assert.notEqual(made.toLowerCase(), 'postman/collections/a.json');
    assert.deepEqual(me.plan(api), [`outgoing ${made}`]);
  });
});

describe('disconnect and approval', () => {
  it("asks for the name, leaves the files, and shows the teammates' connection as not approved", async () => {
    const me = new Person([pets()]);
    const api = await me.connect();
    me.edit('a.yaml', 'mine: 1\n');
    await assert.rejects(me.use.disconnect(api, 'forMe', 'pets', context()), fails('invalidName'));
    me.ask.answers.set('disconnect', 'disconnect');
    await me.use.disconnect(api, 'forMe', 'Pets', context());
    assert.equal(me.node(api).state, 'unapproved');
    assert.equal(me.node(api).ended, true);
    assert.deepEqual(
      me.node(api).definition?.files.map(({ path, presence }) => `${path} ${presence}`),
      ['openapi.yaml here', 'a.yaml here'],
    );
    assert.equal(me.node(api).sync, undefined);
    assert.equal(me.text('a.yaml'), 'mine: 1\n');
    await assert.rejects(me.pull(api), fails('notApproved'));
    await me.use.approve(api, context());
    assert.equal(me.node(api).ended, undefined);
    assert.deepEqual(me.plan(api), ['outgoing a.yaml']);
  });

  it('removes the connection for everyone, and keeps the API with its files', async () => {
    const me = new Person([pets()]);
    const api = await me.connect();
    await me.use.disconnect(api, 'forEveryone', 'Pets', context());
    assert.equal(me.node(api).state, 'local');
    assert.equal(me.node(api).api.connection, undefined);
    assert.equal(me.text('openapi.yaml'), root('a.yaml'));
    assert.equal(await me.connect({ api }), api);
    assert.deepEqual(me.plan(api), []);
  });

  it('gives the folder free for another repository', async () => {
    const other = new MemoryRepository('other', 'other');
    other.push('main', { 'openapi.yaml': root() });
    const me = new Person([pets(), other]);
    const api = await me.connect();
    await assert.rejects(me.connect({ name: 'Other', repository: 'other' }), fails('folderInUse'));
    await me.use.disconnect(api, 'forEveryone', 'Pets', context());
    await me.use.removeApi(api);
    const next = await me.connect({ name: 'Other', repository: 'other' });
    assert.deepEqual(me.plan(next), ['outgoing a.yaml', 'conflict openapi.yaml']);
    assert.equal(me.text('openapi.yaml'), root('a.yaml'));
  });

  it('opens and fetches nothing for a connection that this person did not approve', async () => {
    const me = new Person([pets()]);
    const api = await me.connect();
    const teammate = new Person([pets()]);
    teammate.workspace.texts.set(folderUri, me.workspace.texts.get(folderUri) ?? '');
    await teammate.engine.start();
    assert.equal(teammate.node(api).state, 'unapproved');
    await teammate.use.lookAll(context());
    assert.equal(teammate.hosts.opened, 0);
    assert.equal(teammate.node(api).definition, undefined);
    await assert.rejects(teammate.push(api), fails('notApproved'));
    await teammate.approveServer(api);
    await teammate.use.approve(api, context());
    assert.equal(teammate.text('a.yaml'), schema());
    assert.equal(teammate.node(api).state, 'connected');
  });

  it('shows of an approved connection that its first pull failed, until a look succeeds', async () => {
    const me = new Person([pets()]);
    const api = await me.connect();
    const teammate = new Person([pets()]);
    teammate.workspace.texts.set(folderUri, me.workspace.texts.get(folderUri) ?? '');
    await teammate.engine.start();
    const { open } = teammate.hosts;
    teammate.hosts.open = () => Promise.reject(new Failure('unsafeUrl'));
    await teammate.approveServer(api);
    await assert.rejects(teammate.use.approve(api, context()), fails('unsafeUrl'));
    assert.equal(teammate.node(api).state, 'connected');
    assert.equal(teammate.node(api).failure?.reason, 'unsafeUrl');
    teammate.hosts.open = open;
    await teammate.use.lookAll(context());
    assert.equal(teammate.node(api).failure, undefined);
  });

  it('asks again when the repository changes under a known id', async () => {
    const me = new Person([pets()]);
    const api = await me.connect();
    const text = me.workspace.texts.get(folderUri) ?? '';
    me.workspace.texts.set(folderUri, text.replace('"id": "repo"', '"id": "evil"'));
    me.host.calls.length = 0;
    await me.engine.start();
    assert.equal(me.node(api).state, 'unapproved');
    await me.use.lookAll(context());
    assert.deepEqual(me.host.calls, []);
  });

  it('shows two repositories in one folder as a problem, and survives a broken file', async () => {
    const me = new Person([pets()]);
    const api = await me.connect();
    const text = me.workspace.texts.get(folderUri) ?? '';
    const entry = JSON.parse(text) as {
      apis: { id: string; name: string; connection: { repository: { id: string } } }[];
    };
    const rival = structuredClone(entry.apis[0]);
    assert.ok(rival);
    rival.id = 'rival';
    rival.name = 'Rival';
    rival.connection.repository.id = 'other';
    me.workspace.texts.set(folderUri, JSON.stringify({ ...entry, apis: [...entry.apis, rival] }));
    me.personal.isApproved = () => true;
    await me.engine.start();
    await me.use.lookAll(context());
    assert.equal(me.node(api).failure?.reason, 'folderInUse');
    me.workspace.texts.set(folderUri, '{ "version": 1, "apis": [');
    await me.engine.start();
    assert.ok(me.store.problems.length > 0);
  });

  it('talks to no host in a folder that is not trusted', async () => {
    const me = new Person([pets()]);
    const api = await me.connect();
    me.workspace.trusted = false;
    const again = me.restarted();
    await again.engine.start();
    again.host.calls.length = 0;
    await again.use.lookAll(context());
    assert.deepEqual(again.host.calls, []);
    assert.equal(again.node(api).failure?.reason, 'untrusted');
  });
});
