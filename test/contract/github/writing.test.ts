import assert from 'node:assert/strict';
import type { CommitId } from '../../../src/core/model/ids.ts';
import type { FileChange } from '../../../src/core/model/change.ts';
import { bytesOf, call, fails, remove, write } from '../support.ts';
import { GitHubBench } from './githubBench.ts';

describe('GitHub: writing', function () {
  this.timeout(30_000);
  let bench: GitHubBench;
  beforeEach(async () => {
    bench = await GitHubBench.open();
  });
  afterEach(async () => {
    await bench.close();
    assert.deepEqual(bench.forge.http.violations, []);
  });

  const push = (files: Record<string, string | Uint8Array>, branch = 'main') =>
    bench.repository.push(branch, files) as CommitId;
  const asked = (part: string) => bench.forge.http.requests.filter(({ path }) => path.includes(part)).length;
  const commit = (changes: readonly FileChange[], more: object = {}, host = bench.host()) => {
    const expectedHead = bench.repository.head('main') as CommitId | undefined;
    return host.commit(bench.id, { branch: 'main', expectedHead, message: 'm', ...more, changes }, call());
  };
  const messageOf = (branch: string) => bench.repository.git('log', '-1', '--format=%B', branch).replace(/\n\n?$/, '');

  describe('to an empty repository', () => {
    it('makes one commit of one file in one request', async () => {
      const { commit: made, parent } = await commit([write('a.yaml', 'a', null)]);
      assert.equal(parent, undefined);
      assert.equal(bench.repository.head('main'), made);
      assert.equal(asked('/contents/'), 1);
    });

    it('makes one commit of many files, with their bits and bytes', async () => {
      const changes = [
        write('openapi.yaml', 'o', null),
        write('run.sh', 'r', null, 'executable'),
        write('deep/er.bin', Uint8Array.of(0, 255, 1), null),
      ];
      const { commit: made, parent } = await commit(changes, { message: 'First\n\nWith a body.' });
      assert.equal(parent, undefined);
      assert.equal(bench.repository.head('main'), made);
      assert.equal(bench.repository.log('main').length, 1);
      assert.equal(messageOf('main'), 'First\n\nWith a body.');
      const entries = [...bench.repository.entries(made)].map(([path, { mode }]) => [path, mode]);
      assert.deepEqual(entries, [
        ['deep/er.bin', '100644'],
        ['openapi.yaml', '100644'],
        ['run.sh', '100755'],
      ]);
      assert.deepEqual(bench.repository.show(made, 'deep/er.bin'), Uint8Array.of(0, 255, 1));
    });

    it('takes nothing away from somebody who is faster', async () => {
      let theirs: string | undefined;
      bench.forge.http.faults.beforeCommit = () => (theirs = push({ 'theirs.yaml': 't' }));
      await fails(commit([write('a.yaml', 'a', null), write('b.yaml', 'b', null)]), 'stale');
      assert.ok(bench.repository.log('main').some((line) => line.startsWith(theirs!)));
      assert.ok(bench.repository.entries(bench.repository.head('main')!).has('theirs.yaml'));
    });
  });

  it('never puts the whole first commit over a teammate’s, on a server that cannot compare', async () => {
    bench.forge.state.hasUpdateRefs = false;
    // Right before the branch would be moved: somebody builds on the file that opened the repository.
    bench.forge.http.faults.always(({ method, path }) => {
      if (method === 'PATCH' && path.includes('/git/refs/')) push({ 'a.yaml': 'a', 'theirs.yaml': 't' });
      return false;
    }, 'dropBefore');
    await fails(commit([write('a.yaml', 'a', null), write('b.yaml', 'b', null)]), 'stale');
    push({ 'a.yaml': 'a', 'theirs.yaml': 't' });
    await commit([write('b.yaml', 'b', null)]);
    assert.deepEqual([...bench.repository.entries('main').keys()].toSorted(), ['a.yaml', 'b.yaml', 'theirs.yaml']);
  });

  it('keeps every message as it is', async () => {
    push({ a: '0' });
    const messages = ['One line', 'Two\nlines', 'Größer ✅\n\nBody\n\nMore', 'a\n\n\nb', 'a\n\n  indented', '# hash'];
    for (const [index, message] of messages.entries()) {
      await commit([write('a', `${index + 1}`, `${index}`)], { message });
      assert.equal(messageOf('main'), message);
    }
  });

  it('sends contents again neither for a new name nor for a new mode', async () => {
    const bytes = Uint8Array.of(0, 1, 2, 255);
    push({ 'old.bin': bytes, 'run.sh': 'r' });
    const changes = [remove('old.bin', bytes), write('new.bin', bytes, null), write('run.sh', 'r', 'r', 'executable')];
    const { commit: made } = await commit(changes);
    assert.deepEqual(bench.repository.show(made, 'new.bin'), bytes);
    assert.equal(bench.repository.entries(made).get('run.sh')?.mode, '100755');
    assert.equal(asked('/git/blobs'), 0);
  });

  it('sends what is too much for one request file by file', async () => {
    push({ a: 'a' });
    const large = new Uint8Array(11 * 1024 * 1024).fill(0x61);
    const other = new Uint8Array(11 * 1024 * 1024).fill(0x62);
    const { commit: made } = await commit([write('large.txt', large, null), write('other.txt', other, null)]);
    assert.deepEqual(bench.repository.show(made, 'large.txt'), large);
    assert.equal(asked('/git/blobs'), 2);
  });

  it('keeps bytes that JSON cannot carry, where executable files take Git’s objects', async () => {
    push({ a: 'a' });
    const contents = {
      bom: bytesOf('\ufeffx'),
      nul: Uint8Array.of(97, 0),
      latin: Uint8Array.of(0xe9),
      crlf: bytesOf('a\r\n'),
    };
    const changes = Object.entries(contents).map(([path, bytes]) => write(path, bytes, null, 'executable'));
    const { commit: made } = await commit(changes);
    for (const [path, bytes] of Object.entries(contents)) assert.deepEqual(bench.repository.show(made, path), bytes);
    assert.equal(asked('/git/blobs'), 3);
  });

  for (const way of ['by name', 'on a server without updateRefs']) {
    describe(`executable files, ${way}`, () => {
      const change = [write('run.sh', 'r', null, 'executable')];
      beforeEach(() => {
        bench.forge.state.hasUpdateRefs = way === 'by name';
      });

      it('are committed', async () => {
        const before = push({ a: 'a' });
        const { commit: made, parent } = await commit(change);
        assert.deepEqual([parent, bench.repository.head('main')], [before, made]);
      });

      it('are stale when a teammate was faster', async () => {
        const expectedHead = push({ a: 'a' });
        const theirs = push({ b: 'b' });
        await fails(commit(change, { expectedHead }), 'stale');
        assert.equal(bench.repository.head('main'), theirs);
      });

      it('are stale when the branch went back, or away', async () => {
        const root = push({ a: 'a' });
        const expectedHead = push({ a: 'b' });
        bench.repository.moveTo('main', root);
        await fails(commit(change, { expectedHead }), 'stale');
        assert.equal(bench.repository.head('main'), root);
        bench.repository.moveTo('other', root);
        bench.repository.deleteBranch('main');
        await fails(commit(change, { expectedHead }), 'stale');
        assert.equal(bench.repository.head('main'), undefined);
      });

      it('are refused by a protected branch', async () => {
        const head = push({ a: 'a' });
        bench.served.protectedBranches.add('main');
        await fails(commit(change), 'protectedBranch');
        assert.equal(bench.repository.head('main'), head);
      });

      it('are said to be lost when the answer is', async function () {
        if (!bench.forge.state.hasUpdateRefs) this.skip();
        push({ a: 'a' });
        bench.forge.http.faults.loseAnswer = true;
        await fails(commit(change), 'answerLost');
        assert.equal(bench.repository.log('main').length, 2);
      });

      it('leave branches that moved alone, when those are deleted', async () => {
        push({ a: 'a' });
        const seen = push({ a: '1' }, 'topic');
        const moved = push({ a: '2' }, 'topic');
        const host = bench.host();
        await fails(host.deleteBranch(bench.id, 'topic', seen, call()), 'stale');
        await host.deleteBranch(bench.id, 'topic', moved, call());
        await fails(host.deleteBranch(bench.id, 'topic', moved, call()), 'branchNotFound');
      });
    });
  }

  it('is stale, and moves nothing, when the head is moved between the objects and the branch', async () => {
    const root = push({ a: 'a' });
    const before = push({ a: 'b' });
    bench.forge.http.faults.beforeCommit = () => bench.repository.moveTo('main', root);
    await fails(commit([write('run.sh', 'r', null, 'executable')], { expectedHead: before }), 'stale');
    assert.equal(bench.repository.head('main'), root);
  });

  describe('what GitHub itself does not know', () => {
    const broken = (body: object) => {
      const isCommit = ({ path }: { readonly path: string }) => path.endsWith('/graphql');
      bench.forge.http.faults.next(isCommit, { status: 200, body });
    };

    it('is a lost answer', async () => {
      push({ a: 'a' });
      const host = bench.host();
      await host.repository(bench.id, call());
      const wrong = {
        message: 'Something went wrong while executing your query. This may be the result of a timeout.',
      };
      for (const body of [
        { data: null, errors: [wrong] },
        { data: { createCommitOnBranch: null } },
        { data: 'x' },
        [],
      ]) {
        broken(body);
        await fails(commit([write('a', 'b', 'a')], {}, host), 'answerLost');
      }
    });
  });

  it('opens a pull request only for what there is', async () => {
    const head = push({ a: 'a' });
    bench.repository.moveTo('same', head);
    push({ a: 'b' }, 'topic');
    const host = bench.host();
    const open = (from: string, to: string) =>
      host.createPullRequest(bench.id, { from, to, title: 't', body: '' }, call());
    await fails(open('same', 'main'), 'nothingToPush');
    assert.equal((await fails(open('absent', 'main'), 'branchNotFound')).facts.branch, 'absent');
    assert.equal((await fails(open('topic', 'absent'), 'branchNotFound')).facts.branch, 'absent');
    const { url } = await open('topic', 'main');
    assert.equal((await fails(open('topic', 'main'), 'pullRequestExists')).facts.link, url);
  });

  it('shows no page of a pull request that is not the server’s own', async () => {
    push({ a: 'a' });
    push({ a: 'b' }, 'topic');
    const page = { number: 1, html_url: 'file://evil.example/run.exe' };
    bench.forge.http.faults.next(({ method, path }) => method === 'POST' && path.endsWith('/pulls'), {
      status: 201,
      body: page,
    });
    const request = { from: 'topic', to: 'main', title: 't', body: '' };
    const { url } = await bench.host().createPullRequest(bench.id, request, call());
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/[^/]+\/[^/]+\/pulls$/);
  });

  it('makes no branch of a name that Git does not take', async () => {
    const head = push({ a: 'a' });
    await fails(bench.host().createBranch(bench.id, 'a..b', head, call()), 'invalidName');
  });
});
