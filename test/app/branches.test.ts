import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import type { SwitchResult } from '../../src/app/useCases.ts';
import { Failure } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root, schema } from './definitions.ts';
import { context, folderUri, Person } from './person.ts';

const path = (text: string): RepoPath => text as RepoPath;
const fails =
  (...reasons: readonly Failure['reason'][]) =>
  (error: unknown): boolean =>
    Failure.is(error, ...reasons);

describe('branches', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    const start = repository.push('main', {
      'openapi.yaml': root('a.yaml', 'b.yaml'),
      'a.yaml': schema(),
      'b.yaml': schema(),
    });
    repository.moveTo('develop', start);
    repository.push('develop', { 'openapi.yaml': root('a.yaml', 'c.yaml'), 'b.yaml': null, 'c.yaml': 'title: c\n' });
    me = new Person([repository]);
    api = await me.connect();
  });

  const switchTo = (branch: string): Promise<SwitchResult> => me.use.switchBranch(api, branch, context());
  const listed = (): Promise<readonly RepoPath[]> => me.files().list('');

  it('lists them', async () => {
    const names: string[] = [];
    for await (const page of me.use.branches(api, '', context())) names.push(...page.map(({ name }) => name));
    assert.deepEqual(names.sort(), ['develop', 'main']);
  });

  it('puts the files of the other branch into the folder, and back', async () => {
    await switchTo('develop');
    assert.deepEqual(await listed(), ['a.yaml', 'c.yaml', 'openapi.yaml']);
    assert.equal(me.text('openapi.yaml'), root('a.yaml', 'c.yaml'));
    assert.deepEqual(me.plan(api), []);
    assert.equal(me.sync(api).branch, 'develop');
    assert.equal(me.sync(api).standing, 'upToDate');
    await switchTo('main');
    assert.deepEqual(await listed(), ['a.yaml', 'b.yaml', 'openapi.yaml']);
    assert.deepEqual(me.plan(api), []);
    assert.deepEqual(me.ask.asked, []);
  });

  it('remembers the branch over a restart', async () => {
    await switchTo('develop');
    const again = me.restarted();
    await again.engine.start();
    await again.use.lookAll(context());
    assert.equal(again.sync(api).branch, 'develop');
    assert.deepEqual(again.plan(api), []);
  });

  it('asks before it takes changes along, naming every API', async () => {
    repository.push('main', { 'orders.yaml': root() });
    await me.connect({ name: 'Orders', rootFile: 'orders.yaml' });
    me.edit('a.yaml', 'title: mine\n');
    await assert.rejects(switchTo('develop'), fails('cancelled'));
    assert.deepEqual(me.ask.asked, [
      {
        kind: 'switchWithChanges',
        facts: { from: 'main', to: 'develop', apis: ['Pets', 'Orders'], paths: ['a.yaml'], conflicts: [] },
      },
    ]);
    assert.equal(me.text('b.yaml'), schema());
    me.ask.answers.set('switchWithChanges', 'takeAlong');
    await switchTo('develop');
    assert.equal(me.text('a.yaml'), 'title: mine\n');
    assert.deepEqual(me.plan(api), ['outgoing a.yaml']);
    await me.push(api);
    assert.equal(repository.textOf('develop', 'a.yaml'), 'title: mine\n');
    assert.equal(repository.textOf('main', 'a.yaml'), schema());
  });

  it('stays where it is when a change does not fit the other branch', async () => {
    me.edit('openapi.yaml', `${root('a.yaml', 'b.yaml')}x: 1\n`);
    me.edit('c.yaml', 'title: mine\n');
    me.ask.answers.set('switchWithChanges', 'takeAlong');
    await assert.rejects(
      switchTo('develop'),
      (error) =>
        Failure.is(error, 'conflicts') && assert.deepEqual(error.facts.paths, ['c.yaml', 'openapi.yaml']) === undefined,
    );
    assert.equal(me.text('c.yaml'), 'title: mine\n');
    assert.equal(me.text('b.yaml'), schema());
    await me.look(api);
    assert.equal(me.sync(api).branch, 'main');
  });

  it('takes a deletion along', async () => {
    me.files().remove(path('a.yaml'));
    me.ask.answers.set('switchWithChanges', 'takeAlong');
    await switchTo('develop');
    assert.equal(me.text('a.yaml'), undefined);
    assert.deepEqual(me.plan(api), ['outgoing a.yaml']);
  });

  it('changes no file when a write is refused', async () => {
    me.files().failAfterWrites(1);
    await assert.rejects(switchTo('develop'), fails('writeFailed'));
    assert.deepEqual(await listed(), ['a.yaml', 'b.yaml', 'openapi.yaml']);
    await me.look(api);
    assert.equal(me.sync(api).branch, 'main');
    assert.deepEqual(me.plan(api), []);
  });

  describe('when the state cannot be saved', () => {
    const saves = (): { failSaves(after: number, times?: number): void } => me.storages.at(folderUri, 'repo').state;
    const again = async (): Promise<Person> => {
      const next = me.restarted();
      await next.engine.start();
      await next.use.lookAll(context());
      return next;
    };

    beforeEach(() => {
      me.edit('a.yaml', 'title: mine\n');
      me.ask.answers.set('switchWithChanges', 'takeAlong');
    });

    it('stays with every file where it was', async () => {
      const before = await me.state();
      saves().failSaves(0);
      await assert.rejects(switchTo('develop'), fails('writeFailed'));
      assert.deepEqual(await listed(), ['a.yaml', 'b.yaml', 'openapi.yaml']);
      assert.equal(me.text('openapi.yaml'), root('a.yaml', 'b.yaml'));
      assert.deepEqual(await me.state(), before);
      await me.look(api);
      assert.equal(me.sync(api).branch, 'main');
      assert.deepEqual(me.plan(api), ['outgoing a.yaml']);
      await switchTo('develop');
      assert.deepEqual(me.plan(api), ['outgoing a.yaml']);
    });

    it('nor taken back, is there after the next start', async () => {
      const { files, state } = me.storages.at(folderUri, 'repo');
      const apply = files.apply.bind(files);
      files.apply = async (changes, signal) => {
        await apply(changes, signal);
        files.apply = () => Promise.reject(new Failure('writeFailed'));
        state.failSaves(0);
      };
      await assert.rejects(switchTo('develop'), fails('unfinished'));
      files.apply = apply;
      const next = await again();
      assert.equal(next.sync(api).branch, 'develop');
      assert.deepEqual(next.plan(api), ['outgoing a.yaml']);
      await next.push(api);
      assert.deepEqual(next.plan(api), []);
      assert.equal(repository.textOf('develop', 'a.yaml'), 'title: mine\n');
      assert.equal(repository.textOf('develop', 'b.yaml'), undefined);
      await next.use.switchBranch(api, 'main', context());
      assert.deepEqual(await next.files().list(''), ['a.yaml', 'b.yaml', 'openapi.yaml']);
    });
  });

  it('makes a branch at the head of another and goes there with the changes', async () => {
    me.edit('a.yaml', 'title: mine\n');
    me.ask.answers.set('switchWithChanges', 'takeAlong');
    await me.use.createBranch(api, 'feature/x', 'main', context());
    assert.equal(repository.branches.get('feature/x'), repository.branches.get('main'));
    assert.equal(me.sync(api).branch, 'feature/x');
    await me.push(api);
    assert.equal(repository.textOf('feature/x', 'a.yaml'), 'title: mine\n');
    assert.equal(repository.textOf('main', 'a.yaml'), schema());
  });

  it('makes no branch when the person would rather stay', async () => {
    me.edit('a.yaml', 'title: mine\n');
    await assert.rejects(me.use.createBranch(api, 'feature/x', 'main', context()), fails('cancelled'));
    assert.equal(repository.branches.has('feature/x'), false);
  });

  it('refuses names that Git refuses, and names that are taken', async () => {
    for (const name of ['', '-x', 'a..b', 'a b', 'x.lock', 'HEAD', '/a', 'a//b', '.a', 'a~1', '@{u}', 'a.']) {
      await assert.rejects(me.use.createBranch(api, name, 'main', context()), fails('invalidName'), name);
    }
    await assert.rejects(
      me.use.createBranch(api, 'develop', 'main', context()),
      (error) => Failure.is(error, 'branchExists') && error.facts.repository === 'repo',
    );
    await assert.rejects(me.use.createBranch(api, 'x', 'nowhere', context()), fails('branchNotFound'));
    await assert.rejects(switchTo('nowhere'), fails('branchNotFound'));
  });
});
