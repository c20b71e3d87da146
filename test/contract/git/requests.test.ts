import assert from 'node:assert/strict';
import type { CommitId } from '../../../src/core/model/ids.ts';
import { call, isLong, write } from '../support.ts';
import { GitBench } from './gitBench.ts';

describe('git over HTTP, requests counted by the server', function () {
  this.timeout(isLong ? 300_000 : 60_000);
  let bench: GitBench;
  beforeEach(async () => {
    bench = await GitBench.open();
  });
  afterEach(() => bench.close());

  it('needs 3 for a first head and tree, 2 for a batch of files, 2 to see that nothing is new, 2 to push', async () => {
    const { server, url, repository } = bench;
    const contents = Object.fromEntries(
      Array.from({ length: isLong ? 20_000 : 2_000 }, (_, n) => [`d${n % 20}/${n}.yaml`, `n: ${n}\n`]),
    );
    repository.push('main', contents);
    const host = bench.host();
    const first = await server.count(async () => {
      const head = (await host.head(url, 'main', call()))!;
      return { head, tree: await host.tree(url, head, call()) };
    });
    assert.ok(first.requests <= 3, `${first.requests} for the first tree`);
    const { head, tree } = first.answer;
    const files = [...tree.values()].map(({ path, id }) => ({ path, id: id! }));
    const batch = await server.count(() => host.readFiles(url, head, files.slice(0, 300), call()));
    assert.equal(batch.answer.size, 300);
    assert.ok(batch.requests <= 2, `${batch.requests} for 300 files`);
    const again = await server.count(() => host.readFiles(url, head, files.slice(0, 300), call()));
    assert.equal(again.requests, 0);
    const poll = await server.count(() => host.head(url, 'main', call()));
    assert.ok(poll.requests <= 2, `${poll.requests} for a look`);
    const commit = (branch: string, expectedHead: CommitId | undefined) =>
      host.commit(
        url,
        { branch, expectedHead, startFrom: head, message: 'm', changes: [write('new.yaml', 'n', null)] },
        call(),
      );
    const push = await server.count(() => commit('main', head));
    assert.ok(push.requests <= 2, `${push.requests} for a push`);
    const newBranch = await server.count(() => commit('topic', undefined));
    assert.ok(newBranch.requests <= 4, `${newBranch.requests} for a push to a new branch`);
    const after = await server.count(() => host.head(url, 'main', call()));
    assert.ok(after.requests <= 2, `${after.requests} for a look after a push`);
  });

  it('pushes files that were never read, and many megabytes, in 2', async () => {
    const { server, url, repository } = bench;
    const before = repository.push('main', { 'old.bin': Buffer.alloc(100_000, 'x'), 'other.yaml': 'o' }) as CommitId;
    const host = bench.host();
    await host.head(url, 'main', call());
    const noise = Uint8Array.from({ length: 4_000_000 }, (_, n) => (n * 2_654_435_761) >>> 13);
    const changes = [write('old.bin', noise, Buffer.alloc(100_000, 'x')), write('moved/other.yaml', 'o', null)];
    const push = await server.count(() =>
      host.commit(url, { branch: 'main', expectedHead: before, message: 'm', changes }, call()),
    );
    assert.ok(push.requests <= 2, `${push.requests} for a push`);
    assert.deepEqual(repository.show('main', 'old.bin'), noise);
  });

  it('asks only for what is new after a teammate pushed', async () => {
    const { server, url, repository } = bench;
    const host = bench.host();
    await host.head(url, 'main', call());
    repository.push('main', { 'b.yaml': 'b' });
    const look = await server.count(() => host.head(url, 'main', call()));
    assert.ok(look.requests <= 3, `${look.requests} for a look with news`);
    const tree = await server.count(() => host.tree(url, look.answer!, call()));
    assert.equal(tree.requests, 0);
  });
});
