import assert from 'node:assert/strict';
import type { BlobId, CommitId } from '../../src/core/model/ids.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { gitBlobId } from '../forge/memory/memoryRepository.ts';
import type { HostUnderTest, World } from './hostUnderTest.ts';
import {
  all,
  bytesOf,
  call,
  commitId,
  fails,
  isLong,
  readText,
  sacredBytes,
  strangeBranches,
  strangeNames,
} from './support.ts';

/** What every host promises about reading. */
export function readContract(subject: HostUnderTest): void {
  let world: World;
  beforeEach(async () => {
    world = await subject.open();
  });
  afterEach(() => world.close());

  const tree = (commit: string) => world.host.tree(world.repository, commit as CommitId, call());
  const head = (branch: string) => world.host.head(world.repository, branch, call());
  const branches = (query = '') => all(world.host.listBranches(world.repository, query, call()));

  describe('repository', () => {
    it('names its default branch', async () => {
      world.push('main', { 'a.yaml': 'a' });
      const found = await world.host.repository(world.repository, call());
      assert.equal(found.id, world.repository);
      assert.equal(found.host, world.host.id);
      assert.equal(found.origin, world.host.origin);
      assert.equal(found.defaultBranch, 'main');
      assert.equal(found.empty, false);
    });

    it('says that it is empty', async () => {
      const found = await world.host.repository(world.repository, call());
      assert.equal(found.empty, true);
      assert.deepEqual(await branches(), []);
      assert.equal(await head('main'), undefined);
    });

    it('says that there is none', async () => {
      const unknown = `${world.repository}-that-is-not-there`;
      await fails(world.host.repository(unknown, call()), 'repositoryNotFound');
      await fails(world.host.head(unknown, 'main', call()), 'repositoryNotFound');
    });
  });

  describe('branches', () => {
    it('have names with anything in them', async () => {
      world.push('main', { 'a.yaml': 'a' });
      const expected = new Map([['main', world.headOf('main')]]);
      for (const name of strangeBranches) expected.set(name, world.push(name, { 'a.yaml': name }));
      assert.deepEqual(new Map((await branches()).map((branch) => [branch.name, branch.head])), expected);
      for (const [name, commit] of expected) assert.equal(await head(name), commit);
    });

    it('are searched by a part of their name', async () => {
      world.push('main', { 'a.yaml': 'a' });
      world.push('feature/Login', { 'a.yaml': 'b' });
      world.push('feature/logout', { 'a.yaml': 'c' });
      const names = (await branches('LOG')).map(({ name }) => name);
      assert.deepEqual(names.toSorted(), ['feature/Login', 'feature/logout']);
    });

    it('say which one is the default', async () => {
      world.push('main', { 'a.yaml': 'a' });
      world.push('develop', { 'a.yaml': 'a' });
      const defaults = (await branches()).filter(({ isDefault }) => isDefault).map(({ name }) => name);
      assert.deepEqual(defaults, ['main']);
    });
  });

  describe('head', () => {
    it('follows the branch', async () => {
      const first = world.push('main', { 'a.yaml': '1' });
      assert.equal(await head('main'), first);
      const second = world.push('main', { 'a.yaml': '2' });
      assert.equal(await head('main'), second);
      world.moveTo('main', first);
      assert.equal(await head('main'), first);
    });

    it('is of exactly this branch', async () => {
      world.push('main', { 'a.yaml': '1' });
      world.push('main2', { 'a.yaml': '2' });
      world.push('team/mai', { 'a.yaml': '3' });
      assert.equal(await head('mai'), undefined);
      assert.equal(await head('main2'), world.headOf('main2'));
    });

    it('is gone with its branch, even when a folder of branches takes the name', async () => {
      world.push('main', { 'a.yaml': '1' });
      world.push('topic', { 'a.yaml': '2' });
      assert.ok(await head('topic'));
      world.removeBranch('topic');
      assert.equal(await head('topic'), undefined);
      const below = world.push('topic/sub', { 'a.yaml': '3' });
      assert.equal(await head('topic/sub'), below);
    });
  });

  describe('tree', () => {
    it('has every file with its kind', async () => {
      const first = world.push('main', { 'plain.yaml': 'p' });
      const commit = world.push('main', {
        'run.sh': { kind: 'executable', content: '#!/bin/sh\n' },
        link: { kind: 'link', content: 'plain.yaml' },
        module: { kind: 'submodule', content: first },
        'deep/er/file.yaml': 'd',
      });
      const kinds = [...(await tree(commit))].map(([path, { kind }]) => [path, kind]);
      const expected = [
        ['deep/er/file.yaml', 'regular'],
        ['link', 'link'],
        ['module', 'submodule'],
        ['plain.yaml', 'regular'],
        ['run.sh', subject.modes ? 'executable' : 'regular'],
      ].map(([path, kind]) => [path, subject.treeKinds === false ? 'regular' : kind]);
      assert.deepEqual(Object.fromEntries(kinds), Object.fromEntries(expected));
    });

    it(subject.ids ? 'has the blob ids' : 'has no blob ids', async () => {
      const commit = world.push('main', { 'a.yaml': 'one', 'b/c.yaml': 'two' });
      const ids = [...(await tree(commit)).values()].map(({ path, id }) => [path, id]);
      const expected = [
        ['a.yaml', subject.ids ? gitBlobId(bytesOf('one')) : undefined],
        ['b/c.yaml', subject.ids ? gitBlobId(bytesOf('two')) : undefined],
      ];
      assert.deepEqual(ids, expected);
    });

    it('takes names as they are', async () => {
      const commit = world.push('main', Object.fromEntries(strangeNames.map((name) => [name, `in ${name}`])));
      assert.deepEqual([...(await tree(commit)).keys()].toSorted(), strangeNames.toSorted());
      for (const name of strangeNames) {
        assert.equal(await readText(world.host, world.repository, commit, name), `in ${name}`);
      }
    });

    it('lets hostile names through, to be refused before anything is written', async () => {
      const names = ['..', '.git', '.GIT', 'C:', 'CON', 'a\\b', 'dot.', 'nul.txt', '~', '.api-source-control'];
      const commit = world.pushRaw('main', names);
      await head('main');
      assert.deepEqual([...(await tree(commit)).keys()].toSorted(), names.toSorted());
    });

    it('is of an older commit too', async () => {
      const first = world.push('main', { 'a.yaml': '1' });
      world.push('main', { 'a.yaml': null, 'b.yaml': '2' });
      await head('main');
      assert.deepEqual([...(await tree(first)).keys()], ['a.yaml']);
      assert.equal(await readText(world.host, world.repository, first, 'a.yaml'), '1');
    });
  });

  describe('readFiles', () => {
    it('gives every byte', async () => {
      const commit = world.push('main', sacredBytes);
      const files = Object.keys(sacredBytes).map((path) => ({ path: path as RepoPath }));
      const read = await world.host.readFiles(world.repository, commit as CommitId, files, call());
      assert.deepEqual(Object.fromEntries(read), sacredBytes);
    });

    it('leaves out what is no file of the commit', async () => {
      const first = world.push('main', { 'old.yaml': 'o', 'a/b.yaml': 'b' });
      const commit = world.push('main', {
        'old.yaml': null,
        link: { kind: 'link', content: 'a/b.yaml' },
        module: { kind: 'submodule', content: first },
      });
      const paths = ['old.yaml', 'a', 'link', 'module', 'a/b.yaml', 'never'] as RepoPath[];
      const files = paths.map((path) => ({ path }));
      const read = await world.host.readFiles(world.repository, commit as CommitId, files, call());
      assert.deepEqual([...read.keys()], ['a/b.yaml']);
    });

    it('asks for many at once', async function () {
      this.timeout(60_000);
      const count = isLong ? 5_000 : 300;
      const contents = new Map(
        Array.from({ length: count }, (_, index) => [`dir${index % 7}/${index}.yaml`, `n: ${index}\n`]),
      );
      const commit = commitId(world.push('main', Object.fromEntries(contents)));
      await head('main');
      const files = [...(await tree(commit)).values()].map(({ path, id }) => ({ path, ...(id ? { id } : {}) }));
      const before = subject.http ? undefined : world.requests();
      const read = await world.host.readFiles(world.repository, commit, files, call());
      if (before !== undefined) assert.ok(world.requests()! - before <= 2, `${world.requests()! - before} requests`);
      assert.deepEqual(new Map([...read].map(([path, bytes]) => [path, Buffer.from(bytes).toString()])).size, count);
      for (const [path, content] of contents) assert.deepEqual(read.get(path as RepoPath), bytesOf(content));
    });
  });

  describe('changes', () => {
    it('are what differs between two commits, in both directions', async () => {
      const from = commitId(
        world.push('main', { 'same.yaml': 's', 'gone.yaml': 'g', 'moved.yaml': 'm', 'edited.yaml': '1' }),
      );
      const to = commitId(world.push('main', { 'gone.yaml': null, 'edited.yaml': '2', 'new/er.yaml': 'n' }));
      const list = async (a: CommitId, b: CommitId) =>
        (await world.host.changes(world.repository, a, b, call()))
          .map(({ path, kind, to: side }) => [path, kind, side?.id])
          .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
      const id = (content: string): BlobId | undefined => (subject.ids ? gitBlobId(bytesOf(content)) : undefined);
      assert.deepEqual(await list(from, to), [
        ['edited.yaml', 'modified', id('2')],
        ['gone.yaml', 'deleted', undefined],
        ['new/er.yaml', 'added', id('n')],
      ]);
      assert.deepEqual(await list(to, from), [
        ['edited.yaml', 'modified', id('1')],
        ['gone.yaml', 'added', id('g')],
        ['new/er.yaml', 'deleted', undefined],
      ]);
      assert.deepEqual(await list(to, to), []);
    });

    it('count a mode', async function () {
      if (!subject.modes) this.skip();
      const from = commitId(world.push('main', { 'run.sh': 'r' }));
      const to = commitId(world.push('main', { 'run.sh': { kind: 'executable', content: 'r' } }));
      const [change] = await world.host.changes(world.repository, from, to, call());
      assert.deepEqual([change?.path, change?.kind, change?.to?.kind], ['run.sh', 'modified', 'executable']);
    });
  });

  describe('history', () => {
    it('has the commits after one, newest first, with their messages', async () => {
      const messages = ['First', 'Zweiter — größer ✅\n\nWith a body.\n\nAnd more.', 'Third'];
      const [first, second, third] = messages.map((text, n) =>
        commitId(world.push('main', { 'a.yaml': `${n}` }, text)),
      );
      const between = (from: CommitId | undefined, limit: number) =>
        world.host.commitsBetween(world.repository, from, third!, limit, call());
      assert.deepEqual(await between(first, 10), [
        { id: third, parents: [second], message: messages[2] },
        { id: second, parents: [first], message: messages[1] },
      ]);
      assert.deepEqual(
        (await between(undefined, 10)).map(({ id }) => id),
        [third, second, first],
      );
      assert.deepEqual((await between(undefined, 10)).at(-1)?.parents, []);
      assert.deepEqual(
        (await between(undefined, 1)).map(({ id }) => id),
        [third],
      );
      assert.deepEqual(await between(third, 10), []);
    });

    it('knows who comes before whom', async () => {
      const first = commitId(world.push('main', { 'a.yaml': '1' }));
      const second = commitId(world.push('main', { 'a.yaml': '2' }));
      const isAncestor = (a: CommitId, b: CommitId) => world.host.isAncestor(world.repository, a, b, call());
      assert.equal(await isAncestor(first, second), true);
      assert.equal(await isAncestor(second, second), true);
      assert.equal(await isAncestor(second, first), false);
      assert.equal(await isAncestor('1'.repeat(40) as CommitId, second), false);
    });

    it('knows that a force-push left a commit behind, seen before or not', async () => {
      const root = commitId(world.push('main', { 'a.yaml': '1' }));
      const left = commitId(world.push('main', { 'a.yaml': '2' }));
      await head('main');
      world.moveTo('main', root);
      const unseen = commitId(world.push('main', { 'a.yaml': '3' }));
      world.moveTo('main', root);
      const now = commitId(world.push('main', { 'a.yaml': '4' }));
      assert.equal(await head('main'), now);
      for (const [commit, expected] of [
        [left, false],
        [unseen, false],
        [root, true],
      ] as const) {
        assert.equal(await world.host.isAncestor(world.repository, commit, now, call()), expected);
      }
    });
  });
}
