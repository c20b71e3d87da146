import assert from 'node:assert/strict';
import type { CommitId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { GitEdits } from '../../forge/git/gitRepository.ts';
import { bytesOf, call, commitId, sacredBytes } from '../support.ts';
import { GitLabBench } from './gitlabBench.ts';

describe('reading from GitLab', function () {
  this.timeout(60_000);
  let bench: GitLabBench;
  beforeEach(async () => {
    bench = await GitLabBench.open();
  });
  afterEach(async () => {
    await bench.close();
    assert.deepEqual(bench.forge.http.violations, []);
  });

  /** Everything of the newest commit, without ids in the requests. */
  async function readAll(host = bench.host()): Promise<Record<string, Uint8Array>> {
    const head = commitId(bench.repository.head('main'));
    const files = [...bench.repository.entries(head).keys()].map((path) => ({ path: path as RepoPath }));
    return Object.fromEntries(await host.readFiles(bench.id, head, files, call()));
  }
  const routes = (since = 0) => {
    const counts = new Map<string, number>();
    for (const { route = '' } of bench.forge.http.requests.slice(since))
      counts.set(route, (counts.get(route) ?? 0) + 1);
    return Object.fromEntries(
      [...counts].map(([route, count]) => [
        route
          .replace(/^[A-Z]+ /, '')
          .split('/')
          .slice(-2)
          .join('/'),
        count,
      ]),
    );
  };
  const many = (count: number): GitEdits =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`d${String(n % 9)}/${String(n)}.yaml`, `n: ${String(n)}\n`]),
    );

  it('lists again only what has changed', async () => {
    bench.repository.push('main', { 'a.yaml': '1' });
    bench.repository.push('topic', { 'a.yaml': '1' });
    const host = bench.host();
    const list = async () => {
      const names: string[] = [];
      for await (const page of host.listBranches(bench.id, '', call())) names.push(...page.map(({ name }) => name));
      return { names, status: bench.forge.http.requests.at(-1)?.status };
    };
    assert.deepEqual(await list(), { names: ['main', 'topic'], status: 200 });
    assert.deepEqual(await list(), { names: ['main', 'topic'], status: 304 });
    bench.repository.push('zebra', { 'a.yaml': '1' });
    assert.deepEqual(await list(), { names: ['main', 'topic', 'zebra'], status: 200 });
  });

  it('takes twenty at once, and what was cut alone', async () => {
    const large = bytesOf('x'.repeat(1024 * 1024 + 1));
    bench.repository.push('main', { ...many(40), 'large.yaml': large, ...sacredBytes });
    assert.equal((await readAll())['large.yaml']?.length, large.length);
    assert.deepEqual(routes(), { 'repository/tree': 1, 'blobs/batch': 3, '{sha}/raw': 1 });
  });

  it('reads one content at many paths once', async () => {
    bench.repository.push(
      'main',
      Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`${String(n)}.yaml`, 'same'])),
    );
    assert.equal(Object.keys(await readAll()).length, 100);
    assert.deepEqual(routes(), { 'repository/tree': 1, 'blobs/batch': 1 });
  });

  it('leaves a pointer to large file storage a pointer', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12\n`;
    bench.repository.push('main', { 'big.bin': pointer });
    assert.deepEqual(await readAll(), { 'big.bin': bytesOf(pointer) });
  });

  it('goes page by page where the server does not manage a tree in time', async () => {
    bench.repository.push('main', many(250));
    const isWhole = ({ url }: { readonly url: URL }) => url.searchParams.get('pagination') === 'none';
    bench.forge.http.faults.always(isWhole, { status: 504, body: 'upstream timed out' });
    const tree = await bench.host().tree(bench.id, commitId(bench.repository.head('main')), call());
    assert.equal(tree.size, 250);
    assert.deepEqual(routes(), { 'repository/tree': 3 + 3 });
  });

  it('finds the commits since one that is gone, where the range is refused, and where it is empty', async () => {
    const heads = ['1', '2'].map((text) => commitId(bench.repository.push('main', { 'a.yaml': text })));
    const gone = '1'.repeat(40) as CommitId;
    const since = async (from: CommitId) =>
      (await bench.host().commitsBetween(bench.id, from, heads[1]!, 10, call())).map(({ id }) => id);
    assert.deepEqual(await since(gone), heads.toReversed());
    const isRange = ({ url }: { readonly url: URL }) => url.searchParams.get('ref_name')?.includes('..') === true;
    bench.forge.http.faults.always(isRange, { status: 404, body: { message: '404 Commit Not Found' } });
    assert.deepEqual(await since(gone), heads.toReversed());
    bench.forge.http.faults.clear();
    bench.repository.moveTo('main', heads[0]!);
    const back = await bench.host().commitsBetween(bench.id, heads[1], heads[0]!, 10, call());
    assert.deepEqual(back, []);
  });

  it('lists more commits than a page has', async () => {
    const heads = Array.from({ length: 5 }, (_, n) => bench.repository.push('main', { 'a.yaml': String(n) }));
    bench.forge.instance.pageSize = 2;
    const list = (limit: number) =>
      bench.host().commitsBetween(bench.id, undefined, heads[4] as CommitId, limit, call());
    assert.deepEqual(
      (await list(10)).map(({ id }) => id),
      heads.toReversed(),
    );
    assert.deepEqual(
      (await list(3)).map(({ id }) => id),
      heads.toReversed().slice(0, 3),
    );
  });

  describe('of an older version', () => {
    beforeEach(() => {
      bench.forge.instance.batches = false;
      bench.forge.instance.wholeTrees = false;
    });

    it('reads texts by GraphQL, a hundred at once, and asks for batches once', async () => {
      bench.repository.push('main', many(250));
      const host = bench.host();
      assert.equal(Object.keys(await readAll(host)).length, 250);
      assert.deepEqual(routes(), {
        // Refused once, then page by page: 250 files and 9 folders.
        'repository/tree': 1 + 3,
        'blobs/batch': 1,
        // Its name, for GraphQL.
        'projects/{id}': 1,
        '/graphql': 3,
      });
      const before = bench.forge.http.requests.length;
      await readAll(host);
      assert.deepEqual(routes(before), { '/graphql': 3 });
    });

    it('gives every byte, whatever is no text', async () => {
      const latin1 = Uint8Array.of(0x47, 0x72, 0xf6, 0xdf, 0x65);
      bench.repository.push('main', { ...sacredBytes, 'latin1.yaml': latin1, 'text.yaml': 't' });
      assert.deepEqual(await readAll(), { ...sacredBytes, 'latin1.yaml': latin1, 'text.yaml': bytesOf('t') });
      assert.equal(routes()['{sha}/raw'], 2);
    });

    it('asks for fewer where the server finds it too complex, and keeps to it', async () => {
      bench.forge.instance.maxComplexity = 100;
      bench.repository.push('main', many(100));
      const host = bench.host();
      assert.equal(Object.keys(await readAll(host)).length, 100);
      // 100, then two of 50, then four of 25.
      assert.equal(routes()['/graphql'], 7);
      const before = bench.forge.http.requests.length;
      await readAll(host);
      assert.deepEqual(routes(before), { '/graphql': 4 });
    });

    it('reads one by one where GraphQL is refused whatever is asked', async () => {
      bench.forge.instance.maxComplexity = 0;
      bench.repository.push('main', many(30));
      assert.equal(Object.keys(await readAll()).length, 30);
      assert.equal(routes()['{sha}/raw'], 30);
    });

    it('finds the project after it got another name', async () => {
      bench.repository.push('main', many(3));
      const host = bench.host();
      await readAll(host);
      bench.rename('renamed');
      assert.equal(Object.keys(await readAll(host)).length, 3);
      assert.equal(routes()['{sha}/raw'], undefined);
    });
  });
});
