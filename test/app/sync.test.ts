import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { collection, root, schema } from './definitions.ts';
import { context, Person, request } from './person.ts';

const path = (text: string): RepoPath => text as RepoPath;
const fails =
  (...reasons: readonly Failure['reason'][]) =>
  (error: unknown): boolean =>
    Failure.is(error, ...reasons);

describe('sync promises', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', {
      'openapi.yaml': root('schemas/pet.yaml'),
      'schemas/pet.yaml': schema('tag.yaml'),
      'schemas/tag.yaml': schema(),
      'other.txt': 'not ours\n',
    });
    me = new Person([repository]);
    api = await me.connect();
    me.host.calls.length = 0;
  });

  describe('1 no edit is lost', () => {
    it('takes what a teammate changed and keeps what was changed here', async () => {
      repository.push('main', { 'schemas/tag.yaml': 'type: string\n' });
      me.edit('schemas/pet.yaml', `${schema('tag.yaml')}description: mine\n`);
      assert.deepEqual(await me.pull(api), { taken: 1, merged: 0, conflicts: [] });
      assert.equal(me.text('schemas/tag.yaml'), 'type: string\n');
      assert.deepEqual(me.plan(api), ['outgoing schemas/pet.yaml']);
    });

    it('merges where both changed other lines, and shows the rest as outgoing', async () => {
      repository.push('main', { 'schemas/tag.yaml': 'title: theirs\ntype: object\na: 1\nb: 2\nc: 3\n' });
      await me.pull(api);
      repository.push('main', { 'schemas/tag.yaml': 'title: THEIRS\ntype: object\na: 1\nb: 2\nc: 3\n' });
      me.edit('schemas/tag.yaml', 'title: theirs\ntype: object\na: 1\nb: 2\nc: MINE\n');
      await me.look(api);
      assert.equal(me.sync(api).conflicts, 0);
      assert.deepEqual(await me.pull(api), { taken: 0, merged: 1, conflicts: [] });
      assert.equal(me.text('schemas/tag.yaml'), 'title: THEIRS\ntype: object\na: 1\nb: 2\nc: MINE\n');
      assert.deepEqual(me.plan(api), ['outgoing schemas/tag.yaml']);
    });

    it('leaves a conflict as it is, takes the others, and says so', async () => {
      repository.push('main', { 'schemas/tag.yaml': 'type: string\n', 'schemas/pet.yaml': schema() });
      me.edit('schemas/tag.yaml', 'type: number\n');
      const result = await me.pull(api);
      assert.deepEqual(result, { taken: 1, merged: 0, conflicts: ['schemas/tag.yaml'] });
      assert.equal(me.text('schemas/tag.yaml'), 'type: number\n');
      assert.equal(me.text('schemas/pet.yaml'), schema());
    });

    it('deletes nothing when a teammate only drops a reference', async () => {
      repository.push('main', { 'schemas/pet.yaml': schema() });
      await me.pull(api);
      assert.equal(me.text('schemas/tag.yaml'), schema());
      const tag = me.node(api).definition?.files.find((file) => file.path === 'schemas/tag.yaml');
      assert.deepEqual(tag, { path: 'schemas/tag.yaml', role: 'unreferenced', presence: 'here' });
      me.edit('schemas/tag.yaml', 'title: still ours\n');
      await me.look(api);
      assert.deepEqual(me.plan(api), ['outgoing schemas/tag.yaml']);
    });

    it('keeps a file that a teammate deleted and I changed', async () => {
      repository.push('main', { 'schemas/tag.yaml': null });
      me.edit('schemas/tag.yaml', 'type: number\n');
      assert.deepEqual((await me.pull(api)).conflicts, ['schemas/tag.yaml']);
      assert.equal(me.text('schemas/tag.yaml'), 'type: number\n');
    });

    it('deletes what a teammate deleted and I did not touch', async () => {
      repository.push('main', { 'schemas/tag.yaml': null, 'schemas/pet.yaml': schema() });
      await me.pull(api);
      assert.equal(me.text('schemas/tag.yaml'), undefined);
      assert.deepEqual(me.plan(api), []);
    });

    it('never overwrites a new local file whose path exists in the repository', async () => {
      repository.push('main', { 'schemas/new.yaml': 'theirs: 1\n' });
      me.edit('schemas/new.yaml', 'mine: 1\n');
      me.edit('schemas/tag.yaml', schema('new.yaml'));
      await me.look(api);
      assert.deepEqual(me.plan(api), ['conflict schemas/new.yaml', 'outgoing schemas/tag.yaml']);
      await assert.rejects(me.push(api), fails('conflicts'));
      await me.pull(api);
      assert.equal(me.text('schemas/new.yaml'), 'mine: 1\n');
      assert.equal(repository.textOf('main', 'schemas/new.yaml'), 'theirs: 1\n');
    });

    it('keeps the edits of two people who push in turns', async () => {
      const rounds = process.env['LONG'] === undefined ? 10 : 100;
      const other = new Person([repository]);
      const theirs = await other.connect();
      for (let round = 0; round < rounds; round++) {
        me.edit(`schemas/tag.yaml`, `type: object\nround: ${String(round)}\n`);
        other.edit('schemas/pet.yaml', `${schema('tag.yaml')}x-round: ${String(round)}\n`);
        await Promise.all([me.push(api, `mine ${String(round)}`), other.push(theirs, `theirs ${String(round)}`)]);
        assert.equal(repository.textOf('main', 'schemas/tag.yaml'), `type: object\nround: ${String(round)}\n`);
        assert.ok(repository.textOf('main', 'schemas/pet.yaml')?.endsWith(`x-round: ${String(round)}\n`));
        await Promise.all([me.pull(api), other.pull(theirs)]);
        assert.equal(other.text('schemas/tag.yaml'), me.text('schemas/tag.yaml'));
        assert.equal(other.text('schemas/pet.yaml'), me.text('schemas/pet.yaml'));
      }
      const head = repository.branches.get('main');
      assert.equal(head === undefined ? 0 : repository.history(head).length, 1 + 2 * rounds);
    });
  });

  describe('2 push is compare-and-swap', () => {
    it('plans again when somebody was faster elsewhere', async () => {
      me.edit('schemas/tag.yaml', 'type: number\n');
      me.host.faults.beforeCommit = () => void repository.push('main', { 'schemas/pet.yaml': schema() });
      assert.deepEqual(await me.push(api), { files: 1, branch: 'main', landedOnNewerHead: false });
      assert.equal(repository.textOf('main', 'schemas/tag.yaml'), 'type: number\n');
      assert.equal(repository.textOf('main', 'schemas/pet.yaml'), schema());
      assert.deepEqual(me.plan(api), ['incoming schemas/pet.yaml']);
    });

    it('stops when somebody was faster in the same file', async () => {
      me.edit('schemas/tag.yaml', 'type: number\n');
      me.host.faults.beforeCommit = () => void repository.push('main', { 'schemas/tag.yaml': 'type: string\n' });
      await assert.rejects(me.push(api), fails('conflicts'));
      assert.equal(repository.textOf('main', 'schemas/tag.yaml'), 'type: string\n');
      assert.deepEqual(me.plan(api), ['conflict schemas/tag.yaml']);
      assert.equal((await me.state())?.intent, undefined);
    });

    it('asks to pull first where both sides can be joined', async () => {
      repository.push('main', { 'schemas/tag.yaml': 'a: 1\nb: 2\nc: 3\nd: 4\n' });
      await me.pull(api);
      repository.push('main', { 'schemas/tag.yaml': 'a: 9\nb: 2\nc: 3\nd: 4\n' });
      me.edit('schemas/tag.yaml', 'a: 1\nb: 2\nc: 3\nd: 9\n');
      await assert.rejects(me.push(api), fails('incomingOverlap'));
      await me.pull(api);
      await me.push(api);
      assert.equal(repository.textOf('main', 'schemas/tag.yaml'), 'a: 9\nb: 2\nc: 3\nd: 9\n');
    });
  });

  describe('3 pull is all or nothing', () => {
    it('changes no file and no base when a write is refused', async () => {
      repository.push('main', { 'schemas/tag.yaml': 'type: string\n', 'schemas/pet.yaml': schema() });
      me.files().failAfterWrites(1);
      await assert.rejects(me.pull(api), fails('writeFailed'));
      assert.equal(me.text('schemas/tag.yaml'), schema());
      assert.equal(me.text('schemas/pet.yaml'), schema('tag.yaml'));
      assert.deepEqual(me.plan(api), ['incoming schemas/pet.yaml', 'incoming schemas/tag.yaml']);
      assert.equal((await me.pull(api)).taken, 2);
    });

    it('sees what it wrote when it died before the base moved', async () => {
      repository.push('main', { 'schemas/tag.yaml': 'type: string\n' });
      const { state } = me.storages.at('file:///work', 'repo');
      const before = state.text;
      await me.pull(api);
      state.text = before;
      const again = me.restarted();
      await again.engine.start();
      await again.use.lookAll(context());
      assert.deepEqual(again.plan(api), ['converged schemas/tag.yaml']);
      assert.equal((await again.pull(api)).conflicts.length, 0);
      assert.deepEqual(again.plan(api), []);
    });
  });

  describe('4 only what was seen', () => {
    it('pushes only files of the API', async () => {
      repository.push('main', { 'orders.yaml': root() });
      const orders = await me.connect({ name: 'Orders', rootFile: 'orders.yaml' });
      me.edit('schemas/tag.yaml', 'type: number\n');
      me.edit('orders.yaml', `${root()}x: 1\n`);
      me.edit('other.txt', 'nobody asked\n');
      await me.push(api);
      assert.equal(repository.textOf('main', 'schemas/tag.yaml'), 'type: number\n');
      assert.equal(repository.textOf('main', 'orders.yaml'), root());
      assert.equal(repository.textOf('main', 'other.txt'), 'not ours\n');
      assert.deepEqual(me.plan(orders), ['outgoing orders.yaml']);
    });

    for (const hostile of [
      '.git/config',
      'postman/collections/../../../evil.json',
      'postman/collections/.git/x.json',
    ]) {
      it(`refuses ${hostile} by name, before anything is written`, async () => {
        repository.push('main', {
          'schemas/tag.yaml': 'type: string\n',
          'openapi.yaml': root('schemas/pet.yaml', '.git/config'),
          [hostile]: hostile.startsWith('.git') ? 'core: 1\n' : collection('evil'),
        });
        const refused = (error: unknown): boolean =>
          Failure.is(error, 'unsafePath') && (error.facts.paths ?? []).includes(hostile);
        await assert.rejects(me.pull(api), refused);
        assert.equal(me.text('schemas/tag.yaml'), schema());
        await assert.rejects(new Person([repository]).connect(), refused);
      });
    }

    it('refuses a name that the platform takes for another one of the folder', async () => {
      const mac = new Person([repository], { platform: 'mac' });
      const theirs = await mac.connect();
      repository.push('main', {
        'openapi.yaml': root('schemas/pet.yaml', 'Schemas/PET.yaml'),
        'Schemas/PET.yaml': schema(),
      });
      await assert.rejects(
        mac.pull(theirs),
        (error) => Failure.is(error, 'unsafePath') && (error.facts.paths ?? []).includes('Schemas/PET.yaml'),
      );
      assert.equal(mac.text('openapi.yaml'), root('schemas/pet.yaml'));
      assert.equal((await me.pull(api)).taken, 2);
    });

    it('ignores a hostile name that is none of its files', async () => {
      repository.push('main', { '../evil.yaml': 'x: 1\n', 'schemas/tag.yaml': 'type: string\n' });
      assert.equal((await me.pull(api)).taken, 1);
      assert.equal(me.text('../evil.yaml'), undefined);
    });

    it('never writes links and submodules', async () => {
      repository.push('main', {
        'openapi.yaml': root('schemas/pet.yaml', 'link.yaml'),
        'link.yaml': { kind: 'link', content: '/etc/passwd' },
        sub: { kind: 'submodule', content: '' },
      });
      await me.pull(api);
      assert.equal(me.text('link.yaml'), undefined);
      assert.deepEqual(
        me.node(api).definition?.references.map(({ target }) => target),
        ['link.yaml'],
      );
    });
  });

  describe('5 bytes are sacred', () => {
    it('keeps BOM, CRLF, a missing final newline and the mode through pull and push', async () => {
      const bytes = Buffer.from('\ufefftype: object\r\nx: 1\r\n  # odd', 'utf8');
      repository.push('main', { 'schemas/tag.yaml': { kind: 'executable', content: bytes } });
      await me.pull(api);
      assert.deepEqual(Buffer.from((await me.files().read(path('schemas/tag.yaml'))) ?? []), bytes);
      assert.equal(me.files().modeOf(path('schemas/tag.yaml')), 'executable');
      const mine = Buffer.concat([bytes, Buffer.from('\r\ny: 2')]);
      me.files().edit(path('schemas/tag.yaml'), mine);
      await me.push(api);
      const head = repository.branches.get('main');
      const file = head === undefined ? undefined : repository.commitAt(head)?.files.get(path('schemas/tag.yaml'));
      assert.deepEqual(Buffer.from(file?.bytes ?? []), mine);
      assert.equal(file?.kind, 'executable');
    });
  });

  describe('6 a lost answer is not a retry', () => {
    const commits = (): number => {
      const head = repository.branches.get('main');
      return head === undefined ? 0 : repository.history(head).length;
    };

    it('finds the commit that was taken, and sends no other', async () => {
      me.edit('schemas/tag.yaml', 'type: number\n');
      me.host.faults.loseAnswer = 'after';
      assert.equal((await me.push(api, 'Mine')).files, 1);
      assert.equal(commits(), 2);
      assert.equal(me.host.calls.filter((call) => call === 'commit').length, 1);
      assert.deepEqual(me.plan(api), []);
      assert.equal((await me.state())?.intent, undefined);
    });

    it('keeps the edits outgoing when nothing was taken, and sends nothing again by itself', async () => {
      me.edit('schemas/tag.yaml', 'type: number\n');
      me.host.faults.loseAnswer = 'before';
      await assert.rejects(me.push(api), fails('answerLost'));
      assert.equal(me.host.calls.filter((call) => call === 'commit').length, 1);
      assert.equal((await me.state())?.intent, undefined);
      await me.look(api);
      assert.deepEqual(me.plan(api), ['outgoing schemas/tag.yaml']);
      await me.push(api);
      assert.equal(commits(), 2);
    });

    const inDoubt = async (lost: 'before' | 'after'): Promise<void> => {
      me.edit('schemas/tag.yaml', 'type: number\n');
      me.host.faults.loseAnswer = lost;
      me.host.faults.beforeCommit = () => void (me.host.faults.offline = true);
      await assert.rejects(me.push(api, 'Mine'), fails('pushInDoubt'));
      assert.equal(me.sync(api).inDoubt, true);
    };

    it('is in doubt while the head cannot be read, and Push stays off', async () => {
      await inDoubt('after');
      await assert.rejects(me.push(api), fails('offline', 'pushInDoubt'));
      await assert.rejects(me.use.settlePush(api, context()), fails('offline'));
      me.host.faults.offline = false;
      assert.equal(await me.use.settlePush(api, context()), 'landed');
      assert.equal(me.sync(api).inDoubt, false);
      assert.deepEqual(me.plan(api), []);
      assert.equal(commits(), 2);
    });

    it('settles after a restart, even when somebody pushed on top', async () => {
      await inDoubt('after');
      repository.push('main', { 'other.txt': 'later\n' });
      me.host.faults.offline = false;
      const again = me.restarted();
      await again.engine.start();
      await again.use.lookAll(context());
      assert.equal(again.sync(api).inDoubt, false);
      assert.deepEqual(again.plan(api), []);
      assert.equal(commits(), 3);
    });

    it('settles as not landed', async () => {
      await inDoubt('before');
      me.host.faults.offline = false;
      assert.equal(await me.use.settlePush(api, context()), 'notLanded');
      assert.deepEqual(me.plan(api), ['outgoing schemas/tag.yaml']);
      assert.equal(commits(), 1);
    });

    it('takes no commit with another content for ours', async () => {
      await inDoubt('before');
      repository.push('main', { 'schemas/tag.yaml': 'type: string\n' }, 'Mine');
      me.host.faults.offline = false;
      assert.equal(await me.use.settlePush(api, context()), 'notLanded');
      assert.deepEqual(me.plan(api), ['conflict schemas/tag.yaml']);
    });

    it('finds the commit on top of a teammate’s, where heads are not compared', async () => {
      me = new Person([repository], { landsOnNewerHead: true });
      api = await me.connect();
      me.edit('schemas/tag.yaml', 'type: number\n');
      me.host.faults.beforeCommit = () => void repository.push('main', { 'schemas/pet.yaml': 'type: string\n' });
      me.host.faults.loseAnswer = 'after';
      assert.deepEqual(await me.push(api, 'Mine'), { files: 1, branch: 'main', landedOnNewerHead: true });
      assert.equal(commits(), 3);
      assert.deepEqual(me.plan(api), ['incoming schemas/pet.yaml']);
      assert.equal((await me.state())?.intent, undefined);
    });

    it('takes no commit on another parent for ours, where heads are compared', async () => {
      await inDoubt('before');
      repository.push('main', { 'other.txt': 'later\n' });
      repository.push('main', { 'schemas/tag.yaml': 'type: number\n' }, 'Mine');
      me.host.faults.offline = false;
      assert.equal(await me.use.settlePush(api, context()), 'notLanded');
    });

    it('is in no doubt where it was cancelled before anything was sent, and is where something was', async () => {
      me.edit('schemas/tag.yaml', 'type: number\n');
      const cancel = async (facts: Failure['facts']): Promise<boolean | undefined> => {
        const stop = new AbortController();
        me.host.commit = () => {
          stop.abort();
          return Promise.reject(new Failure('cancelled', facts));
        };
        await assert.rejects(me.use.push(api, 'Mine', context(stop.signal)), fails('cancelled'));
        return me.sync(api).inDoubt;
      };
      assert.equal(await cancel({ unsent: true }), false);
      assert.equal((await me.state())?.intent, undefined);
      assert.equal(await cancel({}), true);
    });

    it('drops the intent when the host says no', async () => {
      me.edit('schemas/tag.yaml', 'type: number\n');
      me.host.faults.refusePush = 'protectedBranch';
      await assert.rejects(me.push(api), fails('protectedBranch'));
      assert.equal((await me.state())?.intent, undefined);
      assert.equal(me.sync(api).inDoubt, false);
    });
  });

  describe('7 offline is ordinary', () => {
    it('shows what changed here against the base, after a restart too', async () => {
      me.host.faults.offline = true;
      me.edit('schemas/tag.yaml', 'type: number\n');
      const again = me.restarted();
      await again.engine.start();
      await again.use.lookAll(context());
      assert.deepEqual(again.plan(api), ['outgoing schemas/tag.yaml']);
      assert.equal(again.node(api).failure?.reason, 'offline');
      assert.equal(
        Buffer.from((await again.use.contents(api, path('schemas/tag.yaml'), 'base')) ?? []).toString(),
        schema(),
      );
      again.host.faults.offline = false;
      await again.look(api);
      assert.equal(again.node(api).failure, undefined);
    });

    it('leaves everything as it was when something needs the network', async () => {
      me.edit('schemas/tag.yaml', 'type: number\n');
      repository.push('main', { 'schemas/pet.yaml': schema() });
      await me.look(api);
      const plan = me.plan(api);
      me.host.faults.offline = true;
      const state = me.storages.at('file:///work', 'repo').state.text;
      await assert.rejects(me.pull(api), fails('offline'));
      await assert.rejects(me.push(api), fails('offline'));
      await assert.rejects(me.use.switchBranch(api, 'develop', context()), fails('offline'));
      assert.deepEqual(me.plan(api), plan);
      assert.equal(me.storages.at('file:///work', 'repo').state.text, state);
    });

    it('discards and resolves', async () => {
      repository.push('main', { 'schemas/tag.yaml': 'type: string\n' });
      me.edit('schemas/tag.yaml', 'type: number\n');
      me.edit('schemas/pet.yaml', 'type: array\n');
      await me.look(api);
      me.host.faults.offline = true;
      me.ask.answers.set('discard', 'discard');
      await me.use.discard(api, [path('schemas/pet.yaml')], context());
      await me.use.acceptMine(api, [path('schemas/tag.yaml')], context());
      assert.equal(me.text('schemas/pet.yaml'), schema('tag.yaml'));
      assert.deepEqual(me.plan(api), ['outgoing schemas/tag.yaml']);
    });
  });

  describe('8 an unsaved editor is an edit', () => {
    it('goes along with a push, once it is saved', async () => {
      me.editors.dirty.set('schemas/tag.yaml', 'type: number\n');
      await assert.rejects(me.push(api), fails('cancelled'));
      me.ask.answers.set('unsavedBeforePush', 'saveAndPush');
      await me.push(api);
      assert.equal(repository.textOf('main', 'schemas/tag.yaml'), 'type: number\n');
    });

    it('stops pull, switch, discard and Accept Theirs before the first byte', async () => {
      const named = (error: unknown): boolean =>
        Failure.is(error, 'unsavedEditors') && (error.facts.paths ?? []).includes(path('schemas/tag.yaml'));
      repository.moveTo('develop', repository.branches.get('main') as never);
      repository.push('main', { 'schemas/tag.yaml': 'type: string\n', 'schemas/pet.yaml': schema() });
      me.editors.dirty.set('schemas/tag.yaml', 'type: number\n');
      await assert.rejects(me.pull(api), named);
      assert.equal(me.text('schemas/pet.yaml'), schema('tag.yaml'));
      await assert.rejects(me.use.switchBranch(api, 'develop', context()), named);
      me.edit('schemas/tag.yaml', 'type: boolean\n');
      await me.look(api);
      await assert.rejects(me.use.discard(api, [path('schemas/tag.yaml')], context()), named);
      await assert.rejects(me.use.acceptTheirs(api, [path('schemas/tag.yaml')], context()), named);
      await assert.rejects(me.use.markResolved(api, [path('schemas/tag.yaml')], context()), named);
      assert.equal(me.text('schemas/tag.yaml'), 'type: boolean\n');
    });
  });

  it('fetches a file that a new reference names and that is only in the repository', async () => {
    repository.push('main', { 'schemas/owner.yaml': schema('address.yaml'), 'schemas/address.yaml': schema() });
    await me.pull(api);
    me.edit('schemas/pet.yaml', schema('tag.yaml', 'owner.yaml'));
    await me.look(api);
    assert.deepEqual(me.plan(api), [
      'incoming schemas/address.yaml',
      'incoming schemas/owner.yaml',
      'outgoing schemas/pet.yaml',
    ]);
    assert.deepEqual(me.node(api).definition?.references, []);
    assert.equal((await me.pull(api)).taken, 2);
    assert.equal(me.text('schemas/address.yaml'), schema());
  });

  it('finds new local files at any depth', async () => {
    for (let level = 0; level < 15; level++) me.edit(`new/${String(level)}.yaml`, schema(`${String(level + 1)}.yaml`));
    me.edit('new/15.yaml', schema());
    me.edit('schemas/tag.yaml', schema('../new/0.yaml'));
    await me.look(api);
    assert.equal(me.sync(api).outgoing, 17);
    await me.push(api);
    assert.equal(repository.textOf('main', 'new/15.yaml'), schema());
  });

  it('asks the host once when nothing is new, however many APIs look', async () => {
    repository.push('main', { 'orders.yaml': root() });
    await me.connect({ name: 'Orders', rootFile: 'orders.yaml' });
    me.host.calls.length = 0;
    await me.use.lookAll(context());
    assert.deepEqual(me.host.calls, ['head']);
  });

  it('asks once as well while something waits to be pulled', async () => {
    repository.push('main', { 'schemas/tag.yaml': 'type: string\n' });
    await me.look(api);
    me.host.calls.length = 0;
    await me.look(api);
    assert.deepEqual(me.host.calls, ['head']);
    assert.equal(me.sync(api).standing, 'moved');
  });

  it('pushes with one look and one commit', async () => {
    me.edit('schemas/tag.yaml', 'type: number\n');
    await me.push(api);
    assert.deepEqual(me.host.calls, ['head', 'commit']);
    await me.look(api);
    assert.deepEqual(me.host.calls, ['head', 'commit', 'head']);
  });

  it('has nothing to push, and says so', async () => {
    await assert.rejects(me.push(api), fails('nothingToPush'));
    await assert.rejects(me.push(api, ' \n'), fails('emptyMessage'));
  });

  it('asks before it deletes the root file in the repository', async () => {
    me.files().remove(path('openapi.yaml'));
    await assert.rejects(me.push(api), fails('cancelled'));
    assert.deepEqual(
      me.ask.asked.map(({ kind }) => kind),
      ['pushDeletes'],
    );
    me.ask.answers.set('pushDeletes', 'push');
    await me.push(api);
    assert.equal(repository.textOf('main', 'openapi.yaml'), undefined);
  });

  it('says that a branch was rewritten, and compares again once told to', async () => {
    const start = repository.history(repository.branches.get('main') as never).at(-1);
    repository.push('main', { 'schemas/tag.yaml': 'type: string\n' });
    await me.pull(api);
    repository.moveTo('main', start?.id as never);
    repository.push('main', { 'schemas/pet.yaml': schema() });
    await me.look(api);
    assert.equal(me.sync(api).standing, 'rewritten');
    await assert.rejects(me.pull(api), fails('cancelled'));
    me.ask.answers.set('rewrittenBranch', 'compareAgain');
    await me.pull(api);
    assert.equal(me.text('schemas/tag.yaml'), schema());
    assert.equal(me.sync(api).standing, 'upToDate');
  });

  it('keeps everything when a teammate deletes the branch; a new one starts where it was', async () => {
    me.edit('schemas/tag.yaml', 'type: number\n');
    repository.branches.delete('main');
    repository.push('trunk', { 'x.txt': '' });
    await me.look(api);
    assert.equal(me.sync(api).standing, 'deleted');
    assert.deepEqual(me.plan(api), ['outgoing schemas/tag.yaml']);
    await assert.rejects(me.pull(api), fails('branchDeleted'));
    await assert.rejects(me.push(api), fails('branchDeleted'));
    me.ask.answers.set('switchWithChanges', 'takeAlong');
    await me.use.createBranch(api, 'main-again', 'main', context());
    await me.push(api);
    assert.equal(repository.textOf('main-again', 'schemas/tag.yaml'), 'type: number\n');
  });

  it('keeps two branches of a repository in two folders', async () => {
    repository.push('develop', { 'openapi.yaml': root() });
    const second = await me.connect({ name: 'Next', branch: 'develop', localFolder: 'next' });
    me.edit('openapi.yaml', `${root()}x: 1\n`, 'next');
    await me.use.push(second, 'Next', context());
    assert.equal(repository.textOf('develop', 'openapi.yaml'), `${root()}x: 1\n`);
    assert.deepEqual(me.plan(api), []);
    await assert.rejects(me.connect({ name: 'Third', branch: 'develop' }), fails('folderInUse'));
    assert.deepEqual(await me.use.checkConnect(request({ name: 'Third', branch: 'develop' }), context()), [
      { field: 'localFolder', reason: 'folderHasOtherCheckout', detail: 'main' },
    ]);
  });
});
