import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
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

describe('in the middle of an operation', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', { 'openapi.yaml': root('a.yaml', 'b.yaml'), 'a.yaml': schema(), 'b.yaml': schema() });
    me = new Person([repository]);
    api = await me.connect();
    me.host.calls.length = 0;
  });

  it('a host that says no before it commits anything is heard in its own words', async () => {
    me.edit('a.yaml', 'type: number\n');
    me.host.commit = () => Promise.reject(new Failure('identityMissing'));
    await assert.rejects(me.push(api), fails('identityMissing'));
    assert.equal((await me.state())?.intent, undefined);
  });

  it('an editor that gets dirty while files are fetched stops the pull', async () => {
    repository.push('main', { 'a.yaml': 'type: string\n' });
    const { readFiles } = me.host;
    me.host.readFiles = (...args) => {
      me.editors.dirty.set('a.yaml', 'mine: 1\n');
      return readFiles.apply(me.host, args);
    };
    await assert.rejects(me.pull(api), fails('unsavedEditors'));
    assert.equal(me.text('a.yaml'), schema());
  });

  it('an editor that gets dirty while files are fetched stops the switch', async () => {
    repository.moveTo('develop', repository.branches.get('main') as never);
    repository.push('develop', { 'a.yaml': 'type: string\n' });
    const { readFiles } = me.host;
    me.host.readFiles = (...args) => {
      me.editors.dirty.set('a.yaml', 'mine: 1\n');
      return readFiles.apply(me.host, args);
    };
    await assert.rejects(me.use.switchBranch(api, 'develop', context()), fails('unsavedEditors'));
    assert.equal(me.text('a.yaml'), schema());
    assert.equal(me.sync(api).branch, 'main');
  });

  it('what a saved root brings along is saved before the push, too', async () => {
    me.edit('c.yaml', 'type: number\n');
    me.editors.dirty.set('openapi.yaml', root('a.yaml', 'b.yaml', 'c.yaml'));
    me.editors.dirty.set('c.yaml', 'type: boolean\n');
    me.ask.answers.set('unsavedBeforePush', 'saveAndPush');
    await me.push(api);
    assert.equal(repository.textOf('main', 'c.yaml'), 'type: boolean\n');
  });

  it('a push that has landed is not called cancelled', async () => {
    me.edit('a.yaml', 'type: number\n');
    const stop = new AbortController();
    const { commit } = me.host;
    me.host.commit = async (...args) => {
      const result = await commit.apply(me.host, args);
      stop.abort();
      return result;
    };
    assert.equal((await me.use.push(api, 'Mine', context(stop.signal))).files, 1);
    assert.deepEqual(me.plan(api), []);
  });

  it('a pull whose files are written is not called cancelled', async () => {
    repository.push('main', { 'a.yaml': 'type: string\n' });
    const stop = new AbortController();
    const files = me.files();
    const { apply } = files;
    files.apply = async (...args) => {
      await apply.apply(files, args);
      stop.abort();
    };
    assert.equal((await me.use.pull(api, context(stop.signal))).taken, 1);
    assert.deepEqual(me.plan(api), []);
  });

  it('a switch whose files are written is not called cancelled', async () => {
    repository.moveTo('develop', repository.branches.get('main') as never);
    repository.push('develop', { 'a.yaml': 'type: string\n' });
    const stop = new AbortController();
    const files = me.files();
    const { apply } = files;
    files.apply = async (...args) => {
      await apply.apply(files, args);
      stop.abort();
    };
    await me.use.switchBranch(api, 'develop', context(stop.signal));
    assert.equal(me.sync(api).branch, 'develop');
    assert.deepEqual(me.plan(api), []);
  });

  it('a branch that was made is switched to', async () => {
    const stop = new AbortController();
    const { createBranch } = me.host;
    me.host.createBranch = async (...args) => {
      await createBranch.apply(me.host, args);
      stop.abort();
    };
    await me.use.createBranch(api, 'mine', 'main', context(stop.signal));
    assert.equal(me.sync(api).branch, 'mine');
  });

  it('a merge of what was there before is not marked as resolved', async () => {
    repository.push('main', { 'a.yaml': 'theirs: 1\n' });
    me.edit('a.yaml', 'mine: 1\n');
    await me.look(api);
    await me.use.contents(api, path('a.yaml'), 'remote');
    me.edit('a.yaml', 'both: 1\n');
    repository.push('main', { 'a.yaml': 'theirs: 1\nandThis: 2\n' });
    await me.look(api);
    await assert.rejects(me.use.markResolved(api, [path('a.yaml')], context()), fails('changedThere'));
    assert.deepEqual(me.plan(api), ['conflict a.yaml']);
    await me.use.contents(api, path('a.yaml'), 'remote');
    await me.use.markResolved(api, [path('a.yaml')], context());
    assert.deepEqual(me.plan(api), ['outgoing a.yaml']);
  });

  it('asks again about a branch that is rewritten while a push is on its way', async () => {
    const start = repository.branches.get('main') as never;
    repository.push('main', { 'b.yaml': 'type: string\n' });
    await me.pull(api);
    me.edit('a.yaml', 'type: number\n');
    me.host.faults.beforeCommit = () => {
      repository.moveTo('main', start);
      repository.push('main', { 'x.txt': 'x' });
    };
    await assert.rejects(me.push(api), fails('cancelled'));
    assert.equal(repository.textOf('main', 'a.yaml'), schema());
  });

  it('a commit that was taken is found when the disk was too full to say so', async () => {
    me.edit('a.yaml', 'type: number\n');
    const { state } = me.storages.at('file:///work', 'repo');
    const { save } = state;
    const { commit } = me.host;
    me.host.commit = async (...args) => {
      state.save = () => Promise.reject(new Failure('writeFailed', { detail: 'ENOSPC' }));
      return commit.apply(me.host, args);
    };
    await assert.rejects(me.push(api), fails('writeFailed'));
    state.save = save;
    await me.look(api);
    assert.equal((await me.state())?.intent, undefined);
    assert.deepEqual(me.plan(api), []);
    await assert.rejects(me.push(api), fails('nothingToPush'));
  });
});

describe('two windows on one folder', () => {
  let repository: MemoryRepository;
  let me: Person;
  let other: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', { 'openapi.yaml': root('a.yaml'), 'a.yaml': schema() });
    repository.moveTo('develop', repository.branches.get('main') as never);
    repository.push('develop', { 'openapi.yaml': root('a.yaml', 'b.yaml'), 'b.yaml': schema() });
    me = new Person([repository]);
    api = await me.connect();
    other = new Person([], {}, me);
    await other.engine.start();
    await other.use.lookAll(context());
  });

  it('a look of one does not take back the switch of the other', async () => {
    const { head } = me.host;
    me.host.head = async (...args) => {
      me.host.head = head;
      const answer = await head.apply(me.host, args);
      await other.use.switchBranch(api, 'develop', context());
      return answer;
    };
    await me.look(api);
    assert.equal((await me.state())?.branch, 'develop');
    await me.look(api);
    assert.deepEqual(me.plan(api), []);
  });

  it('what one pulled is not incoming in the other', async () => {
    repository.push('main', { 'a.yaml': 'type: string\n' });
    await other.pull(api);
    await me.use.glance(me.sync(api).checkout, context());
    assert.deepEqual(me.plan(api), []);
  });
});

describe('two APIs on one checkout', () => {
  let repository: MemoryRepository;
  let me: Person;
  let pets: ApiKey;
  let orders: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', {
      'openapi.yaml': root('shared.yaml', 'pet.yaml'),
      'orders.yaml': root('shared.yaml', 'order.yaml'),
      'shared.yaml': schema(),
      'pet.yaml': schema(),
      'order.yaml': schema(),
      'postman/collections/x.json': collection('X'),
    });
    me = new Person([repository]);
    pets = await me.connect();
    repository.push('main', { 'shared.yaml': 'type: string\n', 'pet.yaml': 'type: string\n' });
    orders = await me.connect({ name: 'Orders', rootFile: 'orders.yaml' });
  });

  it('a second one connected at a newer head leaves incoming what is only of the first', async () => {
    assert.equal(me.text('shared.yaml'), 'type: string\n');
    assert.equal(me.text('pet.yaml'), schema());
    await me.look(pets);
    assert.deepEqual(me.plan(pets), ['incoming pet.yaml']);
    assert.deepEqual(me.plan(orders), []);
  });

  it('a push of one while both are behind keeps the rest incoming', async () => {
    repository.push('main', { 'order.yaml': 'type: string\n' });
    me.edit('shared.yaml', 'type: boolean\n');
    await me.push(orders);
    assert.equal(repository.textOf('main', 'shared.yaml'), 'type: boolean\n');
    assert.equal(repository.textOf('main', 'order.yaml'), 'type: string\n');
    assert.deepEqual(me.plan(orders), ['incoming order.yaml']);
    assert.deepEqual(me.plan(pets), ['incoming pet.yaml']);
    await me.pull(pets);
    assert.deepEqual(me.plan(orders), ['incoming order.yaml']);
    await me.pull(orders);
    assert.equal(me.text('order.yaml'), 'type: string\n');
  });

  it('a shared file that one no longer lists stays synced by the other', async () => {
    repository.push('main', { 'openapi.yaml': root('pet.yaml') });
    await me.pull(pets);
    await me.use.removeFile(pets, path('shared.yaml'), context());
    me.edit('shared.yaml', 'type: boolean\n');
    await me.look(orders);
    assert.deepEqual(me.plan(orders), ['outgoing shared.yaml']);
    assert.deepEqual(me.plan(pets), []);
    await me.push(orders);
    assert.deepEqual(me.plan(pets), []);
  });

  it('one that comes back after the other switched the branch finds conflicts, and loses nothing', async () => {
    repository.moveTo('develop', repository.branches.get('main') as never);
    repository.push('develop', { 'pet.yaml': 'branch: develop\n' });
    await me.pull(pets);
    me.edit('pet.yaml', 'type: string\nmine: 1\n');
    me.ask.answers.set('disconnect', 'disconnect');
    await me.use.disconnect(pets, 'forMe', 'Pets', context());
    await me.use.switchBranch(orders, 'develop', context());
    await me.use.approve(pets, context());
    assert.equal(me.text('pet.yaml'), 'type: string\nmine: 1\n');
    assert.deepEqual(me.plan(pets), ['conflict pet.yaml']);
    await assert.rejects(me.push(pets), fails('conflicts'));
  });

  it('a file that both list and one deletes is gone by name only', async () => {
    await me.use.deleteFile(pets, path('shared.yaml'), context());
    assert.deepEqual(me.plan(orders), ['outgoing shared.yaml']);
    me.ask.answers.set('discard', 'discard');
    await me.use.discard(orders, [path('shared.yaml')], context());
    assert.equal(me.text('shared.yaml'), 'type: string\n');
  });
});

describe('every kind of conflict', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;
  const all = ['both.yaml', 'here.yaml', 'new.yaml', 'there.yaml'].map(path);

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', {
      'openapi.yaml': root('both.yaml', 'here.yaml', 'there.yaml', 'new.yaml'),
      'both.yaml': schema(),
      'here.yaml': schema(),
      'there.yaml': schema(),
    });
    me = new Person([repository]);
    api = await me.connect();
    repository.push('main', {
      'both.yaml': 'theirs: 1\n',
      'here.yaml': 'theirs: 2\n',
      'there.yaml': null,
      'new.yaml': 'theirs: 3\n',
    });
    me.edit('both.yaml', 'mine: 1\n');
    me.files().remove(path('here.yaml'));
    me.edit('there.yaml', 'mine: 2\n');
    me.edit('new.yaml', 'mine: 3\n');
    await me.look(api);
    assert.deepEqual(
      me.plan(api),
      all.map((name) => `conflict ${name}`),
    );
  });

  it('is mine when I say so', async () => {
    await me.use.acceptMine(api, all, context());
    await me.push(api);
    assert.deepEqual(
      all.map((name) => repository.textOf('main', name)),
      ['mine: 1\n', undefined, 'mine: 3\n', 'mine: 2\n'],
    );
    assert.deepEqual(me.plan(api), []);
  });

  it('is theirs when I say so', async () => {
    me.ask.answers.set('acceptTheirs', 'acceptTheirs');
    await me.use.acceptTheirs(api, all, context());
    assert.deepEqual(
      all.map((name) => me.text(name)),
      ['theirs: 1\n', 'theirs: 2\n', 'theirs: 3\n', undefined],
    );
    assert.deepEqual(me.plan(api), []);
  });

  it('is put back to what was agreed on, and then incoming', async () => {
    me.ask.answers.set('discard', 'discard');
    await me.use.discard(api, all, context());
    assert.deepEqual(
      me.plan(api),
      all.map((name) => `incoming ${name}`),
    );
    assert.equal((await me.pull(api)).taken, 4);
  });

  it('comes back when they push again after Accept Mine', async () => {
    await me.use.acceptMine(api, all, context());
    repository.push('main', { 'both.yaml': 'theirs: 9\n' });
    await assert.rejects(me.push(api), fails('conflicts'));
    assert.deepEqual(
      me.plan(api).filter((line) => line.startsWith('conflict')),
      ['conflict both.yaml'],
    );
  });
});

describe('.vscode/apis.json that is edited in the middle', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', { 'openapi.yaml': root('a.yaml'), 'a.yaml': schema() });
    me = new Person([repository, new MemoryRepository('evil', 'evil')]);
    api = await me.connect();
    me.host.calls.length = 0;
  });

  const rewrite = async (change: (text: string) => string): Promise<void> => {
    me.workspace.texts.set(folderUri, change(me.workspace.texts.get(folderUri) ?? ''));
    me.workspace.change();
    await me.engine.start();
  };

  /** Runs `change` while the host is asked for the head. */
  const during = (change: () => Promise<void>): void => {
    const { head } = me.host;
    me.host.head = async (...args) => {
      me.host.head = head;
      const answer = await head.apply(me.host, args);
      await change();
      return answer;
    };
  };

  for (const [what, change] of [
    ['the repository', (text: string): string => text.replaceAll('"id": "repo"', '"id": "evil"')],
    ['the origin', (text: string): string => text.replaceAll('https://memory.example', 'https://evil.example')],
    ['the folder', (text: string): string => text.replaceAll('"folder": "repo"', '"folder": "elsewhere"')],
  ] as const) {
    it(`asks for approval again when ${what} changes, and pushes and pulls nothing`, async () => {
      repository.push('main', { 'a.yaml': 'type: string\n' });
      me.edit('openapi.yaml', `${root('a.yaml')}x: 1\n`);
      for (const work of [() => me.pull(api), () => me.push(api)]) {
        const before = me.workspace.texts.get(folderUri) ?? '';
        during(() => rewrite(change));
        await assert.rejects(work(), fails('notApproved'));
        assert.equal(me.node(api).state, 'unapproved');
        await assert.rejects(me.pull(api), fails('notApproved'));
        assert.equal(me.text('a.yaml'), schema());
        assert.equal(repository.textOf('main', 'openapi.yaml'), root('a.yaml'));
        await rewrite(() => before);
        assert.equal(me.node(api).state, 'connected');
      }
    });
  }

  it('loses nothing while it is broken', async () => {
    me.edit('a.yaml', 'mine: 1\n');
    during(() => rewrite(() => '{ "version": 1, "apis": [ '));
    await assert.rejects(me.push(api), fails('notApproved'));
    assert.equal(me.text('a.yaml'), 'mine: 1\n');
  });

  it('a base that was lost is fetched again, from its own commit', async () => {
    const { blobs, state } = me.storages.at(folderUri, 'repo');
    const base = (await state.load())?.branches.get('main')?.base.get(path('a.yaml'));
    assert.ok(base !== undefined);
    blobs.forget(base.id);
    repository.push('main', { 'a.yaml': `${schema()}theirs: 1\n` });
    me.edit('a.yaml', `mine: 1\n${schema()}`);
    assert.equal((await me.pull(api)).merged, 1);
    assert.equal(me.text('a.yaml'), `mine: 1\n${schema()}theirs: 1\n`);
  });

  it('a damaged state is said, and nothing is guessed or written', async () => {
    const { state } = me.storages.at(folderUri, 'repo');
    state.text = '{ "format": 1';
    me.edit('a.yaml', 'mine: 1\n');
    await me.use.lookAll(context());
    assert.equal(me.node(api).failure?.reason, 'invalidFile');
    await assert.rejects(me.push(api), fails('invalidFile'));
    await assert.rejects(me.pull(api), fails('invalidFile'));
    assert.equal(state.text, '{ "format": 1');
    assert.equal(me.text('a.yaml'), 'mine: 1\n');
  });
});
