import assert from 'node:assert/strict';
import type { CommitId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { RepositoryHost } from '../../../src/ports/repositoryHost.ts';
import { call, until, write } from '../support.ts';
import { bitbucketBench, type BitbucketBench } from './bitbucketBench.ts';

describe('Bitbucket Cloud, requests counted by the forge', function () {
  this.timeout(60_000);
  let bench: BitbucketBench;
  beforeEach(async () => {
    bench = await bitbucketBench();
  });
  afterEach(() => bench.world.close());

  /** What was asked, as routes without what every one begins with. */
  const asked = async <T>(
    work: () => Promise<T>,
  ): Promise<{ readonly answer: T; readonly routes: readonly string[] }> => {
    const before = bench.forge.requests.length;
    const answer = await work();
    const routes = bench.forge.requests.slice(before).map(({ route = '' }) => route);
    return { answer, routes: routes.map((route) => route.replace('/repositories/{workspace}/{repo_slug}', '')) };
  };
  const files = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`d${n % 9}/${n}.yaml`, `n: ${n}\n`]));
  const pathsOf = (...paths: readonly string[]) => paths.map((path) => ({ path: path as RepoPath }));
  const look = async (host: RepositoryHost): Promise<CommitId> =>
    (await host.head(bench.world.repository, 'main', call())) as CommitId;

  it('is 1 to look, and 1 for every 100 entries of the first tree', async () => {
    const { world } = bench;
    world.push('main', files(240));
    const head = await asked(() => look(world.host));
    assert.deepEqual(head.routes, ['GET /refs/branches/{name+}']);
    const tree = await asked(() => world.host.tree(world.repository, head.answer, call()));
    assert.equal(tree.answer.size, 240);
    // 240 files in 9 folders.
    assert.deepEqual(tree.routes, Array(3).fill('GET /src/{commit}/{path+}'));
    assert.deepEqual((await asked(() => world.host.tree(world.repository, head.answer, call()))).routes, []);
  });

  it('is 1 for each of a few files, and 1 archive for many', async () => {
    const { world } = bench;
    const commit = world.push('main', files(300)) as CommitId;
    const tree = await world.host.tree(world.repository, commit, call());
    await world.host.repository(world.repository, call());
    const few = await asked(() =>
      world.host.readFiles(world.repository, commit, pathsOf('d0/0.yaml', 'd1/1.yaml'), call()),
    );
    assert.deepEqual(few.routes, Array(2).fill('GET /src/{commit}/{path+}'));
    const many = await asked(() => world.host.readFiles(world.repository, commit, [...tree.values()], call()));
    assert.equal(many.answer.size, 300);
    assert.deepEqual(many.routes, ['GET /{workspace}/{repo_slug}/get/{file}']);
  });

  it('asks what differs and what is special of it at the same time', async () => {
    const { world, forge } = bench;
    const from = world.push('main', files(1_000)) as CommitId;
    await world.host.tree(world.repository, from, call());
    const to = world.push('main', { 'd0/0.yaml': 'n: other\n' }) as CommitId;
    const before = forge.requests.length;
    const held = world.hold();
    const changes = world.host.changes(world.repository, from, to, call());
    await until(() => forge.requests.length === before + 2);
    held.release();
    assert.deepEqual(await changes, [{ path: 'd0/0.yaml', kind: 'modified', to: { kind: 'regular' } }]);
    assert.equal(forge.requests.length, before + 2);
  });

  for (const [entries, listing] of [
    [30, 1],
    [1_000, 1],
  ] as const) {
    it(`is 1 look, 1 diffstat, ${listing} listing and k files to pull k of ${entries} changed files`, async () => {
      const { world } = bench;
      const first = world.push('main', {
        ...files(entries),
        'run.sh': { kind: 'executable', content: 'r' },
      }) as CommitId;
      const all = [...(await world.host.tree(world.repository, first, call())).values()];
      await world.host.readFiles(world.repository, first, all, call());
      world.push('main', { 'd1/1.yaml': '2', 'd2/2.yaml': null, 'new.sh': { kind: 'executable', content: 'n' } });
      const head = await asked(() => look(world.host));
      assert.equal(head.routes.length, 1);
      const tree = await asked(() => world.host.tree(world.repository, head.answer, call()));
      assert.deepEqual(tree.routes.toSorted(), [
        'GET /diffstat/{spec}',
        ...Array<string>(listing).fill('GET /src/{commit}/{path+}'),
      ]);
      assert.equal(tree.answer.size, entries + 1);
      assert.deepEqual(tree.answer.get('new.sh' as RepoPath)?.kind, 'executable');
      assert.deepEqual(tree.answer.get('run.sh' as RepoPath)?.kind, 'executable');
      const unread = [...tree.answer.values()].filter(({ id }) => id === undefined);
      assert.deepEqual(unread.map(({ path }) => path).toSorted(), ['d1/1.yaml', 'new.sh']);
      const read = await asked(() => world.host.readFiles(world.repository, head.answer, unread, call()));
      assert.equal(read.routes.length, 2);
    });
  }

  it('is 1 to push after a look, with adds, edits, deletes and binaries, again and again', async () => {
    const { world } = bench;
    world.push('main', { 'a.yaml': '1', 'b.yaml': 'b', 'run.sh': { kind: 'executable', content: 'r' } });
    const head = await look(world.host);
    await world.host.readFiles(world.repository, head, pathsOf('a.yaml', 'b.yaml', 'run.sh'), call());
    const changes = [
      write('a.yaml', '2', '1'),
      write('bin.png', Uint8Array.of(0, 255, 1), null),
      write('run.sh', 's', 'r', 'executable'),
    ];
    const request = { branch: 'main', message: 'm', expectedHead: head, changes };
    const first = await asked(() => world.host.commit(world.repository, request, call()));
    assert.deepEqual(first.routes, ['POST /src']);
    const { commit } = first.answer;
    const again = { branch: 'main', message: 'm', expectedHead: commit, changes: [write('a.yaml', '3', '2')] };
    assert.deepEqual((await asked(() => world.host.commit(world.repository, again, call()))).routes, ['POST /src']);
    const read = await asked(() => world.host.readFiles(world.repository, commit, pathsOf('a.yaml'), call()));
    assert.deepEqual(read.routes, ['GET /src/{commit}/{path+}']);
  });

  it('is 1 more without a look, and 1 for each file that nobody has read', async () => {
    const { world, host } = bench;
    const head = world.push('main', { 'a.yaml': '1', 'b.yaml': 'b' }) as CommitId;
    const request = { branch: 'main', message: 'm', expectedHead: head, changes: [write('a.yaml', '2', '1')] };
    const push = await asked(() => host().commit(world.repository, request, call()));
    assert.deepEqual(push.routes, [
      'GET /refs/branches/{name+}',
      'GET /src/{commit}/{path+}',
      'GET /src/{commit}/{path+}',
      'POST /src',
    ]);
  });

  it('is 1 to push to a new branch', async () => {
    const { world } = bench;
    const head = world.push('main', { 'a.yaml': '1' }) as CommitId;
    await world.host.readFiles(world.repository, head, pathsOf('a.yaml'), call());
    const changes = [write('a.yaml', '2', '1')];
    const request = { branch: 'topic', message: 'm', expectedHead: undefined, startFrom: head, changes };
    const push = await asked(() => world.host.commit(world.repository, request, call()));
    assert.deepEqual(push.routes, ['POST /src']);
  });

  it('is 1 more where a browser keeps the new commit to itself, and 2 when a teammate was quick', async () => {
    const { world, state, forge } = bench;
    state.limits.hidesLocation = true;
    const head = world.push('main', { 'a.yaml': '1' }) as CommitId;
    await look(world.host);
    await world.host.readFiles(world.repository, head, pathsOf('a.yaml'), call());
    const request = { branch: 'main', message: 'Ours\n', expectedHead: head, changes: [write('a.yaml', '2', '1')] };
    const push = await asked(() => world.host.commit(world.repository, request, call()));
    assert.deepEqual(push.routes, ['POST /src', 'GET /refs/branches/{name+}']);
    assert.deepEqual(push.answer, { commit: world.headOf('main'), parent: head });
    forge.faults.next(({ method, path }) => {
      if (method === 'GET' && path.includes('/refs/branches/')) world.push('main', { 'b.yaml': 'b' }, 'Theirs');
      return false;
    }, 'dropBefore');
    const changes = [write('a.yaml', '3', '2')];
    const next = { branch: 'main', message: 'Ours too', expectedHead: push.answer.commit, changes };
    const again = await asked(() => world.host.commit(world.repository, next, call()));
    assert.deepEqual(again.routes, ['POST /src', 'GET /refs/branches/{name+}', 'GET /commits/{revision}']);
    assert.deepEqual(
      world
        .historyOf('main')
        .slice(0, 2)
        .map(({ message }) => message),
      ['Theirs', 'Ours too'],
    );
    assert.deepEqual(again.answer, { commit: world.historyOf('main')[1]?.id, parent: push.answer.commit });
  });
});
