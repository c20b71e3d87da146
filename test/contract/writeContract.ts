import assert from 'node:assert/strict';
import type { CommitId } from '../../src/core/model/ids.ts';
import type { HostUnderTest, World, WorldFile } from './hostUnderTest.ts';
import {
  all,
  bytesOf,
  call,
  commitId,
  commitOn,
  fails,
  remove,
  sacredBytes,
  strangeBranches,
  strangeNames,
  write,
} from './support.ts';

/** What every host promises about writing. */
export function writeContract(subject: HostUnderTest): void {
  let world: World;
  beforeEach(async () => {
    world = await subject.open();
  });
  afterEach(() => world.close());

  const files = (commit: string | undefined) => Object.fromEntries(world.filesOf(commitId(commit)));
  const regular = (content: string | Uint8Array): WorldFile => ({ kind: 'regular', bytes: bytesOf(content) });

  const comparesHead = subject.comparesHead ?? true;
  const written = strangeNames.filter((name) => !subject.unwritable?.includes(name));

  if (subject.commits === false) {
    it('refuses every commit, and says why', async () => {
      const before = world.push('main', { 'a.yaml': '1' });
      const { facts } = await fails(commitOn(world, [write('a.yaml', '2', '1')]), 'unsupported');
      assert.ok(facts.detail);
      assert.equal(world.headOf('main'), before);
    });
    branchContract();
    return;
  }

  describe('commit', () => {
    it('changes exactly what it says, on top of the expected head', async () => {
      const module = world.push('main', { 'keep.yaml': 'k' });
      const before = world.push('main', {
        'edit.yaml': '1',
        'gone.yaml': 'g',
        'deep/stays.yaml': 's',
        link: { kind: 'link', content: 'keep.yaml' },
        module: { kind: 'submodule', content: module },
        'run.sh': { kind: 'executable', content: 'r' },
      });
      const untouched = files(before);
      const changes = [write('edit.yaml', '2', '1'), remove('gone.yaml', 'g'), write('deep/new.yaml', 'n', null)];
      const { commit, parent } = await commitOn(world, changes, { message: 'Größer ✅\n\nA body.' });
      assert.equal(parent, before);
      assert.equal(world.headOf('main'), commit);
      assert.deepEqual(world.historyOf('main')[0], { id: commit, message: 'Größer ✅\n\nA body.' });
      assert.equal(world.historyOf('main').length, 3);
      const expected: Record<string, WorldFile> = {
        ...untouched,
        'edit.yaml': regular('2'),
        'deep/new.yaml': regular('n'),
      };
      delete expected['gone.yaml'];
      assert.deepEqual(files(commit), expected);
    });

    it('is there for everybody at once', async () => {
      world.push('main', { 'a.yaml': '1' });
      const { commit } = await commitOn(world, [write('a.yaml', '2', '1')]);
      assert.equal(await world.teammate.head(world.repository, 'main', call()), commit);
      assert.equal(await world.host.head(world.repository, 'main', call()), commit);
      const [info] = await world.host.commitsBetween(world.repository, undefined, commit, 1, call());
      assert.equal(info?.message, 'Changes by me');
    });

    it('writes every byte', async () => {
      world.push('main', { 'readme.md': 'r' });
      const changes = Object.entries(sacredBytes).map(([path, bytes]) => write(path, bytes, null));
      const { commit } = await commitOn(world, changes);
      const written = Object.entries(sacredBytes).map(([path, bytes]) => [path, regular(bytes)]);
      assert.deepEqual(files(commit), { 'readme.md': regular('r'), ...Object.fromEntries(written) });
    });

    it('takes names as they are', async () => {
      world.push('main', { 'readme.md': 'r' });
      const { commit } = await commitOn(
        world,
        written.map((name) => write(name, name, null)),
      );
      assert.deepEqual(Object.keys(files(commit)).toSorted(), [...written, 'readme.md'].toSorted());
      const again = await commitOn(
        world,
        written.map((name) => remove(name, name)),
      );
      assert.deepEqual(Object.keys(files(again.commit)), ['readme.md']);
    });

    it('refuses names that the host does not take', async function () {
      if (written.length === strangeNames.length) this.skip();
      const before = world.push('main', { 'readme.md': 'r' });
      for (const name of subject.unwritable ?? []) {
        await fails(commitOn(world, [write(name, name, null)]), 'unsupported');
      }
      assert.equal(world.headOf('main'), before);
    });

    it('leaves names alone that some systems cannot hold', async () => {
      world.push('main', { 'a\\b': 'x', 'git~1/y': 'y', 'con.txt': 'c', 'a.yaml': '1' });
      const { commit } = await commitOn(world, [write('a.yaml', '2', '1')]);
      assert.deepEqual(Object.keys(files(commit)).toSorted(), ['a.yaml', 'a\\b', 'con.txt', 'git~1/y']);
    });

    it('keeps the executable bit', async function () {
      if (!subject.modes) this.skip();
      world.push('main', { 'run.sh': { kind: 'executable', content: '1' } });
      const { commit } = await commitOn(world, [write('run.sh', '2', '1', 'executable')]);
      assert.deepEqual(files(commit), { 'run.sh': { kind: 'executable', bytes: bytesOf('2') } });
    });

    it('refuses to set or clear the executable bit where the host cannot', async function () {
      if (subject.modes !== 'seen') this.skip();
      const before = world.push('main', { 'on.sh': 'x', 'off.sh': { kind: 'executable', content: 'y' } });
      for (const change of [
        write('on.sh', 'x', 'x', 'executable'),
        write('off.sh', 'z', 'y'),
        write('new.sh', 'n', null, 'executable'),
      ]) {
        const { facts } = await fails(commitOn(world, [change]), 'unsupported');
        assert.deepEqual(facts.paths, [change.path]);
      }
      assert.equal(world.headOf('main'), before);
    });

    it('sets and clears the executable bit, and nothing else', async function () {
      if (subject.modes !== true) this.skip();
      world.push('main', {
        'on.sh': 'x',
        'off.sh': { kind: 'executable', content: 'y' },
        'same.sh': { kind: 'executable', content: '1' },
      });
      const changes = [
        write('on.sh', 'x', 'x', 'executable'),
        write('off.sh', 'y', 'y'),
        write('same.sh', '2', '1', 'executable'),
        write('new.sh', 'n', null, 'executable'),
      ];
      const { commit } = await commitOn(world, changes);
      const kinds = Object.entries(files(commit)).map(([path, { kind }]) => [path, kind]);
      assert.deepEqual(Object.fromEntries(kinds), {
        'new.sh': 'executable',
        'off.sh': 'regular',
        'on.sh': 'executable',
        'same.sh': 'executable',
      });
    });

    it('refuses a file in the place of a folder where the host cannot', async function () {
      if (subject.replacesFolders ?? true) this.skip();
      const before = world.push('main', { a: 'file', 'b/c.yaml': 'c' });
      await fails(commitOn(world, [remove('a', 'file'), write('a/b.yaml', 'b', null)]), 'unsupported');
      await fails(commitOn(world, [remove('b/c.yaml', 'c'), write('b', 'file', null)]), 'unsupported');
      assert.equal(world.headOf('main'), before);
    });

    it('turns a file into a folder and back', async function () {
      if (subject.replacesFolders === false) this.skip();
      world.push('main', { a: 'file', 'z.yaml': 'z' });
      const folder = await commitOn(world, [remove('a', 'file'), write('a/b.yaml', 'b', null)]);
      assert.deepEqual(Object.keys(files(folder.commit)), ['a/b.yaml', 'z.yaml']);
      const file = await commitOn(world, [write('a', 'again', null), remove('a/b.yaml', 'b')]);
      assert.deepEqual(Object.keys(files(file.commit)), ['a', 'z.yaml']);
    });

    it('makes the branch of an empty repository', async () => {
      const { commit, parent } = await commitOn(world, [write('openapi.yaml', 'o', null)], { expectedHead: undefined });
      assert.equal(parent, undefined);
      assert.equal(world.headOf('main'), commit);
      assert.equal(world.historyOf('main').length, 1);
      assert.deepEqual(files(commit), { 'openapi.yaml': regular('o') });
    });

    it('makes a new branch from a commit', async () => {
      const start = commitId(world.push('main', { 'a.yaml': '1' }));
      for (const branch of strangeBranches) {
        const request = { branch, expectedHead: undefined, startFrom: start };
        const { commit, parent } = await commitOn(world, [write('a.yaml', branch, '1')], request);
        assert.equal(parent, start);
        assert.equal(world.headOf(branch), commit);
        assert.deepEqual(files(commit), { 'a.yaml': regular(branch) });
      }
      assert.equal(world.headOf('main'), start);
    });
  });

  describe('a commit that was planned against something else', () => {
    const stale = async (work: () => Promise<unknown>) => {
      const heads = (await all(world.teammate.listBranches(world.repository, '', call()))).map(({ name, head }) => [
        name,
        head,
      ]);
      await fails(work(), 'stale');
      const after = (await all(world.teammate.listBranches(world.repository, '', call()))).map(({ name, head }) => [
        name,
        head,
      ]);
      assert.deepEqual(after, heads);
    };

    it('is stale after a teammate pushed', async function () {
      if (!comparesHead) this.skip();
      const expectedHead = commitId(world.push('main', { 'a.yaml': '1' }));
      world.push('main', { 'other.yaml': 'o' });
      await stale(() => commitOn(world, [write('a.yaml', '2', '1')], { expectedHead }));
    });

    it('is stale after a teammate changed, deleted or added the same file', async () => {
      const expectedHead = commitId(world.push('main', { 'a.yaml': '1', 'b.yaml': '1' }));
      world.push('main', { 'a.yaml': '2', 'b.yaml': null, 'new.yaml': 'theirs' });
      await stale(() => commitOn(world, [write('a.yaml', '3', '1')], { expectedHead }));
      await stale(() => commitOn(world, [remove('a.yaml', '1')], { expectedHead }));
      await stale(() => commitOn(world, [write('b.yaml', '2', '1')], { expectedHead }));
      await stale(() => commitOn(world, [remove('b.yaml', '1')], { expectedHead }));
      await stale(() => commitOn(world, [write('new.yaml', 'mine', null)], { expectedHead }));
    });

    it('lands on a newer head that changed other files, and says so', async function () {
      if (comparesHead) this.skip();
      const expectedHead = commitId(world.push('main', { 'a.yaml': '1' }));
      const theirs = world.push('main', { 'other.yaml': 'o' });
      const { commit, parent } = await commitOn(world, [write('a.yaml', '2', '1')], { expectedHead });
      assert.equal(parent, theirs);
      assert.equal(world.headOf('main'), commit);
      assert.deepEqual(files(commit), { 'a.yaml': regular('2'), 'other.yaml': regular('o') });
    });

    it('is stale after a force-push, back to its own parent too', async () => {
      const root = world.push('main', { 'a.yaml': '1' });
      const expectedHead = commitId(world.push('main', { 'a.yaml': '2' }));
      await world.host.head(world.repository, 'main', call());
      world.moveTo('main', root);
      await stale(() => commitOn(world, [write('a.yaml', '3', '2')], { expectedHead }));
    });

    it('is stale when the branch is gone', async () => {
      world.push('main', { 'a.yaml': '1' });
      const expectedHead = commitId(world.push('topic', { 'a.yaml': '1' }));
      world.removeBranch('topic');
      await stale(() => commitOn(world, [write('a.yaml', '2', '1')], { branch: 'topic', expectedHead }));
    });

    it('is stale when the branch should be new and is not', async () => {
      world.push('main', { 'a.yaml': '1' });
      await stale(() => commitOn(world, [write('b.yaml', 'b', null)], { expectedHead: undefined }));
    });

    it('is stale when a path is not what it was planned from', async () => {
      world.push('main', { 'a.yaml': '1', 'b.yaml': 'b' });
      await stale(() => commitOn(world, [write('a.yaml', '2', null)]));
      await stale(() => commitOn(world, [write('absent.yaml', '2', '1')]));
      if (subject.expects === 'existence') return;
      await stale(() => commitOn(world, [write('a.yaml', '2', 'something else')]));
      await stale(() => commitOn(world, [remove('b.yaml', 'not b')]));
    });

    it('is stale when a teammate is faster in the very moment', async function () {
      if (!subject.faults) this.skip();
      world.push('main', { 'a.yaml': '1' });
      let theirs: string | undefined;
      const file = comparesHead ? 'b.yaml' : 'a.yaml';
      world.beforeCommit(() => (theirs = world.push('main', { [file]: 'theirs' }, 'Theirs')));
      await fails(commitOn(world, [write('a.yaml', '2', '1')]), 'stale');
      assert.equal(world.headOf('main'), theirs);
    });
  });

  describe('a lost answer', () => {
    it('is said to be lost, and leaves exactly one commit', async function () {
      if (!subject.faults) this.skip();
      const before = commitId(world.push('main', { 'a.yaml': '1' }));
      world.loseAnswer();
      await fails(commitOn(world, [write('a.yaml', '2', '1')], { message: 'Once' }), 'answerLost');
      const now = commitId(await world.host.head(world.repository, 'main', call()));
      const found = await world.host.commitsBetween(world.repository, before, now, 10, call());
      assert.deepEqual(found, [{ id: now, parents: [before], message: 'Once' }]);
      assert.equal(world.historyOf('main').length, 2);
    });
  });

  branchContract();

  function branchContract(): void {
    describe('branches', () => {
      it('are made from any commit, and never over another', async function () {
        if (!world.host.createBranch) this.skip();
        const first = commitId(world.push('main', { 'a.yaml': '1' }));
        const second = commitId(world.push('main', { 'a.yaml': '2' }));
        for (const name of strangeBranches) await world.host.createBranch(world.repository, name, first, call());
        for (const name of strangeBranches) assert.equal(world.headOf(name), first);
        await fails(world.host.createBranch(world.repository, 'feature/one', second, call()), 'branchExists');
        assert.equal(world.headOf('feature/one'), first);
      });

      it('are deleted only where they were seen', async function () {
        const { host, repository } = world;
        if (!host.deleteBranch) this.skip();
        const first = commitId(world.push('main', { 'a.yaml': '1' }));
        const seen = world.push('topic/a#b', { 'a.yaml': '2' }) as CommitId;
        const moved = world.push('topic/a#b', { 'a.yaml': '3' }) as CommitId;
        await fails(host.deleteBranch(repository, 'topic/a#b', seen, call()), 'stale');
        assert.equal(world.headOf('topic/a#b'), moved);
        await host.deleteBranch(repository, 'topic/a#b', moved, call());
        assert.equal(world.headOf('topic/a#b'), undefined);
        await fails(host.deleteBranch(repository, 'topic/a#b', moved, call()), 'branchNotFound');
        assert.equal(world.headOf('main'), first);
      });
    });
  }
}
