import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import type { SwitchResult } from '../../src/app/useCases.ts';
import { Failure } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { collection, root, schema } from './definitions.ts';
import { context, folderUri, Person } from './person.ts';

const path = (text: string): RepoPath => text as RepoPath;
const fails =
  (...reasons: readonly Failure['reason'][]) =>
  (error: unknown): boolean =>
    Failure.is(error, ...reasons);
const numbers = 'one: 1\ntwo: 2\nthree: 3\nfour: 4\nfive: 5\n';

describe('parked work', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    const start = repository.push('main', {
      'openapi.yaml': root('a.yaml', 'b.yaml'),
      'a.yaml': numbers,
      'b.yaml': schema(),
    });
    repository.moveTo('develop', start);
    repository.push('develop', { 'a.yaml': 'title: develop\n', 'c.yaml': 'title: c\n' });
    me = new Person([repository]);
    api = await me.connect();
    me.ask.answers.set('switchWithChanges', 'park');
  });

  const switchTo = (branch: string, person = me): Promise<SwitchResult> =>
    person.use.switchBranch(api, branch, context());
  const leaveWithEverything = async (): Promise<SwitchResult> => {
    me.edit('a.yaml', numbers.replace('five: 5', 'five: mine'));
    me.edit('openapi.yaml', root('a.yaml', 'new.yaml'));
    me.edit('new.yaml', 'title: new\n');
    me.files().remove(path('b.yaml'));
    return switchTo('develop');
  };

  it('waits on its branch and is back on return: edits, new files and deletions', async () => {
    const all = ['a.yaml', 'b.yaml', 'new.yaml', 'openapi.yaml'];
    assert.deepEqual((await leaveWithEverything()).parked, all);
    assert.deepEqual(await me.files().list(''), ['a.yaml', 'b.yaml', 'openapi.yaml']);
    assert.equal(me.text('a.yaml'), 'title: develop\n');
    assert.deepEqual(me.plan(api), []);
    const { restored, parked } = await switchTo('main');
    assert.deepEqual([[...restored].sort(), parked], [all, []]);
    assert.equal(me.text('a.yaml'), numbers.replace('five: 5', 'five: mine'));
    assert.equal(me.text('new.yaml'), 'title: new\n');
    assert.equal(me.text('b.yaml'), undefined);
    assert.deepEqual(
      me.plan(api),
      all.map((file) => `outgoing ${file}`),
    );
    assert.equal((await me.state())?.parked, undefined);
  });

  it('is asked for with what cannot come along, and names every file', async () => {
    me.edit('a.yaml', 'title: mine\n');
    me.edit('b.yaml', 'title: mine\n');
    await switchTo('develop');
    assert.deepEqual(me.ask.asked, [
      {
        kind: 'switchWithChanges',
        facts: { from: 'main', to: 'develop', apis: ['Pets'], paths: ['a.yaml', 'b.yaml'], conflicts: ['a.yaml'] },
      },
    ]);
  });

  it('survives a restart, and any number of switches', async () => {
    await leaveWithEverything();
    me.edit('b.yaml', 'title: on develop\n');
    const again = me.restarted();
    again.ask.answers.set('switchWithChanges', 'park');
    await again.engine.start();
    repository.moveTo('other', repository.branches.get('main') as never);
    await switchTo('other', again);
    assert.deepEqual([...((await again.state())?.parked?.keys() ?? [])].sort(), ['develop', 'main']);
    await switchTo('develop', again);
    assert.equal(again.text('b.yaml'), 'title: on develop\n');
    await switchTo('main', again);
    assert.equal(again.text('new.yaml'), 'title: new\n');
    assert.deepEqual([...((await again.state())?.parked?.keys() ?? [])], ['develop']);
  });

  it('joins what came in meanwhile with the next pull', async () => {
    await leaveWithEverything();
    repository.push('main', { 'a.yaml': numbers.replace('one: 1', 'one: theirs') });
    await switchTo('main');
    assert.deepEqual(me.plan(api)[0], 'conflict a.yaml');
    await assert.rejects(me.push(api), fails('incomingOverlap'));
    assert.equal((await me.pull(api)).merged, 1);
    assert.equal(me.text('a.yaml'), numbers.replace('five: 5', 'five: mine').replace('one: 1', 'one: theirs'));
  });

  it('is a conflict where both sides cannot be joined, and where a file was added under its name', async () => {
    await leaveWithEverything();
    repository.push('main', { 'a.yaml': 'title: theirs\n', 'new.yaml': 'title: theirs\n' });
    await switchTo('main');
    assert.equal(me.text('new.yaml'), 'title: new\n');
    assert.deepEqual((await me.pull(api)).conflicts, ['a.yaml', 'new.yaml']);
    assert.equal(me.text('a.yaml'), numbers.replace('five: 5', 'five: mine'));
  });

  it('is compared with the new history when its branch was force-pushed', async () => {
    await leaveWithEverything();
    const other = new MemoryRepository('x', 'x');
    other.push('main', { x: '1' });
    const files = new Map(repository.commitAt(repository.branches.get('main') as never)?.files);
    files.delete(path('a.yaml'));
    repository.moveTo('main', repository.add([], files, 'Rewritten'));
    await switchTo('main');
    assert.equal(me.text('a.yaml'), numbers.replace('five: 5', 'five: mine'));
    assert.ok(me.plan(api).includes('conflict a.yaml'));
  });

  it('is reached on a branch that a teammate deleted, and goes out on a new one', async () => {
    await leaveWithEverything();
    repository.branches.delete('main');
    await switchTo('main');
    assert.equal(me.sync(api).branch, 'main');
    assert.equal(me.sync(api).standing, 'deleted');
    assert.equal(me.text('new.yaml'), 'title: new\n');
    await me.use.pushToNewBranch(api, { branch: 'rescued', message: 'Mine', title: 'Mine' }, context());
    assert.equal(repository.textOf('rescued', 'new.yaml'), 'title: new\n');
    assert.equal(repository.textOf('rescued', 'b.yaml'), undefined);
  });

  it('can be dropped where its branch is not in the repository, with a copy, and brought back', async () => {
    await leaveWithEverything();
    const before = me.sync(api).parked;
    repository.branches.delete('main');
    await assert.rejects(me.use.deleteBranch(api, 'main', context()), (error) => Failure.is(error, 'cancelled'));
    assert.deepEqual(me.sync(api).parked, before);
    me.ask.answers.set('dropParked', 'drop');
    const done = await me.use.deleteBranch(api, 'main', context());
    assert.equal(me.sync(api).parked, undefined);
    assert.ok(done.backup !== undefined);
    await done.undo?.(context());
    assert.deepEqual(me.sync(api).parked, before);
  });

  it('meets no change of another branch: such a change is parked itself', async () => {
    await leaveWithEverything();
    me.edit('a.yaml', 'title: edited on develop\n');
    me.ask.answers.set('switchWithChanges', 'takeAlong');
    await assert.rejects(
      switchTo('main'),
      (error) => Failure.is(error, 'conflicts') && assert.deepEqual(error.facts.paths, ['a.yaml']) === undefined,
    );
    assert.equal(me.text('a.yaml'), 'title: edited on develop\n');
    me.ask.answers.set('switchWithChanges', 'park');
    await switchTo('main');
    assert.equal(me.text('a.yaml'), numbers.replace('five: 5', 'five: mine'));
    await switchTo('develop');
    assert.equal(me.text('a.yaml'), 'title: edited on develop\n');
  });

  it('is a collection that nothing references, too', async () => {
    me.edit('postman/collections/x.json', collection('X'));
    await switchTo('develop');
    assert.equal(me.text('postman/collections/x.json'), undefined);
    await switchTo('main');
    assert.deepEqual(me.plan(api), ['outgoing postman/collections/x.json']);
  });

  it('is an edit that the other branch happens to have as well', async () => {
    me.edit('a.yaml', 'title: develop\n');
    await switchTo('develop');
    assert.deepEqual(me.plan(api), []);
    repository.push('develop', { 'a.yaml': 'title: later\n' });
    await switchTo('main');
    assert.equal(me.text('a.yaml'), 'title: develop\n');
    assert.deepEqual(me.plan(api), ['outgoing a.yaml']);
  });

  it('stays an editor’s as long as it is unsaved', async () => {
    me.edit('a.yaml', 'title: mine\n');
    await switchTo('develop');
    me.editors.dirty.set('a.yaml', 'typing');
    await assert.rejects(switchTo('main'), fails('unsavedEditors'));
    assert.equal(me.text('a.yaml'), 'title: develop\n');
  });

  it('waits for who makes a branch, too', async () => {
    me.edit('a.yaml', 'title: mine\n');
    const { parked } = await me.use.createBranch(api, 'feature/x', 'main', context());
    assert.deepEqual(parked, ['a.yaml']);
    assert.equal(me.text('a.yaml'), numbers);
    await switchTo('main');
    assert.equal(me.text('a.yaml'), 'title: mine\n');
  });

  it('waits on when its contents are lost, and keeps nobody from coming back', async () => {
    me.edit('a.yaml', 'title: mine\n');
    me.edit('b.yaml', 'title: mine too\n');
    await switchTo('develop');
    const { blobs } = me.storages.at(folderUri, 'repo');
    const lost = (await me.state())?.parked?.get('main')?.get(path('a.yaml'))?.local;
    assert.ok(lost);
    blobs.forget(lost.id);
    assert.deepEqual((await switchTo('main')).restored, ['b.yaml']);
    assert.equal(me.text('a.yaml'), numbers);
    assert.deepEqual([...((await me.state())?.parked?.get('main')?.keys() ?? [])], ['a.yaml']);
  });

  describe('when the switch is refused or cut off', () => {
    const mine = numbers.replace('five: 5', 'five: mine');
    const start = async (): Promise<Person> => {
      const next = me.restarted();
      next.ask.answers.set('switchWithChanges', 'park');
      await next.engine.start();
      await next.use.lookAll(context());
      return next;
    };

    it('changes no file and parks nothing when a write is refused', async () => {
      const before = await me.state();
      me.files().failAfterWrites(1);
      await assert.rejects(leaveWithEverything(), fails('writeFailed'));
      assert.equal(me.text('a.yaml'), mine);
      assert.equal(me.text('new.yaml'), 'title: new\n');
      assert.equal((await me.state())?.branch, before?.branch);
      assert.equal((await me.state())?.parked, undefined);
    });

    for (const direction of ['away', 'back'] as const) {
      it(`loses nothing when it is cut off behind the last file, on the way ${direction}`, async () => {
        if (direction === 'back') await leaveWithEverything();
        const { files, state } = me.storages.at(folderUri, 'repo');
        const apply = files.apply.bind(files);
        files.apply = async (changes, signal) => {
          await apply(changes, signal);
          files.apply = () => Promise.reject(new Failure('writeFailed'));
          state.failSaves(0);
        };
        await assert.rejects(direction === 'away' ? leaveWithEverything() : switchTo('main'), fails('unfinished'));
        files.apply = apply;
        const next = await start();
        if (direction === 'away') {
          assert.equal(next.sync(api).branch, 'develop');
          assert.equal(next.text('a.yaml'), 'title: develop\n');
          await switchTo('main', next);
        }
        assert.equal(next.sync(api).branch, 'main');
        assert.equal(next.text('a.yaml'), mine);
        assert.equal(next.text('new.yaml'), 'title: new\n');
        assert.equal(next.text('b.yaml'), undefined);
        assert.equal((await next.state())?.parked, undefined);
      });
    }

    it('asks before a file that was made since, where there was none, replaces the other branch’s', async () => {
      const { files, journal } = me.storages.at(folderUri, 'repo');
      const apply = files.apply.bind(files);
      const clear = journal.clear.bind(journal);
      const dead = (): Promise<void> => Promise.reject(new Failure('writeFailed'));
      Object.assign(files, { apply: dead });
      Object.assign(journal, { clear: dead });
      await assert.rejects(leaveWithEverything(), fails('unfinished'));
      Object.assign(files, { apply });
      Object.assign(journal, { clear });
      me.edit('b.yaml', 'title: made by hand\n');
      const next = await start();
      assert.equal(next.sync(api).branch, 'develop');
      assert.equal(next.text('b.yaml'), 'title: made by hand\n');
      assert.ok(next.plan(api).includes('conflict b.yaml'), next.plan(api).join());
    });

    it('keeps parked what it would have put over a file that was written since', async () => {
      await leaveWithEverything();
      const { files, journal } = me.storages.at(folderUri, 'repo');
      const apply = files.apply.bind(files);
      const clear = journal.clear.bind(journal);
      const dead = (): Promise<void> => Promise.reject(new Failure('writeFailed'));
      Object.assign(files, { apply: dead });
      Object.assign(journal, { clear: dead });
      await assert.rejects(switchTo('main'), fails('unfinished'));
      Object.assign(files, { apply });
      Object.assign(journal, { clear });
      me.edit('a.yaml', 'title: written by hand\n');
      const next = await start();
      assert.equal(next.sync(api).branch, 'main');
      assert.equal(next.text('a.yaml'), 'title: written by hand\n');
      assert.equal(next.text('new.yaml'), 'title: new\n');
      assert.deepEqual([...((await next.state())?.parked?.get('main')?.keys() ?? [])], ['a.yaml']);

      // Parked once more, the older version goes where a person finds it.
      await switchTo('develop', next);
      const { backups } = next.storages.at(folderUri, 'repo');
      const [folder = ''] = backups.folders.keys();
      assert.equal(backups.text(folder, '1 main/a.yaml'), mine);
      await switchTo('main', next);
      assert.equal(next.text('a.yaml'), 'title: written by hand\n');
    });
  });
});
