import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BitbucketHost } from '../../../src/hosts/bitbucket/bitbucketHost.ts';
import type { CommitId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import { problem } from '../../forge/bitbucket/answers.ts';
import { sessionOf } from '../forgeTools.ts';
import { all, call, fails, isLong, write } from '../support.ts';
import { bitbucketBench, type BitbucketBench } from './bitbucketBench.ts';

const deep = (levels: number) => `${Array.from({ length: levels }, (_, n) => `f${n}`).join('/')}/deep.yaml`;

describe('Bitbucket Cloud, reading', function () {
  this.timeout(60_000);
  let bench: BitbucketBench;
  beforeEach(async () => {
    bench = await bitbucketBench();
  });
  afterEach(() => bench.world.close());

  const commitOf = (edits: Parameters<typeof bench.world.push>[1]) => bench.world.push('main', edits) as CommitId;
  const namesOf = async (commit: CommitId) =>
    [...(await bench.world.host.tree(bench.world.repository, commit, call())).keys()].toSorted();
  const read = async (commit: CommitId, paths: readonly string[], host = bench.world.host) => {
    const found = await host.readFiles(
      bench.world.repository,
      commit,
      paths.map((path) => ({ path: path as RepoPath })),
      call(),
    );
    return new Map([...found].map(([path, bytes]) => [path as string, Buffer.from(bytes).toString()]));
  };

  describe('a tree', () => {
    const names = ['a.yaml', 'x/b.yaml', 'x/y/c.yaml', deep(5), deep(19), deep(20), deep(30)].toSorted();
    const contents = Object.fromEntries(names.map((name) => [name, name]));

    it('is whole however deep it is', async () => {
      assert.deepEqual(await namesOf(commitOf(contents)), names);
    });

    it('is whole where the host gives up on less and less', async () => {
      const commit = commitOf(contents);
      for (const deepest of [10, 4, 1]) {
        bench.state.limits.deepest = deepest;
        const tree = await bench.host().tree(bench.world.repository, commit, call());
        assert.deepEqual([...tree.keys()].toSorted(), names, `at most ${deepest}`);
      }
    });

    it('is not there where the host gives up on everything', async () => {
      const commit = commitOf(contents);
      bench.state.limits.deepest = 0;
      await fails(bench.world.host.tree(bench.world.repository, commit, call()), 'timeout');
    });

    it('is whole page by page', async () => {
      bench.state.limits.pageSize = 1;
      assert.deepEqual(await namesOf(commitOf(contents)), names);
    });

    it('is not looked for at another origin', async () => {
      const commit = commitOf(contents);
      const page = { values: [], next: 'https://evil.example/2.0/next' };
      bench.forge.faults.next(({ path }) => path.includes('/src/'), { status: 200, body: page });
      await fails(bench.world.host.tree(bench.world.repository, commit, call()), 'unexpectedAnswer');
    });

    it('is of no commit that is not there', async () => {
      const absent = '1'.repeat(40) as CommitId;
      commitOf(contents);
      const { facts } = await fails(bench.world.host.tree(bench.world.repository, absent, call()), 'hostError');
      assert.match(facts.detail ?? '', /no commit 1111/);
    });
  });

  describe('the tree of the next commit', () => {
    it('is the same as a new listing, whatever happened in between', async () => {
      const { world, host } = bench;
      const start = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`f/${n}.yaml`, `${n}`]));
      const pushes = [
        { ...start, link: { kind: 'link', content: 'f/1.yaml' }, 'run.sh': { kind: 'executable', content: 'r' } },
        { 'f/1.yaml': { kind: 'executable', content: '1' }, 'f/2.yaml': null, 'new.yaml': 'n' },
        { link: 'a file now', 'run.sh': { kind: 'link', content: 'link' }, 'f/3.yaml': { kind: 'link', content: 'x' } },
        { 'f/1.yaml': '1', [deep(25)]: { kind: 'executable', content: 'e' } },
        { [deep(25)]: 'e', 'run.sh': null },
      ] as const;
      const commits = pushes.map((edits) => commitOf(edits as Parameters<typeof world.push>[1]));
      // Back to an older one too, and with everything read on the way.
      for (const commit of [...commits, commits[1]!]) {
        const tree = await world.host.tree(world.repository, commit, call());
        await world.host.readFiles(world.repository, commit, [...tree.values()], call());
        const fresh = await host().tree(world.repository, commit, call());
        const kinds = (one: typeof tree) => [...one.values()].map(({ path, kind }) => `${kind} ${path}`).toSorted();
        assert.deepEqual(kinds(tree), kinds(fresh));
        const known = await world.host.tree(world.repository, commit, call());
        const inGit = bench.git.entries(commit);
        for (const { path, id } of known.values()) {
          if (id !== undefined) assert.equal(id, inGit.get(path)?.id, path);
        }
      }
    });

    it('is listed anew when the last one was force-pushed away for good', async () => {
      const { world, forge } = bench;
      const first = commitOf({ 'a.yaml': '1', 'b.yaml': 'b' });
      await read(first, ['a.yaml', 'b.yaml']);
      const second = commitOf({ 'a.yaml': '2' });
      forge.faults.next(({ path }) => path.includes('/diffstat/'), problem(404, 'Commit not found'));
      const tree = await world.host.tree(world.repository, second, call());
      assert.deepEqual(
        [...tree.values()].map(({ id }) => id),
        [undefined, undefined],
      );
    });
  });

  describe('files', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`d/${n}.yaml`, `n: ${n}\n`]));

    it('come one by one where the website gives no archive, which is then not asked for again', async () => {
      const { forge, state } = bench;
      state.limits.givesArchives = false;
      const contents = many(isLong ? 400 : 60);
      const commit = commitOf(contents);
      const twice = [await read(commit, Object.keys(contents)), await read(commit, Object.keys(contents))];
      for (const one of twice) assert.deepEqual(one, new Map(Object.entries(contents)));
      assert.equal(forge.requests.filter(({ route }) => route?.includes('/get/')).length, 1);
    });

    it('come one by one in a browser', async () => {
      const { forge, tools, world } = bench;
      const web = new BitbucketHost(tools, forge.origin, sessionOf('Ada Person', 'token-of-ada'), {
        readsArchives: false,
      });
      const contents = many(60);
      const commit = commitOf(contents);
      assert.deepEqual(await read(commit, Object.keys(contents), web), new Map(Object.entries(contents)));
      assert.ok(forge.requests.every(({ route }) => !route?.includes('/get/')));
      assert.equal(world.host.origin, web.origin);
    });

    it('are the repository’s, and not what attributes make of them in an archive', async () => {
      const contents = {
        ...many(60),
        'd/crlf.yaml': 'a\nb\n',
        'd/version.txt': '$Format:%h$',
        'd/hidden.yaml': 'hidden',
        '.gitattributes': 'd/crlf.yaml text eol=crlf\nd/version.txt export-subst\nd/hidden.yaml export-ignore\n',
      };
      const commit = commitOf(contents);
      assert.deepEqual(await read(commit, Object.keys(contents)), new Map(Object.entries(contents)));
    });

    it('are the repository’s where only line ends are converted', async () => {
      const contents = { ...many(60), 'd/crlf.yaml': 'a\nb\n', '.gitattributes': '*.yaml text eol=crlf\n' };
      const commit = commitOf(contents);
      assert.deepEqual(await read(commit, Object.keys(contents)), new Map(Object.entries(contents)));
    });

    it('are the repository’s in a tree that grew, whose new sizes nobody told', async () => {
      for (const attributes of [{}, { '.gitattributes': '*.yaml text eol=crlf\n' }] as const) {
        const first = commitOf({ ...many(260), ...attributes });
        await bench.world.host.tree(bench.world.repository, first, call());
        const changed = Object.fromEntries(Object.keys(many(60)).map((path) => [path, 'a\nb\n']));
        const commit = commitOf(changed);
        assert.deepEqual(await read(commit, Object.keys(changed)), new Map(Object.entries(changed)));
      }
      // One by one only where an archive may lie.
      assert.equal(bench.forge.requests.filter(({ route }) => route?.includes('/get/')).length, 1);
    });

    it('are web pages and JSON too', async () => {
      const contents = { 'page.html': '<html>', 'a.json': '{"type":"error"}', 'empty.html': '' };
      assert.deepEqual(await read(commitOf(contents), Object.keys(contents)), new Map(Object.entries(contents)));
    });

    it('are left out where Git LFS keeps them, said or unsaid, and nobody else hears our token', async () => {
      const { repository, state, tools, world } = bench;
      const heard: (string | undefined)[] = [];
      const media = createServer((request, response) => {
        heard.push(request.headers.authorization);
        response.end('the large file');
      });
      await new Promise<void>((resolve) => media.listen(0, '127.0.0.1', resolve));
      try {
        state.media = `http://127.0.0.1:${(media.address() as AddressInfo).port}`;
        repository.lfs.add('large.bin');
        const commit = commitOf({ 'large.bin': 'pointer', 'a.yaml': 'a' });
        assert.deepEqual(await read(commit, ['large.bin', 'a.yaml']), new Map([['a.yaml', 'a']]));
        assert.deepEqual(heard, []);
        assert.match(tools.log.at('warn').join(), /Git LFS/);
        const changes = [write('large.bin', 'x', 'pointer')];
        const request = { branch: 'main', expectedHead: commit, message: 'm', changes };
        await fails(world.host.commit(world.repository, request, call()), 'unsupported');
        const { facts } = await fails(world.host.commit(world.repository, request, call()), 'unsupported');
        assert.deepEqual(facts.paths, ['large.bin']);
        repository.lfs.clear();
        const unsaid = commitOf({ 'other.bin': 'pointer' });
        await world.host.tree(world.repository, unsaid, call());
        repository.lfs.add('other.bin');
        assert.deepEqual(await read(unsaid, ['other.bin']), new Map());
        assert.deepEqual(heard, [undefined]);
      } finally {
        media.close();
      }
    });

    it('are refused when they are too large', async () => {
      const { forge } = bench;
      const commit = commitOf({ 'a.yaml': 'a' });
      await namesOf(commit);
      forge.faults.next(({ path }) => path.endsWith('/a.yaml'), { status: 200, body: Buffer.alloc(51 * 1024 * 1024) });
      await fails(read(commit, ['a.yaml']), 'tooLarge');
    });
  });

  describe('an access token, which belongs to nobody', () => {
    it('has a name of ours, lists repositories, and says why it lists no workspaces', async () => {
      const { access, state, world } = bench;
      state.limits.belongsToNobody = true;
      assert.deepEqual(await world.host.whoAmI(call()), { id: '', name: 'Ada Person' });
      const { facts } = await fails(all(world.host.listOwners(call())), 'unsupported');
      assert.match(facts.detail ?? '', /cannot list workspaces/);
      const listed = await all(world.host.listRepositories(access.owner.id, '', call()));
      assert.deepEqual(
        listed.map(({ name }) => name),
        [access.fullName],
      );
      assert.equal((await world.host.repository(access.fullName, call())).canPush, undefined);
    });

    it('is not taken for a wrong one of a person', async () => {
      const { forge, tools } = bench;
      const credential = { kind: 'basic', user: 'ada@acme.example', password: 'wrong' } as const;
      const session = { account: 'ada@acme.example', credential: () => Promise.resolve(credential) };
      const host = new BitbucketHost(tools, forge.origin, session);
      const { facts } = await fails(host.whoAmI(call()), 'signInNeeded');
      assert.equal(facts.account, 'ada@acme.example');
    });

    it('of a person goes with an e-mail', async () => {
      const { access, forge, tools } = bench;
      const credential = { kind: 'basic', user: 'ada@acme.example', password: 'token-of-ada' } as const;
      const host = new BitbucketHost(tools, forge.origin, {
        account: 'ada@acme.example',
        credential: () => Promise.resolve(credential),
      });
      assert.equal((await host.whoAmI(call())).name, access.me);
      assert.equal((await host.repository(access.fullName, call())).canPush, true);
    });
  });
});
