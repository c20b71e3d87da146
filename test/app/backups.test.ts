import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MemoryBackups } from '../../src/adapters/memory/memoryBackups.ts';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root, schema } from './definitions.ts';
import { diskPerson } from './diskPerson.ts';
import { context, folderUri, Person } from './person.ts';

const path = (text: string): RepoPath => text as RepoPath;
const fails =
  (...reasons: readonly Failure['reason'][]) =>
  (error: unknown): boolean =>
    Failure.is(error, ...reasons);

function pets(): MemoryRepository {
  const repository = new MemoryRepository('repo', 'repo');
  repository.push('main', {
    'openapi.yaml': root('a.yaml', 'b.yaml', 'c.yaml'),
    'a.yaml': schema(),
    'b.yaml': schema(),
    'c.yaml': schema(),
  });
  return repository;
}

describe('what a person gives up by name', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;
  const three = ['a.yaml', 'b.yaml', 'new.yaml'].map(path);

  beforeEach(async () => {
    repository = pets();
    me = new Person([repository]);
    api = await me.connect();
    for (const kind of ['discard', 'acceptTheirs', 'disconnect'] as const) me.ask.answers.set(kind, kind);
    me.ask.answers.set('deleteBranch', 'delete');
    me.ask.answers.set('switchWithChanges', 'park');
    me.ask.answers.set('pushDeletes', 'push');
  });

  const backups = (): MemoryBackups => me.storages.at(folderUri, 'repo').backups;
  const editThree = (): void => {
    me.edit('openapi.yaml', root('a.yaml', 'b.yaml', 'c.yaml', 'new.yaml'));
    me.edit('a.yaml', 'mine: a\n');
    me.edit('new.yaml', 'mine: new\n');
    me.files().remove(path('b.yaml'));
  };
  const hasThree = (): void => {
    assert.deepEqual(
      [me.text('a.yaml'), me.text('b.yaml'), me.text('new.yaml')],
      ['mine: a\n', undefined, 'mine: new\n'],
    );
  };

  describe('by discarding', () => {
    it('is copied, named and put back by undoing', async () => {
      editThree();
      const done = await me.use.discard(api, three, context());
      assert.deepEqual(me.ask.asked, [{ kind: 'discard', facts: { paths: three } }]);
      assert.deepEqual([me.text('a.yaml'), me.text('b.yaml'), me.text('new.yaml')], [schema(), schema(), undefined]);
      assert.deepEqual(done?.backup, { folder: '.api-source-control/backups/1970-01-01 00-00-01 discard', files: 2 });
      assert.equal(backups().text(done?.backup?.folder ?? '', 'a.yaml'), 'mine: a\n');
      assert.equal(backups().text(done?.backup?.folder ?? '', 'new.yaml'), 'mine: new\n');
      await done?.undo(context());
      hasThree();
      assert.deepEqual(
        me.plan(api),
        [...three, 'openapi.yaml'].map((file) => `outgoing ${file}`),
      );
    });

    it('is not put over what was written, typed or switched to since', async () => {
      editThree();
      const done = await me.use.discard(api, three, context());
      me.edit('a.yaml', 'later: 1\n');
      await assert.rejects(async () => done?.undo(context()), fails('changedMeanwhile'));
      assert.deepEqual([me.text('a.yaml'), me.text('new.yaml')], ['later: 1\n', undefined]);
      me.edit('a.yaml', schema());
      me.editors.dirty.set('a.yaml', 'typing');
      await assert.rejects(async () => done?.undo(context()), fails('unsavedEditors'));
      me.editors.dirty.clear();
      repository.moveTo('other', repository.branches.get('main') as never);
      await me.use.switchBranch(api, 'other', context());
      await assert.rejects(async () => done?.undo(context()), fails('changedMeanwhile'));
      await me.use.switchBranch(api, 'main', context());
      await done?.undo(context());
      assert.equal(me.text('a.yaml'), 'mine: a\n');
    });

    it('stays when the copies cannot be written', async () => {
      editThree();
      backups().refuse = true;
      await assert.rejects(me.use.discard(api, three, context()), fails('writeFailed'));
      hasThree();
    });
  });

  it('by accepting theirs is copied, and undoing brings the conflict back', async () => {
    editThree();
    repository.push('main', { 'a.yaml': 'theirs: a\n', 'b.yaml': 'theirs: b\n', 'new.yaml': 'theirs: new\n' });
    await me.look(api);
    const done = await me.use.acceptTheirs(api, three, context());
    assert.deepEqual([me.text('a.yaml'), me.text('b.yaml')], ['theirs: a\n', 'theirs: b\n']);
    assert.equal(backups().text(done?.backup?.folder ?? '', 'new.yaml'), 'mine: new\n');
    await done?.undo(context());
    hasThree();
    assert.deepEqual(me.plan(api).slice(0, 3), ['conflict a.yaml', 'conflict b.yaml', 'conflict new.yaml']);
  });

  it('by deleting a file is copied when it was never pushed, and only then', async () => {
    me.edit('a.yaml', 'mine: a\n');
    const { backup } = await me.use.deleteFile(api, path('a.yaml'), context());
    assert.equal(backups().text(backup?.folder ?? '', 'a.yaml'), 'mine: a\n');
    assert.deepEqual(await me.use.deleteFile(api, path('c.yaml'), context()), {});
  });

  describe('by deleting a branch', () => {
    beforeEach(async () => {
      repository.push('topic', { 'openapi.yaml': root('a.yaml'), 'a.yaml': 'topic: 1\n' });
      await me.use.switchBranch(api, 'topic', context());
      me.edit('a.yaml', 'parked: 1\n');
      await me.use.switchBranch(api, 'main', context());
      me.ask.asked.length = 0;
    });

    it('is listed and copied, and undoing brings branch and parked work back', async () => {
      const head = repository.branches.get('topic');
      const done = await me.use.deleteBranch(api, 'topic', context());
      assert.deepEqual(me.ask.asked, [
        { kind: 'deleteBranch', facts: { branch: 'topic', repository: 'repo', parked: ['a.yaml'] } },
      ]);
      assert.equal(repository.branches.has('topic'), false);
      assert.equal((await me.state())?.parked, undefined);
      assert.equal(backups().text(done.backup?.folder ?? '', '1 topic/a.yaml'), 'parked: 1\n');
      await done.undo(context());
      assert.equal(repository.branches.get('topic'), head);
      await me.use.switchBranch(api, 'topic', context());
      assert.equal(me.text('a.yaml'), 'parked: 1\n');
      assert.deepEqual(me.plan(api), ['outgoing a.yaml']);
    });

    it('is not brought back over a branch that somebody made since', async () => {
      const done = await me.use.deleteBranch(api, 'topic', context());
      repository.push('topic', { x: '1' });
      await assert.rejects(done.undo(context()), fails('branchExists'));
    });
  });

  describe('by disconnecting', () => {
    beforeEach(async () => {
      repository.moveTo('topic', repository.branches.get('main') as never);
      await me.use.switchBranch(api, 'topic', context());
      me.edit('c.yaml', 'parked: c\n');
      await me.use.switchBranch(api, 'main', context());
      editThree();
      me.ask.asked.length = 0;
    });

    for (const scope of ['forMe', 'forEveryone'] as const) {
      it(`is listed with what is parked, copied, and connected again by undoing (${scope})`, async () => {
        const done = await me.use.disconnect(api, scope, 'Pets', context());
        const unpushed = ['a.yaml', 'b.yaml', 'new.yaml', 'openapi.yaml'];
        const parked = [{ branch: 'topic', paths: ['c.yaml'] }];
        assert.deepEqual(me.ask.asked, [
          { kind: 'disconnect', facts: { api: 'Pets', branch: 'main', unpushed, parked } },
        ]);
        const folder = done.backup?.folder ?? '';
        assert.deepEqual(
          [...(backups().folders.get(folder)?.keys() ?? [])],
          ['a.yaml', 'new.yaml', 'openapi.yaml', '1 topic/c.yaml'],
        );
        assert.equal(me.node(api).state, scope === 'forMe' ? 'unapproved' : 'local');
        hasThree();
        await done.undo(context());
        assert.equal(me.node(api).state, 'connected');
        assert.deepEqual(
          me.plan(api),
          unpushed.map((file) => `outgoing ${file}`),
        );
        await me.use.switchBranch(api, 'topic', context());
        assert.equal(me.text('c.yaml'), 'parked: c\n');
      });
    }

    it('stays connected when the person would rather not, or the copies cannot be written', async () => {
      me.ask.answers.delete('disconnect');
      await assert.rejects(me.use.disconnect(api, 'forEveryone', 'Pets', context()), fails('cancelled'));
      assert.equal(me.node(api).state, 'connected');
      me.ask.answers.set('disconnect', 'disconnect');
      backups().refuse = true;
      await assert.rejects(me.use.disconnect(api, 'forEveryone', 'Pets', context()), fails('writeFailed'));
      assert.equal(me.node(api).state, 'connected');
    });

    it('asks nothing where everything was pushed', async () => {
      await me.use.switchBranch(api, 'topic', context());
      await me.push(api);
      await me.use.switchBranch(api, 'main', context());
      await me.push(api);
      me.ask.asked.length = 0;
      assert.equal((await me.use.disconnect(api, 'forMe', 'Pets', context())).backup, undefined);
      assert.deepEqual(me.ask.asked, []);
    });
  });

  it('by pushing is copied when it is most of the API, and undoing brings the files back as changes', async () => {
    for (const file of ['openapi.yaml', 'a.yaml', 'b.yaml']) me.files().remove(path(file));
    const { deleted } = await me.use.push(api, 'Less', context());
    assert.equal(repository.textOf('main', 'a.yaml'), undefined);
    assert.equal(backups().text(deleted?.backup?.folder ?? '', 'openapi.yaml'), root('a.yaml', 'b.yaml', 'c.yaml'));
    await deleted?.undo(context());
    assert.equal(me.text('a.yaml'), schema());
    assert.deepEqual(me.plan(api), ['outgoing a.yaml', 'outgoing b.yaml', 'outgoing openapi.yaml']);
    assert.equal((await me.push(api, 'More')).deleted, undefined);
    assert.equal(repository.textOf('main', 'a.yaml'), schema());
  });

  it('is a folder on the disk that ignores itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'backups-'));
    try {
      const person = diskPerson(pets(), folder);
      person.ask.answers.set('discard', 'discard');
      const key = await person.connect({ workspaceFolder: pathToFileURL(folder).href });
      await writeFile(join(folder, 'repo', 'a.yaml'), 'mine: a\r\n');
      const done = await person.use.discard(key, [path('a.yaml')], context());
      const at = join(folder, 'repo', done?.backup?.folder ?? '');
      assert.deepEqual(readdirSync(at), ['a.yaml']);
      assert.equal(readFileSync(join(at, 'a.yaml'), 'utf8'), 'mine: a\r\n');
      assert.equal(readFileSync(join(folder, 'repo/.api-source-control/.gitignore'), 'utf8'), '*\n');
      await done?.undo(context());
      assert.equal(readFileSync(join(folder, 'repo', 'a.yaml'), 'utf8'), 'mine: a\r\n');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
