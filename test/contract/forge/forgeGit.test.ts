import assert from 'node:assert/strict';
import { GitSandbox } from '../../forge/git/gitCommand.ts';
import { GitRepository } from '../../forge/git/gitRepository.ts';
import { ForgeGit, RefRefused, type CommitEdits } from '../../forge/http/forgeGit.ts';

describe('forge: Git', function () {
  this.timeout(30_000);
  let sandbox: GitSandbox;
  let repository: GitRepository;
  let git: ForgeGit;
  beforeEach(() => {
    sandbox = new GitSandbox();
    repository = GitRepository.make(sandbox, 'payments');
    git = new ForgeGit(repository);
  });
  afterEach(() => {
    git.close();
    sandbox.remove();
  });

  const regular = (text: string) => ({ mode: '100644' as const, bytes: Buffer.from(text) });
  const edits = (files: Readonly<Record<string, string | null>>): CommitEdits =>
    new Map(Object.entries(files).map(([path, text]) => [path, text === null ? null : regular(text)]));
  const commit = (parent: string | undefined, files: Record<string, string | null>, branch = 'main') =>
    git.commit({ branch, expectedHead: parent, parent, edits: edits(files), message: 'By the forge' });

  it('knows nothing of an empty repository', async () => {
    assert.equal(await git.head('main'), undefined);
    assert.deepEqual(await git.branches(), []);
    assert.equal(await git.resolve('1'.repeat(40)), undefined);
  });

  it('sees what is pushed, names and refs of any kind', async () => {
    const names = ['größe/日本語', 'issue#42', 'quote\'and"double', 'fifty%20percent'];
    for (const name of names) {
      const id = repository.push(name, { 'a.yaml': name });
      assert.equal(await git.head(name), id);
      assert.equal(await git.resolve(name), id);
    }
    const listed = (await git.branches()).map(({ name, id }) => [name, id]);
    assert.deepEqual(
      new Map(listed as [string, string][]),
      new Map(names.map((name) => [name, repository.head(name)!])),
    );
    assert.equal(await git.resolve('issue#42~0'), undefined);
  });

  it('lists as Git does', async () => {
    const first = repository.push('main', { 'z.yaml': 'z' });
    const head = repository.push('main', {
      'a b/tab\there.yaml': 'with a tab',
      'a b/run.sh': { mode: '100755', content: 'r' },
      link: { mode: '120000', content: 'z.yaml' },
      module: { mode: '160000', content: first },
    });
    const listing = repository.git('ls-tree', '-r', '-t', '-l', '-z', head).split('\0').filter(Boolean);
    const entries = (await git.entries(head))!;
    assert.deepEqual(
      entries.map(
        ({ mode, type, id, size, path }) => `${mode} ${type} ${id} ${String(size ?? '-').padStart(7)}\t${path}`,
      ),
      listing,
    );
    const below = await git.entries(head, { path: 'a b', recursive: false });
    assert.deepEqual(
      below?.map(({ path }) => path),
      ['a b/run.sh', 'a b/tab\there.yaml'],
    );
    assert.equal(await git.entries(head, { path: 'nowhere' }), undefined);
    assert.equal((await git.fileAt(head, 'a b/tab\there.yaml'))?.bytes.toString(), 'with a tab');
    assert.equal(await git.fileAt(head, 'a b'), undefined);
    assert.equal(await git.fileAt(head, 'module'), undefined);
  });

  it('commits what Git reads', async () => {
    const root = await commit(undefined, { a: 'file', 'b.yaml': '1', 'quote" and\nnewline': 'q' });
    const next = await commit(root, { a: null, 'a/deep.yaml': 'd', 'b.yaml': '2' });
    assert.deepEqual(repository.log('main'), [`${next} By the forge`, `${root} By the forge`]);
    assert.deepEqual([...repository.entries(next).keys()], ['a/deep.yaml', 'b.yaml', 'quote" and\nnewline']);
    assert.equal(Buffer.from(repository.show(next, 'b.yaml')).toString(), '2');
    assert.equal(repository.git('for-each-ref', 'refs/forge').trim(), '');
    assert.equal(repository.git('fsck', '--strict').trim(), '');
  });

  it('refuses a wrong expected head by itself', async () => {
    const root = await commit(undefined, { a: '1' });
    const theirs = repository.push('main', { b: 'b' });
    const refused = await commit(root, { a: '2' }).then(assert.fail, (error: unknown) => error);
    assert.ok(refused instanceof RefRefused);
    assert.equal(refused.actual, theirs);
    await assert.rejects(commit(undefined, { a: '2' }), RefRefused);
    assert.equal(repository.head('main'), theirs);
    await assert.rejects(git.deleteBranch('main', root), RefRefused);
    await assert.rejects(git.deleteBranch('absent', root), RefRefused);
    await assert.rejects(git.createBranch('main', root), RefRefused);
    await git.createBranch('größe/x', root);
    await git.deleteBranch('größe/x', root);
    assert.equal(repository.head('größe/x'), undefined);
  });

  it('tells history, differences and merge bases', async () => {
    const root = await commit(undefined, { 'a.yaml': '1', 'gone.yaml': 'g' });
    await git.createBranch('topic', root);
    const mine = await commit(root, { 'a.yaml': '2', 'gone.yaml': null, 'new.yaml': 'n' });
    const theirs = await commit(root, { 'b.yaml': 'b' }, 'topic');
    assert.equal(await git.mergeBase(mine, theirs), root);
    assert.deepEqual(await git.counts(mine, theirs), { left: 1, right: 1 });
    assert.deepEqual(
      (await git.diff(root, mine)).map(({ status, path }) => [status, path]),
      [
        ['M', 'a.yaml'],
        ['D', 'gone.yaml'],
        ['A', 'new.yaml'],
      ],
    );
    const [newest, oldest] = await git.log({ to: mine });
    assert.deepEqual([newest?.id, newest?.parents, newest?.message], [mine, [root], 'By the forge']);
    assert.deepEqual(oldest?.parents, []);
    assert.deepEqual((await git.log({ to: mine, from: root })).length, 1);
    assert.deepEqual((await git.log({ to: mine, path: 'gone.yaml', limit: 1 }))[0]?.id, mine);
    const unrelated = repository.push('other', { x: 'x' });
    assert.equal(await git.mergeBase(mine, unrelated), undefined);
  });

  it('packs an archive with only what is asked for', async () => {
    const head = await commit(undefined, { 'a/b.yaml': 'bbb', 'c.yaml': 'c', 'star*.yaml': 's' });
    const whole = await git.archive(head, { format: 'tar', prefix: 'x/' });
    assert.ok(whole.includes('x/a/b.yaml') && whole.includes('x/c.yaml'));
    const part = await git.archive(head, { format: 'tar', paths: ['a/b.yaml'] });
    assert.ok(part.includes('a/b.yaml') && !part.includes('c.yaml'));
  });
});
