import assert from 'node:assert/strict';
import type { CommitId } from '../../../src/core/model/ids.ts';
import type { FileChange } from '../../../src/core/model/change.ts';
import { call, fails, remove, write } from '../support.ts';
import { bitbucketBench, type BitbucketBench } from './bitbucketBench.ts';

describe('Bitbucket Cloud, writing', function () {
  this.timeout(60_000);
  let bench: BitbucketBench;
  beforeEach(async () => {
    bench = await bitbucketBench();
  });
  afterEach(() => bench.world.close());

  const commit = (expectedHead: string | undefined, changes: readonly FileChange[], more: object = {}) => {
    const request = {
      branch: 'main',
      expectedHead: expectedHead as CommitId | undefined,
      message: 'm',
      changes,
      ...more,
    };
    return bench.world.host.commit(bench.world.repository, request, call());
  };
  const problem = (message: string, more: object = {}) => ({ type: 'error', error: { message, ...more } });
  const isPush = ({ method, path }: { readonly method: string; readonly path: string }) =>
    method === 'POST' && path.endsWith('/src');

  it('refuses names that a form cannot tell from others', async () => {
    const head = bench.world.push('main', { 'a.yaml': '1', 'b%22.yaml': 'b' });
    for (const path of ['x%22.yaml', 'x%0a.yaml', 'x%0D/y']) {
      const { facts } = await fails(commit(head, [write(path, 'x', null)]), 'unsupported');
      assert.deepEqual(facts.paths, [path]);
    }
    assert.equal(bench.world.headOf('main'), head);
    const { commit: made } = await commit(head, [remove('b%22.yaml', 'b')]);
    assert.deepEqual([...bench.world.filesOf(made).keys()], ['a.yaml']);
  });

  it('is not taken for a field, whatever a file is called', async () => {
    const names = ['message', 'branch', 'parents', 'files', 'author'];
    const head = bench.world.push('main', { 'a.yaml': '1' });
    const first = await commit(
      head,
      names.map((name) => write(name, 'x', null)),
      { message: 'Fields' },
    );
    assert.deepEqual([...bench.world.filesOf(first.commit).keys()], ['a.yaml', ...names.toSorted()]);
    const second = await commit(
      first.commit,
      names.map((name) => remove(name, 'x')),
    );
    assert.deepEqual([...bench.world.filesOf(second.commit).keys()], ['a.yaml']);
  });

  it('is stale where a folder, a link or a submodule is in the way', async () => {
    const { world } = bench;
    const first = world.push('main', { 'dir/a.yaml': 'a', file: 'f' });
    const head = world.push('main', {
      link: { kind: 'link', content: 'file' },
      module: { kind: 'submodule', content: first },
    });
    for (const change of [
      write('dir', 'x', null),
      write('file/x', 'x', null),
      write('link', 'x', 'file'),
      remove('link', 'file'),
      write('module', 'x', first),
      write('link/x', 'x', null),
    ]) {
      const { facts } = await fails(commit(head, [change]), 'stale');
      assert.deepEqual([facts.paths, facts.branch, facts.origin], [[change.path], 'main', world.host.origin]);
    }
    assert.equal(world.headOf('main'), head);
  });

  it('makes no second root', async () => {
    bench.world.push('main', { 'a.yaml': '1' });
    const { facts } = await fails(commit(undefined, [write('b.yaml', 'b', null)], { branch: 'other' }), 'unsupported');
    assert.match(facts.detail ?? '', /empty repository/);
    assert.equal(bench.world.headOf('other'), undefined);
  });

  it('tells the parent that it really got when somebody fills the empty repository first', async () => {
    const { world } = bench;
    let theirs: string | undefined;
    world.beforeCommit(() => (theirs = world.push('main', { 'b.yaml': 'b' })));
    const { parent } = await commit(undefined, [write('a.yaml', 'a', null)]);
    assert.equal(parent, theirs);
    assert.deepEqual([...world.filesOf(world.headOf('main')!).keys()], ['a.yaml', 'b.yaml']);
  });

  it('is lost, and nothing that was refused, when what came of it cannot be asked', async () => {
    const { forge, world } = bench;
    forge.faults.next(({ path }) => path.includes('/commit/'), { status: 403, body: problem('no') });
    await fails(commit(undefined, [write('a.yaml', 'a', null)]), 'answerLost');
    assert.deepEqual([...world.filesOf(world.headOf('main')!).keys()], ['a.yaml']);
  });

  it('is stale when the parent is not there any more', async () => {
    const { forge, world } = bench;
    const head = world.push('main', { 'a.yaml': '1' });
    const gone = problem('parents: Commit not found: 1a7eba6c', { fields: { parents: [] } });
    forge.faults.next(isPush, { status: 400, body: gone });
    await fails(commit(head, [write('a.yaml', '2', '1')]), 'stale');
  });

  it('refuses a name that Git does not take for a branch', async () => {
    const head = bench.world.push('main', { 'a.yaml': '1' }) as CommitId;
    const changes = [write('a.yaml', '2', '1')];
    for (const branch of ['a..b', '', '..', 'x.lock', '-d']) {
      await fails(commit(undefined, changes, { branch, startFrom: head }), 'invalidName');
      await fails(bench.world.host.createBranch!(bench.world.repository, branch, head, call()), 'invalidName');
      assert.equal(await bench.world.host.head(bench.world.repository, branch, call()), undefined);
    }
  });

  it('does not delete the main branch, and says so in the host’s words', async () => {
    const head = bench.world.push('main', { 'a.yaml': '1' }) as CommitId;
    const { facts } = await fails(
      bench.world.host.deleteBranch!(bench.world.repository, 'main', head, call()),
      'hostError',
    );
    assert.match(facts.detail ?? '', /main branch/);
  });

  it('is lost when an answer is none that the host gives', async () => {
    const { forge, world } = bench;
    const head = world.push('main', { 'a.yaml': '1' });
    for (const reply of [{ status: 200, body: '<html>' }, { status: 500 }, { status: 502, body: '<html>' }]) {
      forge.faults.next(isPush, reply);
      await fails(commit(head, [write('a.yaml', '2', '1')]), 'answerLost');
    }
    assert.equal(forge.requests.filter(({ route }) => route?.startsWith('POST')).length, 3);
  });

  it('says which right the token lacks', async () => {
    const { forge, world } = bench;
    const head = world.push('main', { 'a.yaml': '1' });
    const scopes = { required: ['write:repository:bitbucket'], granted: ['read:repository:bitbucket'] };
    const lacking = problem('Your credentials lack one or more required privilege scopes.', { detail: scopes });
    forge.faults.next(isPush, { status: 403, body: lacking });
    const { facts } = await fails(commit(head, [write('a.yaml', '2', '1')]), 'missingScope');
    assert.equal(facts.detail, 'write:repository:bitbucket');
  });
});
