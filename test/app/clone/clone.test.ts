import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { context, request } from '../person.ts';
import { CloneBench } from './cloneBench.ts';

describe('a person’s own clone', function () {
  this.timeout(60_000);
  let me: CloneBench;

  afterEach(() => me.close());

  it('connects in place and writes nothing but what it remembers', async () => {
    me = await CloneBench.open();
    const before = me.words();
    const api = await me.connect();
    assert.deepEqual(me.words(), before);
    assert.deepEqual(me.plan(api), []);
    assert.equal(me.store.get(api)?.definition?.files.length, 3);
  });

  it('pushes a change, a new file and a deletion', async () => {
    me = await CloneBench.open();
    const api = await me.connect();
    me.write('pet.yaml', 'type: object\nmine: 1\n');
    me.write('openapi.yaml', me.read('openapi.yaml')!.replace('deep/tag.yaml', 'new.yaml'));
    me.write('new.yaml', 'type: string\n');
    assert.deepEqual(await me.look(api), ['outgoing new.yaml', 'outgoing openapi.yaml', 'outgoing pet.yaml']);
    await me.push(api);
    assert.deepEqual(me.changed(), ['A new.yaml', 'M openapi.yaml', 'M pet.yaml']);
    assert.equal(me.words().status, '');
    assert.equal(me.bench.repository.head('main'), me.git('rev-parse', 'HEAD').trim());
    assert.deepEqual(me.plan(api), []);
  });

  it('is what a form begins with, in its own folder and on its branch', async () => {
    me = await CloneBench.open();
    const workspaceFolder = pathToFileURL(me.clone).href;
    const { signal } = new AbortController();
    const choices = await me.use.clonedHere(workspaceFolder, signal);
    assert.deepEqual(choices, [{ host: 'git', address: me.bench.repository.url }]);
    me.git('switch', '--quiet', '--create', 'topic');
    const found = await me.use.findRepository(
      workspaceFolder,
      { host: 'git', address: me.bench.repository.url.replace(/\.git$/, '') },
      context(),
    );
    assert.equal(found.suggestedFolder, '');
    assert.deepEqual(found.clone, { branch: 'topic' });
    const problems = await me.use.checkConnect(
      request({ workspaceFolder, repository: me.bench.repository.url, localFolder: '', branch: 'main' }),
      context(),
    );
    assert.deepEqual(problems, [{ field: 'branch', reason: 'cloneHasOtherBranch', detail: 'topic' }]);
  });

  it('stays an own folder where it was one before, and where it is of another repository', async () => {
    me = await CloneBench.open();
    me.git('remote', 'set-url', 'origin', 'https://git.example.com/acme/other');
    await me.connect();
    assert.ok(me.read('.api-source-control/state.json'));
    me.git('remote', 'set-url', 'origin', me.bench.repository.url);
    const found = await me.clones.find(pathToFileURL(me.clone).href, '', new AbortController().signal);
    assert.equal(found?.isOwnFolder, true);
  });
});
