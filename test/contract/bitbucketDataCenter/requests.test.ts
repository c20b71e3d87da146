import assert from 'node:assert/strict';
import type { CommitId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { RepositoryHost } from '../../../src/ports/repositoryHost.ts';
import { all, bytesOf, call, commitId, fails, readText } from '../support.ts';
import { DataCenterBench } from './dataCenterBench.ts';

describe('Bitbucket Data Center, in its own ways', function () {
  this.timeout(30_000);
  let bench: DataCenterBench;
  let host: RepositoryHost;
  beforeEach(async () => {
    bench = await DataCenterBench.open();
    host = bench.hostWithoutGit();
  });
  afterEach(async () => {
    await bench.stop();
    assert.deepEqual(bench.forge.http.violations, []);
  });

  const push = (edits: Parameters<typeof bench.repository.bare.push>[1], branch = 'main'): CommitId =>
    commitId(bench.repository.bare.push(branch, edits));
  const read = (commit: CommitId, ...paths: readonly string[]) =>
    host.readFiles(
      bench.id,
      commit,
      paths.map((path) => ({ path: path as RepoPath })),
      call(),
    );
  /** By path: its kind, and whether its id is known. */
  const tree = async (commit: CommitId) =>
    Object.fromEntries(
      Array.from(await host.tree(bench.id, commit, call()), ([path, { kind, id }]) => [path, [kind, id !== undefined]]),
    );
  const head = () => host.head(bench.id, 'main', call());
  const asked = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    const before = bench.forge.http.requests.length;
    await work();
    return bench.forge.http.requests.slice(before).map(({ route }) => (route ?? '').split('/').at(-1) ?? '');
  };

  describe('what reading tells', () => {
    const edits = {
      'a.yaml': '1',
      'run.sh': { mode: '100755', content: 'r' },
      link: { mode: '120000', content: 'a.yaml' },
      module: { mode: '160000', content: '1'.repeat(40) },
    } as const;

    it('is in the tree from then on, and in those of later commits', async () => {
      const first = push(edits);
      assert.deepEqual(await tree(first), {
        'a.yaml': ['regular', false],
        link: ['regular', false],
        module: ['regular', false],
        'run.sh': ['regular', false],
      });
      await read(first, 'a.yaml', 'run.sh', 'link', 'module');
      const known = {
        'a.yaml': ['regular', true],
        link: ['link', false],
        module: ['submodule', false],
        'run.sh': ['executable', true],
      };
      assert.deepEqual(await tree(first), known);
      assert.deepEqual(
        [...(host.modesRead?.(bench.id, first) ?? [])],
        [
          ['a.yaml', 'regular'],
          ['run.sh', 'executable'],
        ],
      );
      const second = push({ 'a.yaml': '2', 'new.yaml': 'n' });
      await head();
      const requests = await asked(async () => {
        const unread = ['regular', false];
        assert.deepEqual(await tree(second), { ...known, 'a.yaml': unread, 'new.yaml': unread });
        assert.equal(await host.isAncestor(bench.id, first, second, call()), true);
        assert.equal((await read(second, 'a.yaml', 'new.yaml')).size, 2);
      });
      // The commit that the poll saw says itself what was before it.
      assert.deepEqual(requests, ['changes', 'archive']);
    });

    it('is kept over a force-push, a move and an edit in one', async () => {
      const root = push(edits);
      const left = push({ 'a.yaml': 'left', 'gone.yaml': 'g', 'run.sh': null });
      await read(left, 'a.yaml', 'gone.yaml', 'link', 'module');
      bench.repository.bare.moveTo('main', root);
      const now = push({ 'run.sh': null, 'bin/run.sh': edits['run.sh'], 'b.yaml': 'b' });
      await head();
      assert.deepEqual(await tree(now), {
        'a.yaml': ['regular', false],
        'b.yaml': ['regular', false],
        'bin/run.sh': ['regular', false],
        link: ['link', false],
        module: ['submodule', false],
      });
      assert.equal(await readText(host, bench.id, now, 'a.yaml'), '1');
    });

    it('is asked as a list of names when the server cuts its comparisons short', async () => {
      bench.forge.settings.hardChanges = 2;
      const first = push(edits);
      await read(first, 'a.yaml');
      const second = push({ 'b.yaml': 'b', 'c.yaml': 'c', 'd.yaml': 'd' });
      await head();
      const requests = await asked(() => host.tree(bench.id, second, call()));
      assert.deepEqual(requests, ['changes', 'files']);
      const changes = await host.changes(bench.id, first, second, call());
      const added = changes.filter(({ kind }) => kind === 'added').map(({ path }) => path);
      assert.deepEqual(added, ['b.yaml', 'c.yaml', 'd.yaml']);
    });
  });

  describe('an archive that is not what the repository holds', () => {
    it('is passed over for the files themselves', async () => {
      const contents = {
        'dos.yaml': 'a: 1\nb: 2\n',
        'ident.yaml': '# $Id$\n',
        'subst.yaml': '# $Format:%H$\n',
        'left-out.yaml': 'l',
        'plain.json': '{}\n',
      };
      const rules = [
        'dos.yaml text eol=crlf',
        'ident.yaml ident',
        'subst.yaml export-subst',
        'left-out.yaml export-ignore',
        '.gitattributes export-ignore',
      ];
      const commit = push({ ...contents, '.gitattributes': `${rules.join('\n')}\n` });
      const found = await read(commit, ...Object.keys(contents));
      for (const [path, text] of Object.entries(contents))
        assert.deepEqual(found.get(path as RepoPath), bytesOf(text), path);
    });

    it('is noticed where a comparison named what it should hold', async () => {
      const first = push({ 'a.yaml': '1' });
      await read(first, 'a.yaml');
      const second = push({ 'a.yaml': '2\n' });
      const turned = push({ 'a.yaml': '2\r\n' }, 'turned');
      await head();
      await host.tree(bench.id, second, call());
      const body = await bench.repository.git.archive(turned, { format: 'tar.gz' });
      bench.forge.http.faults.next(({ path }) => path.endsWith('/archive'), { status: 200, body });
      assert.equal(await readText(host, bench.id, second, 'a.yaml'), '2\n');
    });

    it('is refused when it is none', async () => {
      const commit = push({ 'a.yaml': '1' });
      const body = Buffer.from('something else');
      bench.forge.http.faults.next(({ path }) => path.endsWith('/archive'), { status: 200, body });
      await fails(read(commit, 'a.yaml'), 'unexpectedAnswer');
    });

    it('is no way for names that Git takes for patterns', async () => {
      const commit = push({ ':(glob)magic': 'm', ':x/y.yaml': 'y', 'a.yaml': 'a' });
      const found = await read(commit, ':(glob)magic', ':x/y.yaml', 'a.yaml');
      assert.deepEqual(
        [...found.values()].map(String),
        ['m', 'y', 'a'].map((text) => String(bytesOf(text))),
      );
    });
  });

  describe('refusals', () => {
    it('tell one who may not from one who is not signed in', async () => {
      push({ 'a.yaml': '1' });
      const stranger = await fails(bench.host('token-of-nora').repository(bench.id, call()), 'forbidden');
      assert.deepEqual([stranger.facts.account, stranger.facts.repository], ['nora', bench.id]);
      const denied = { status: 403, headers: { 'X-Authentication-Denied-Reason': 'CAPTCHA_CHALLENGE; login-url=x' } };
      bench.forge.http.faults.next(({ path }) => path.endsWith('/commits'), denied);
      const failure = await fails(head(), 'signInNeeded');
      assert.equal(failure.facts.detail, 'CAPTCHA_CHALLENGE');
    });

    it('say in words why nothing can be pushed where there is no Git', async () => {
      const expectedHead = push({ 'a.yaml': '1' });
      assert.equal((await host.repository(bench.id, call())).canPush, false);
      const request = { branch: 'main', expectedHead, message: 'm', changes: [] };
      const failure = await fails(host.commit(bench.id, request, call()), 'unsupported');
      assert.match(failure.facts.detail ?? '', /Git/);
    });

    it('tell that an archived repository takes no push', async () => {
      push({ 'a.yaml': '1' });
      assert.equal((await bench.host().repository(bench.id, call())).canPush, true);
      bench.repository.archived = true;
      assert.equal((await bench.host().repository(bench.id, call())).canPush, false);
    });
  });

  it('finds the pull request that is there already, told or not', async () => {
    push({ 'a.yaml': '1' });
    push({ 'a.yaml': '2' }, 'topic');
    const request = { from: 'topic', to: 'main', title: 't', body: '' };
    const { url } = await host.createPullRequest!(bench.id, request, call());
    for (const tellsExisting of [true, false]) {
      bench.forge.settings.tellsExisting = tellsExisting;
      const failure = await fails(host.createPullRequest!(bench.id, request, call()), 'pullRequestExists');
      assert.equal(failure.facts.link, url);
    }
  });

  it('lists a person’s own project before the others', async () => {
    bench.forge.addRepository('~jane', 'own');
    const owners = await all(host.listOwners(call()));
    assert.deepEqual(
      owners.map(({ id }) => id),
      ['~jane', 'PAY'],
    );
    const own = await all(host.listRepositories('~jane', '', call()));
    assert.deepEqual(
      own.map(({ name }) => name),
      ['~jane/own'],
    );
    assert.equal(
      host.webUrl!('~jane/own', 'main'),
      `${host.origin}/users/jane/repos/own/browse?at=refs%2Fheads%2Fmain`,
    );
  });

  it('asks only what the description of the server allows', () => {
    const { undescribed, exceptions } = bench.forge.description;
    assert.ok([...undescribed.keys()].every((route) => route.includes('/scm/')));
    assert.equal(exceptions.length, 1);
  });
});
