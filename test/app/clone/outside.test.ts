import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { ApiKey } from '../../../src/app/apiNode.ts';
import { root } from '../definitions.ts';
import { context } from '../person.ts';
import { CloneBench } from './cloneBench.ts';

const mine = 'type: object\nmine: 1\n';
const theirs = 'type: object\ntheirs: 1\n';

describe('what other programs do in a clone', function () {
  this.timeout(60_000);
  let me: CloneBench;
  let api: ApiKey;

  beforeEach(async () => {
    me = await CloneBench.open();
    api = await me.connect();
  });
  afterEach(() => me.close());

  /** A look at the clone alone: the repository is out of reach meanwhile. */
  const glance = async (): Promise<readonly string[]> => {
    const { path } = me.bench.repository;
    const checkout = me.store.get(api)?.sync?.checkout;
    assert.ok(checkout);
    renameSync(path, `${path}.away`);
    await me.use.glance(checkout, context());
    renameSync(`${path}.away`, path);
    assert.equal(me.store.get(api)?.failure, undefined);
    return me.plan(api);
  };

  it('shows without the network: a commit, its push, a stash', async () => {
    me.write('pet.yaml', mine);
    me.git('commit', '--quiet', '--all', '-m', 'Mine');
    assert.deepEqual(await glance(), ['outgoing pet.yaml']);
    me.git('push', '--quiet');
    assert.deepEqual(await glance(), []);
    me.write('pet.yaml', theirs);
    assert.deepEqual(await glance(), ['outgoing pet.yaml']);
    me.git('stash', '--quiet');
    assert.deepEqual(await glance(), []);
  });

  it('shows without the network: a fetch, and the pull after it', async () => {
    me.theirs({ 'openapi.yaml': root('pet.yaml', 'deep/tag.yaml', 'fresh.yaml'), 'fresh.yaml': theirs });
    assert.deepEqual(await glance(), []);
    me.git('fetch', '--quiet');
    assert.deepEqual(await glance(), ['incoming fresh.yaml', 'incoming openapi.yaml']);
    assert.equal(me.store.get(api)?.sync?.standing, 'moved');
    me.git('merge', '--quiet', 'origin/main');
    assert.deepEqual(await glance(), []);
    assert.equal(
      me.store.get(api)?.definition?.files.some(({ path }) => path === 'fresh.yaml'),
      true,
    );
    assert.equal(me.store.get(api)?.sync?.standing, 'upToDate');
  });

  it('shows without the network: a checkout of a branch that was never looked at', async () => {
    const { repository } = me.bench;
    repository.push('topic', { 'pet.yaml': mine }, 'On topic', repository.head('main'));
    me.git('fetch', '--quiet');
    me.git('switch', '--quiet', 'topic');
    assert.deepEqual(await glance(), []);
    assert.equal(me.store.get(api)?.sync?.branch, 'topic');
    assert.equal(me.store.get(api)?.sync?.standing, 'upToDate');
  });

  it('does not bring a branch back that the repository deleted', async () => {
    me.git('switch', '--quiet', '--create', 'topic');
    me.git('push', '--quiet', '--set-upstream', 'origin', 'topic');
    await me.look(api);
    me.bench.sandbox.git(me.bench.repository.path, 'branch', '--delete', '--force', 'topic');
    await me.look(api);
    assert.equal(me.store.get(api)?.sync?.standing, 'deleted');
    await glance();
    assert.equal(me.store.get(api)?.sync?.standing, 'deleted');
  });
});

describe('the clones that a window has open', function () {
  this.timeout(60_000);
  let me: CloneBench;

  beforeEach(async () => void (me = await CloneBench.open()));
  afterEach(() => me.close());

  it('are offered where they lie below the workspace folder, and are worked in there', async () => {
    const work = me.bench.sandbox.path('work');
    me.start(work);
    const workspaceFolder = pathToFileURL(work).href;
    const { signal } = new AbortController();
    assert.deepEqual(await me.use.clonedHere(workspaceFolder, signal), []);
    me.open.roots.push(pathToFileURL(me.clone).href);
    const [choice, ...others] = await me.use.clonedHere(workspaceFolder, signal);
    assert.deepEqual([choice, others], [{ host: 'git', address: me.bench.repository.url }, []]);
    const found = await me.use.findRepository(workspaceFolder, choice!, context());
    assert.deepEqual([found.suggestedFolder, found.clone], ['payments', { branch: 'main' }]);
  });

  it('are offered where they lie around it, with the folder that has to be opened', async () => {
    me.write('lib/openapi.yaml', root());
    const top = pathToFileURL(me.clone).href;
    const workspaceFolder = `${top}/lib`;
    me.open.roots.push(top);
    me.start(`${me.clone}/lib`);
    const choices = await me.use.clonedHere(workspaceFolder, new AbortController().signal);
    assert.deepEqual(choices, [{ host: 'git', address: me.bench.repository.url }]);
    const found = await me.use.findRepository(workspaceFolder, choices[0]!, context());
    assert.equal(found.clone, undefined);
    assert.equal(found.partOf, top);
  });

  it('come after the workspace folder’s own, each once', async () => {
    const other = me.bench.sandbox.path('other.git');
    me.bench.sandbox.git(me.bench.sandbox.folder, 'init', '--quiet', '--bare', other);
    me.git('clone', '--quiet', other, 'vendor/other');
    const uri = pathToFileURL(me.clone).href;
    me.open.roots.push(`${uri}/vendor/other`, uri);
    me.start(me.clone);
    const choices = await me.use.clonedHere(uri, new AbortController().signal);
    assert.deepEqual(
      choices.map(({ address }) => address.replace(/^.*\//, '')),
      [me.bench.repository.url.replace(/^.*\//, ''), 'other.git'],
    );
  });
});
