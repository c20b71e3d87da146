import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import type { FailureReason } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { MemoryRepository, type Edits } from '../forge/memory/memoryRepository.ts';
import { root } from './definitions.ts';
import { Life, mortalStorages } from './model/life.ts';
import { context, folderUri, Person } from './person.ts';

const names = ['a.yaml', 'b.yaml', 'c.yaml'] as const;

function text(first: string, last: string): string {
  return `first: ${first}\nx1: 1\nx2: 1\nx3: 1\nlast: ${last}\n`;
}

const start = text('start', 'start');

/** What sync promises, each in one story; the guards that keep it are taken out, one by one, in `test/mutation`. */
describe('what sync promises', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    const files = Object.fromEntries(names.map((name) => [name, start]));
    repository.push('main', { 'openapi.yaml': root(...names), ...files, 'other/notes.yaml': 'notes: 1\n' });
    me = new Person([repository]);
    api = await me.connect();
  });

  const there = (path: string): string | undefined => repository.textOf('main', path);
  const teammate = (edits: Edits): void => void repository.push('main', edits);
  const refused = (work: Promise<unknown>, reason: FailureReason): Promise<void> =>
    assert.rejects(work, (error) => Failure.is(error, reason));
  const commits = (): readonly string[] =>
    repository.history(repository.branches.get('main')!).map(({ message }) => message);

  it('Promise 1: no edit is lost, whoever made it', async () => {
    me.edit('a.yaml', text('mine', 'start'));
    teammate({ 'a.yaml': text('theirs', 'start'), 'b.yaml': null });
    me.edit('b.yaml', text('start', 'mine'));
    const { conflicts } = await me.pull(api);
    assert.deepEqual(conflicts, ['a.yaml', 'b.yaml']);
    assert.equal(me.text('a.yaml'), text('mine', 'start'));
    assert.equal(me.text('b.yaml'), text('start', 'mine'));
    await refused(me.push(api), 'conflicts');
    assert.equal(there('a.yaml'), text('theirs', 'start'));
    assert.equal(there('b.yaml'), undefined);
  });

  it('Promise 2: a commit goes on top of the head that it was planned against', async () => {
    me.edit('a.yaml', text('mine', 'start'));
    const { state } = me.storages.at(folderUri, 'repo');
    const save = state.save.bind(state);
    let isFaster = true;
    state.save = async (next) => {
      await save(next);
      if (next.intent === undefined || !isFaster) return;
      isFaster = false;
      teammate({ 'b.yaml': text('theirs', 'start') });
    };
    const { landedOnNewerHead } = await me.push(api, 'Mine');
    assert.equal(landedOnNewerHead, false);
    assert.deepEqual(commits().slice(0, 2), ['Mine', 'Changes by a teammate']);
    assert.equal(there('b.yaml'), text('theirs', 'start'));
  });

  for (const after of [0, 1, 2]) {
    it(`Promise 3: a pull that dies after ${String(after)} of 3 files is finished or undone by the next start`, async () => {
      const theirs = text('theirs', 'start');
      teammate({ 'a.yaml': theirs, 'b.yaml': theirs, 'c.yaml': theirs });
      const life = new Life();
      const { storages } = me;
      const open = storages.open.bind(storages);
      storages.open = mortalStorages({ open }, life).open;
      me = me.restarted();
      await me.engine.start();
      life.leftInFolder = after;
      await assert.rejects(me.pull(api));
      assert.ok(life.dead);
      storages.open = open;
      me = me.restarted();
      await me.engine.start();
      await me.use.lookAll(context());
      const left = names.filter((name) => me.text(name) === start);
      assert.ok(left.length === 0 || left.length === 3, `old: ${left.join()}`);
      assert.deepEqual(
        me.plan(api).filter((item) => item.startsWith('outgoing')),
        [],
      );
    });
  }

  it('Promise 4: nothing but what the plan showed is pulled or pushed', async () => {
    teammate({ 'other/new.yaml': 'new: 1\n', 'a.yaml': text('theirs', 'start') });
    me.edit('mine.txt', 'mine');
    me.edit('other/notes.yaml', 'notes: mine\n');
    me.edit('b.yaml', text('mine', 'start'));
    await me.pull(api);
    await me.push(api, 'Mine');
    assert.equal(me.text('other/new.yaml'), undefined);
    assert.equal(there('mine.txt'), undefined);
    assert.equal(there('other/notes.yaml'), 'notes: 1\n');
    assert.equal(there('b.yaml'), text('mine', 'start'));
  });

  it('Promise 5: bytes are sacred: line ends, byte order mark, last line, mode', async () => {
    const odd = (first: string, last: string): string =>
      `\ufeff${text(first, last).replaceAll('\n', '\r\n').replace(/\r\n$/u, '')}`;
    teammate({ 'a.yaml': { kind: 'executable', content: odd('start', 'start') } });
    await me.pull(api);
    me.edit('a.yaml', odd('start', 'mine'));
    teammate({ 'a.yaml': { kind: 'executable', content: odd('theirs', 'start') } });
    await me.pull(api);
    assert.equal(me.text('a.yaml'), odd('theirs', 'mine'));
    assert.equal(me.files().modeOf('a.yaml' as RepoPath), 'executable');
    await me.push(api);
    assert.equal(there('a.yaml'), odd('theirs', 'mine'));
  });

  it('Promise 6: a lost answer is not a retry', async () => {
    me.edit('a.yaml', text('mine', 'start'));
    me.host.faults.loseAnswer = 'after';
    me.host.faults.beforeCommit = () => me.host.faults.refuse.set('head', new Failure('offline'));
    await refused(me.push(api, 'Mine'), 'pushInDoubt');
    me = me.restarted();
    await me.engine.start();
    await me.use.lookAll(context());
    assert.equal(me.sync(api).inDoubt, true);
    me.edit('b.yaml', text('mine', 'start'));
    await refused(me.push(api, 'Again'), 'offline');
    me.host.faults.refuse.clear();
    await me.push(api, 'Again');
    assert.deepEqual(commits().slice(0, 2), ['Again', 'Mine']);
    assert.deepEqual(me.plan(api), []);
  });

  it('Promise 7: offline is ordinary', async () => {
    me.edit('a.yaml', text('mine', 'start'));
    me.host.faults.offline = true;
    await me.look(api);
    assert.deepEqual(me.plan(api), ['outgoing a.yaml']);
    assert.equal(me.node(api).failure?.reason, 'offline');
    assert.equal(Buffer.from((await me.use.contents(api, 'a.yaml' as RepoPath, 'base')) ?? []).toString(), start);
    await refused(me.pull(api), 'offline');
    await refused(me.push(api), 'offline');
    assert.equal(me.text('a.yaml'), text('mine', 'start'));
    me.host.faults.offline = false;
    await me.push(api);
    assert.equal(there('a.yaml'), text('mine', 'start'));
  });

  it('Promise 8: an unsaved editor is an edit', async () => {
    teammate({ 'a.yaml': text('theirs', 'start') });
    me.editors.dirty.set('a.yaml', text('start', 'typed'));
    await refused(me.pull(api), 'unsavedEditors');
    assert.equal(me.text('a.yaml'), start);
    me.editors.dirty.clear();
    await me.pull(api);
    me.editors.dirty.set('b.yaml', text('start', 'typed'));
    me.edit('c.yaml', text('mine', 'start'));
    await refused(me.push(api), 'cancelled');
    assert.equal(there('c.yaml'), start);
    me.ask.answers.set('unsavedBeforePush', 'saveAndPush');
    await me.push(api);
    assert.equal(there('b.yaml'), text('start', 'typed'));
  });

  it('Promise 1, in two windows: one writes at a time, and the other says for whom it waits', async () => {
    const other = new Person([], {}, me);
    await other.engine.start();
    await other.use.lookAll(context());
    me.edit('a.yaml', text('mine', 'start'));
    teammate({ 'b.yaml': text('theirs', 'start') });
    let goOn = (): void => undefined;
    me.host.faults.hold = new Promise((resolve) => (goOn = resolve));
    const push = me.push(api, 'Mine');
    await until(() => me.host.calls.at(-1) === 'head');
    const steps: string[] = [];
    const pull = other.use.pull(
      api,
      context(undefined, ({ step }) => void steps.push(step)),
    );
    await until(() => steps.length > 0);
    me.host.faults.hold = undefined;
    goOn();
    await push;
    assert.deepEqual(steps, ['waitingForTurn']);
    other.timer.fire();
    assert.deepEqual(await pull, { taken: 1, merged: 0, conflicts: [] });
    const state = await me.state();
    assert.equal(state?.branches.get('main')?.head, repository.branches.get('main'));
    assert.equal(state?.branches.get('main')?.base.size, 4);
    assert.deepEqual(other.plan(api), []);
  });
});

/** Lets everything go on that can, until something is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise<void>((resolve) => setImmediate(resolve));
}
