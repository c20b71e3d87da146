import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import type { CommitId } from '../../src/core/model/ids.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root, schema } from './definitions.ts';
import { context, folderUri, Person } from './person.ts';

describe('what happens to branches elsewhere', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;
  let start: CommitId;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    start = repository.push('main', { 'openapi.yaml': root('a.yaml'), 'a.yaml': schema() });
    repository.defaultBranch = 'main';
    repository.moveTo('topic', start);
    me = new Person([repository]);
    api = await me.connect();
  });

  const deleted = (detail: string | undefined) => (error: unknown) =>
    Failure.is(error, 'branchDeleted') && assert.equal(error.facts.detail, detail) === undefined;

  describe('the default branch goes on', () => {
    beforeEach(() => me.use.switchBranch(api, 'topic', context()));

    it('shows how far the branch is behind it, and nothing once it is not', async () => {
      repository.push('main', { 'x.txt': '1' });
      repository.push('main', { 'x.txt': '2' });
      await me.look(api);
      assert.deepEqual(me.sync(api).behindDefault, { branch: 'main', commits: 2 });
      assert.deepEqual([me.sync(api).incoming, me.sync(api).standing], [0, 'upToDate']);
      repository.moveTo('topic', repository.branches.get('main') as CommitId);
      await me.look(api);
      assert.equal(me.sync(api).behindDefault, undefined);
    });

    it('says it of that branch only', async () => {
      repository.push('main', { 'x.txt': '1' });
      await me.look(api);
      await me.use.switchBranch(api, 'main', context());
      assert.equal(me.sync(api).behindDefault, undefined);
    });

    it('keeps a look from nothing when the host does not tell', async () => {
      repository.push('main', { 'x.txt': '1' });
      me.host.repository = () => Promise.reject(new Failure('forbidden'));
      me.edit('a.yaml', 'mine: 1\n');
      await me.look(api);
      assert.deepEqual(me.plan(api), ['outgoing a.yaml']);
      assert.equal(me.node(api).failure, undefined);
    });

    it('asks by the clock only now and then', async () => {
      const quiet = { ...context(), interactive: false };
      const look = (): Promise<void> => me.use.look(me.sync(api).checkout, quiet);
      await look();
      me.host.calls.length = 0;
      await look();
      assert.deepEqual(me.host.calls, ['head']);
      me.clock.advance(15 * 60_000);
      await look();
      assert.ok(me.host.calls.includes('repository'));
    });
  });

  it('costs no question on the branch that the connection starts on', async () => {
    me.host.calls.length = 0;
    await me.look(api);
    assert.deepEqual(me.host.calls, ['head']);
  });

  it('knows the new name of the default branch, and takes the work there', async () => {
    me.edit('a.yaml', 'mine: 1\n');
    repository.branches.delete('main');
    repository.defaultBranch = 'trunk';
    repository.moveTo('trunk', start);
    await me.look(api);
    assert.deepEqual([me.sync(api).standing, me.sync(api).successor], ['deleted', 'trunk']);
    await assert.rejects(me.pull(api), deleted('trunk'));
    me.ask.answers.set('switchWithChanges', 'takeAlong');
    await me.use.switchBranch(api, 'trunk', context());
    await me.push(api);
    assert.equal(repository.textOf('trunk', 'a.yaml'), 'mine: 1\n');
  });

  it('names no other branch for one that was deleted with commits of its own', async () => {
    repository.push('topic', { 'x.txt': '1' });
    await me.use.switchBranch(api, 'topic', context());
    me.edit('a.yaml', 'mine: 1\n');
    repository.branches.delete('topic');
    await me.look(api);
    assert.deepEqual([me.sync(api).standing, me.sync(api).successor], ['deleted', undefined]);
    await assert.rejects(me.push(api), deleted(undefined));
    const done = await me.use.pushToNewBranch(api, { branch: 'again', message: 'Mine', title: 'Mine' }, context());
    assert.equal(done.failure, undefined);
    assert.equal(repository.textOf('again', 'a.yaml'), 'mine: 1\n');
    assert.equal(repository.textOf('again', 'x.txt'), '1');
  });

  it('brings a deleted branch back under its own name', async () => {
    me.edit('a.yaml', 'mine: 1\n');
    repository.branches.delete('main');
    repository.defaultBranch = 'topic';
    await me.look(api);
    await me.use.pushToNewBranch(api, { branch: 'main', message: 'Mine', title: 'Mine' }, context());
    assert.equal(repository.textOf('main', 'a.yaml'), 'mine: 1\n');
    assert.deepEqual([me.sync(api).branch, me.sync(api).standing], ['main', 'upToDate']);
    assert.deepEqual(me.plan(api), []);
  });

  it('keeps local work when the branch was force-pushed or made again, and pushes over nothing unseen', async () => {
    me.edit('a.yaml', 'type: mine\n');
    const files = new Map(repository.commitAt(start)?.files);
    repository.moveTo('main', repository.add([], files, 'Made again'));
    repository.push('main', { 'a.yaml': 'type: theirs\n' });
    await me.look(api);
    assert.equal(me.sync(api).standing, 'rewritten');
    assert.deepEqual(me.plan(api), ['conflict a.yaml']);
    await assert.rejects(me.push(api), (error) => Failure.is(error, 'cancelled'));
    me.ask.answers.set('rewrittenBranch', 'compareAgain');
    await assert.rejects(me.push(api), (error) => Failure.is(error, 'conflicts'));
    assert.equal(me.text('a.yaml'), 'type: mine\n');
    assert.equal(repository.textOf('main', 'a.yaml'), 'type: theirs\n');
  });

  it('copies what a pull from a rewritten branch takes the place of: it may be nowhere else', async () => {
    me.edit('a.yaml', 'pushed by me: 1\n');
    await me.push(api);
    repository.moveTo('main', start);
    repository.push('main', { 'a.yaml': 'theirs: 1\n' });
    await me.look(api);
    assert.deepEqual(me.plan(api), ['incoming a.yaml']);
    await assert.rejects(me.pull(api), (error) => Failure.is(error, 'cancelled'));
    assert.deepEqual(me.ask.asked.at(-1)?.facts, { branch: 'main', repository: 'repo', replaced: ['a.yaml'] });
    assert.equal(me.text('a.yaml'), 'pushed by me: 1\n');
    me.ask.answers.set('rewrittenBranch', 'compareAgain');
    const { backup } = await me.pull(api);
    assert.equal(me.text('a.yaml'), 'theirs: 1\n');
    assert.equal(backup?.files, 1);
    const place = { workspaceFolder: folderUri, folder: 'repo' };
    const [kept] = await me.use.backups(place);
    assert.ok(kept !== undefined);
    me.ask.answers.set('restoreBackup', 'replace');
    await me.use.restoreBackup(place, kept, kept.files, context());
    assert.equal(me.text('a.yaml'), 'pushed by me: 1\n');
    assert.deepEqual(me.plan(api), ['outgoing a.yaml']);
  });

  it('shows where work is parked', async () => {
    me.edit('a.yaml', 'mine: 1\n');
    me.ask.answers.set('switchWithChanges', 'park');
    await me.use.switchBranch(api, 'topic', context());
    assert.deepEqual(me.sync(api).parked, [{ branch: 'main', paths: ['a.yaml'] }]);
    await me.use.switchBranch(api, 'main', context());
    assert.equal(me.sync(api).parked, undefined);
  });
});
