import assert from 'node:assert/strict';
import type { CommitId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { FileRequest } from '../../../src/ports/repositoryHost.ts';
import { all, bytesOf, call, readText } from '../support.ts';
import { GitHubBench } from './githubBench.ts';

describe('GitHub: reading', function () {
  this.timeout(30_000);
  let bench: GitHubBench;
  beforeEach(async () => {
    bench = await GitHubBench.open();
  });
  afterEach(async () => {
    await bench.close();
    assert.deepEqual(bench.forge.http.violations, []);
  });

  const push = (files: Record<string, string | Uint8Array>) => bench.repository.push('main', files) as CommitId;
  const asked = (part: string) => bench.forge.http.requests.filter(({ path }) => path.includes(part)).length;
  const graphs = () => asked('/graphql');
  const wantedOf = async (commit: CommitId, host = bench.host()): Promise<readonly FileRequest[]> =>
    [...(await host.tree(bench.id, commit, call())).values()].map(({ path, id }) => ({ path, id: id! }));

  it('completes a tree that is cut, folder by folder', async () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`d${n % 3}/e${n % 2}/${n}.yaml`, `${n}`]));
    const commit = push({ ...files, 'top.yaml': 't' });
    bench.forge.state.treeLimit = 20;
    const tree = await bench.host().tree(bench.id, commit, call());
    assert.deepEqual([...tree.keys()].toSorted(), [...Object.keys(files), 'top.yaml'].toSorted());
    assert.equal(asked('recursive=1'), 1 + 3 + 6);
  });

  it('refuses a folder that is cut itself', async () => {
    const commit = push(Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`${n}.yaml`, `${n}`])));
    bench.forge.state.treeLimit = 5;
    await assert.rejects(bench.host().tree(bench.id, commit, call()), { reason: 'tooLarge' });
  });

  it('takes no text whose bytes are other ones, and reads those by themselves', async () => {
    const files = {
      'plain.yaml': bytesOf('plain: ✅\n'),
      'crlf.yaml': bytesOf('a\r\n'),
      'bom.yaml': bytesOf('\ufeffa: 1\n'),
      'latin1.txt': Uint8Array.of(0x61, 0xe9, 0x0a),
      'replaced.txt': bytesOf('a real \ufffd\n'),
      'zero.bin': Uint8Array.of(0, 1, 2),
      'long.yaml': bytesOf('x'.repeat(600_000)),
    };
    const commit = push(files);
    const host = bench.host();
    const read = await host.readFiles(bench.id, commit, await wantedOf(commit, host), call());
    for (const [path, bytes] of Object.entries(files)) assert.deepEqual(read.get(path as RepoPath), bytes, path);
    assert.equal(graphs(), 1);
    assert.equal(asked('/git/blobs/'), 4);
  });

  it('reads by ids alone what it has no tree of, cut texts too', async () => {
    const commit = push({ 'long.yaml': 'é'.repeat(400_000), 'a.yaml': 'a' });
    const wanted = await wantedOf(commit);
    const read = await bench.host().readFiles(bench.id, commit, wanted, call());
    assert.equal(read.size, 2);
    assert.equal(read.get('long.yaml' as RepoPath)?.length, 800_000);
  });

  it('asks once for contents that several files have', async () => {
    const commit = push(Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`${n}.yaml`, `${n % 70}`])));
    const host = bench.host();
    const read = await host.readFiles(bench.id, commit, await wantedOf(commit, host), call());
    assert.equal(read.size, 150);
    assert.equal(graphs(), 1);
  });

  describe('a large part of the repository', () => {
    const many = (extra: Record<string, string> = {}) =>
      push({
        ...Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`d/${'n'.repeat(90)}/${n}.yaml`, `n: ${n}\n`])),
        ...extra,
      });

    it('comes as one archive', async () => {
      const commit = many();
      const host = bench.host();
      const wanted = await wantedOf(commit, host);
      const { requests, answer } = await bench.forge.http.count(() => host.readFiles(bench.id, commit, wanted, call()));
      assert.equal(answer.size, 250);
      assert.equal(requests, 2);
    });

    it('comes in batches where there is no archive, which is asked for once', async () => {
      bench.forge.state.hasArchives = false;
      const commit = many();
      const host = bench.host();
      const wanted = await wantedOf(commit, host);
      for (let round = 0; round < 2; round++) {
        assert.equal((await host.readFiles(bench.id, commit, wanted, call())).size, 250);
      }
      assert.equal(asked('/tarball/'), 1);
      assert.equal(graphs(), 2 * 3);
    });

    it('is completed by what attributes changed in the archive, or left out of it', async () => {
      const commit = many({
        '.gitattributes': 'secret.yaml export-ignore\nstamp.txt export-subst\n',
        'secret.yaml': 'not in the archive',
        'stamp.txt': 'at $Format:%H$\n',
      });
      const host = bench.host();
      const wanted = await wantedOf(commit, host);
      const read = await host.readFiles(bench.id, commit, wanted, call());
      assert.equal(read.size, 253);
      assert.deepEqual(read.get('secret.yaml' as RepoPath), bytesOf('not in the archive'));
      assert.deepEqual(read.get('stamp.txt' as RepoPath), bytesOf('at $Format:%H$\n'));
      assert.equal(graphs(), 1);
    });
  });

  describe('history', () => {
    const grow = (count: number) =>
      Array.from({ length: count }, (_, n) => bench.repository.push('main', { a: `${n}` }, `Commit ${n}`) as CommitId);

    it('is complete beyond what one comparison holds', async () => {
      const commits = grow(12);
      bench.forge.state.comparisonLimit = 4;
      const between = async (limit: number) =>
        (await bench.host().commitsBetween(bench.id, commits[0], commits[11]!, limit, call())).map(({ id }) => id);
      assert.deepEqual(await between(100), commits.slice(1).toReversed());
      assert.deepEqual(await between(6), commits.slice(6).toReversed());
      assert.deepEqual(await between(3), commits.slice(9).toReversed());
    });

    it('is all there is where the start is unknown, or has nothing in common', async () => {
      const commits = grow(3);
      const alone = bench.repository.push('alone', { b: 'b' }) as CommitId;
      for (const from of ['1'.repeat(40) as CommitId, alone]) {
        const found = await bench.host().commitsBetween(bench.id, from, commits[2]!, 10, call());
        assert.equal(found.length, 3);
        assert.equal(await bench.host().isAncestor(bench.id, from, commits[2]!, call()), false);
      }
    });

    it('is no news of a repository that is gone', async () => {
      const [first, second] = grow(2);
      const host = bench.host();
      await host.head(bench.id, 'main', call());
      bench.forge.removeRepository(bench.served);
      await assert.rejects(host.isAncestor(bench.id, first!, second!, call()), { reason: 'repositoryNotFound' });
    });
  });

  it('looks without any cost where nothing has changed', async () => {
    const first = push({ a: '1' });
    const host = bench.host();
    assert.equal(await host.head(bench.id, 'main', call()), first);
    assert.equal(await host.head(bench.id, 'main', call()), first);
    assert.equal(bench.forge.http.requests.at(-1)?.status, 304);
    const second = push({ a: '2' });
    assert.equal(await host.head(bench.id, 'main', call()), second);
  });

  it('is not misled by a size that is not counted yet', async () => {
    bench.served.isNew = true;
    assert.equal((await bench.host().repository(bench.id, call())).empty, true);
    const commit = push({ 'a.yaml': 'a' });
    assert.equal((await bench.host().repository(bench.id, call())).empty, false);
    assert.equal(await readText(bench.host(), bench.id, commit, 'a.yaml'), 'a');
  });

  it('says which branches are protected', async () => {
    const commit = push({ a: 'a' });
    bench.repository.moveTo('free', commit);
    bench.served.protectedBranches.add('main');
    const branches = await all(bench.host().listBranches(bench.id, '', call()));
    assert.deepEqual(
      branches.map(({ name, isProtected }) => [name, isProtected]),
      [
        ['free', false],
        ['main', true],
      ],
    );
  });
});
