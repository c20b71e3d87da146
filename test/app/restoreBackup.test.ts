import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MemoryBackups } from '../../src/adapters/memory/memoryBackups.ts';
import type { ApiKey } from '../../src/app/apiNode.ts';
import type { RestoredBackup } from '../../src/app/backup/restoreBackup.ts';
import { Failure } from '../../src/core/errors.ts';
import type { KeptBackup } from '../../src/core/model/keptBackup.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root, schema } from './definitions.ts';
import { diskPerson } from './diskPerson.ts';
import { context, folderUri, Person } from './person.ts';

const path = (text: string): RepoPath => text as RepoPath;
const place = { workspaceFolder: folderUri, folder: 'repo' };
const fails =
  (...reasons: readonly Failure['reason'][]) =>
  (error: unknown): boolean =>
    Failure.is(error, ...reasons);

function pets(): MemoryRepository {
  const repository = new MemoryRepository('repo', 'repo');
  repository.push('main', { 'openapi.yaml': root('a.yaml', 'b.yaml'), 'a.yaml': schema(), 'b.yaml': schema() });
  return repository;
}

describe('restoring a backup', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = pets();
    me = new Person([repository]);
    api = await me.connect();
    for (const kind of ['discard', 'acceptTheirs', 'disconnect'] as const) me.ask.answers.set(kind, kind);
    me.ask.answers.set('deleteBranch', 'delete');
    me.ask.answers.set('switchWithChanges', 'park');
    me.ask.answers.set('pushDeletes', 'push');
    me.ask.answers.set('restoreBackup', 'replace');
  });

  const backups = (): MemoryBackups => me.storages.at(folderUri, 'repo').backups;
  const newest = async (): Promise<KeptBackup> => {
    const [backup] = await me.use.backups(place);
    assert.ok(backup);
    return backup;
  };
  const restore = async (backup: KeptBackup, ...only: readonly string[]): Promise<RestoredBackup> => {
    const files = backup.files.filter((file) => only.length === 0 || only.includes(file.path));
    return me.use.restoreBackup(place, backup, files, context());
  };
  /** Two edits are discarded, one of a file that was never pushed. */
  const discardTwo = async (): Promise<void> => {
    me.edit('openapi.yaml', root('a.yaml', 'b.yaml', 'new.yaml'));
    me.edit('a.yaml', 'mine: a\n');
    me.edit('new.yaml', 'mine: new\n');
    await me.use.discard(api, ['a.yaml', 'new.yaml'].map(path), context());
    me.ask.asked.length = 0;
  };
  const edits = (): readonly unknown[] => [me.text('a.yaml'), me.text('new.yaml')];

  it('is offered newest first, with when, why, the branch and the files', async () => {
    assert.deepEqual(await me.use.backups(place), []);
    await discardTwo();
    me.clock.advance(60_000);
    me.edit('b.yaml', 'mine: b\n');
    await me.use.deleteFile(api, path('b.yaml'), context());
    const mode = 'regular';
    assert.deepEqual(await me.use.backups(place), [
      {
        name: '1970-01-01 00-01-01 delete-file',
        reason: 'delete-file',
        time: 61_000,
        branch: 'main',
        files: [{ path: 'b.yaml', copy: 'b.yaml', mode }],
      },
      {
        name: '1970-01-01 00-00-01 discard',
        reason: 'discard',
        time: 1_000,
        branch: 'main',
        files: [
          { path: 'a.yaml', copy: 'a.yaml', mode },
          { path: 'new.yaml', copy: 'new.yaml', mode },
        ],
      },
    ]);
  });

  it('outlives its undoing and the window, and makes changes of the files again', async () => {
    await discardTwo();
    me = me.restarted();
    me.ask.answers.set('restoreBackup', 'replace');
    await me.engine.start();
    const { restored, same, done } = await restore(await newest());
    assert.deepEqual([restored, same], [['a.yaml', 'new.yaml'], 0]);
    assert.deepEqual(edits(), ['mine: a\n', 'mine: new\n']);
    assert.deepEqual(me.plan(api), ['outgoing a.yaml', 'outgoing new.yaml', 'outgoing openapi.yaml']);
    assert.deepEqual(me.ask.asked, [{ kind: 'restoreBackup', facts: { paths: ['a.yaml'] } }]);
    await done?.undo(context());
    assert.deepEqual(edits(), [schema(), undefined]);
  });

  it('takes only the files that were chosen, and leaves alone what is the same already', async () => {
    await discardTwo();
    const backup = await newest();
    assert.deepEqual((await restore(backup, 'new.yaml')).restored, ['new.yaml']);
    assert.deepEqual(me.ask.asked, [], 'nothing is replaced');
    assert.deepEqual(edits(), [schema(), 'mine: new\n']);
    const again = await restore(backup);
    assert.deepEqual([again.restored, again.same], [['a.yaml'], 1]);
    me.editors.dirty.set('a.yaml', 'typing');
    const third = await restore(backup);
    assert.deepEqual(third, { restored: [], same: 2 }, 'and an editor of such a file is in nobody’s way');
  });

  it('copies what it replaces, which can be restored in turn', async () => {
    await discardTwo();
    const first = await newest();
    me.edit('a.yaml', 'later: a\n');
    me.clock.advance(1_000);
    const { done } = await restore(first);
    assert.equal(backups().text(done?.backup?.folder ?? '', 'a.yaml'), 'later: a\n');
    const second = await newest();
    assert.deepEqual([second.reason, second.files.map((file) => file.path)], ['restore', ['a.yaml']]);
    await restore(second);
    assert.deepEqual(edits(), ['later: a\n', 'mine: new\n']);
  });

  it('writes nothing when the person would rather not, an editor is unsaved, or the copies cannot be written', async () => {
    await discardTwo();
    const backup = await newest();
    const untouched = [schema(), undefined];
    me.ask.answers.delete('restoreBackup');
    await assert.rejects(restore(backup), fails('cancelled'));
    assert.deepEqual(edits(), untouched);
    me.ask.answers.set('restoreBackup', 'replace');
    me.editors.dirty.set('new.yaml', 'typing');
    await assert.rejects(restore(backup), fails('unsavedEditors'));
    assert.deepEqual(edits(), untouched);
    me.editors.dirty.clear();
    backups().refuse = true;
    await assert.rejects(restore(backup), fails('writeFailed'));
    assert.deepEqual(edits(), untouched);
  });

  it('stops at what was typed or written while it asked', async () => {
    await discardTwo();
    const backup = await newest();
    const whileAsked = async (happens: () => void, reason: Failure['reason']): Promise<void> => {
      me.ask.ask = () => {
        happens();
        return Promise.resolve('replace' as never);
      };
      await assert.rejects(restore(backup), fails(reason));
    };
    await whileAsked(() => me.editors.dirty.set('a.yaml', 'typing'), 'unsavedEditors');
    me.editors.dirty.clear();
    await whileAsked(() => me.edit('a.yaml', 'later: a\n'), 'changedMeanwhile');
    assert.deepEqual(edits(), ['later: a\n', undefined]);
  });

  it('is all or nothing: a write that is refused takes back the others', async () => {
    await discardTwo();
    const { files, journal } = me.storages.at(folderUri, 'repo');
    const apply = files.apply.bind(files);
    files.apply = async (changes, signal) => {
      if (changes.length > 1) {
        await apply(changes.slice(0, 1), signal);
        throw new Failure('writeFailed');
      }
      await apply(changes, signal);
    };
    await assert.rejects(restore(await newest()), fails('writeFailed'));
    assert.deepEqual(edits(), [schema(), undefined]);
    assert.equal(await journal.load(), undefined);
  });

  it('is not undone over what was written or switched to since', async () => {
    await discardTwo();
    const { done } = await restore(await newest());
    me.edit('a.yaml', 'later: a\n');
    await assert.rejects(async () => done?.undo(context()), fails('changedMeanwhile'));
    me.edit('a.yaml', 'mine: a\n');
    repository.moveTo('topic', repository.branches.get('main') as never);
    me.ask.answers.set('switchWithChanges', 'takeAlong');
    await me.use.switchBranch(api, 'topic', context());
    await assert.rejects(async () => done?.undo(context()), fails('changedMeanwhile'));
    assert.deepEqual(edits(), ['mine: a\n', 'mine: new\n']);
  });

  it('makes what was parked on a deleted branch changes of the branch that is worked on', async () => {
    repository.moveTo('feature/x', repository.branches.get('main') as never);
    await me.use.switchBranch(api, 'feature/x', context());
    me.edit('a.yaml', 'parked: a\n');
    await me.use.switchBranch(api, 'main', context());
    await me.use.deleteBranch(api, 'feature/x', context());
    const backup = await newest();
    assert.deepEqual([backup.reason, backup.branch], ['delete-branch', 'main']);
    assert.deepEqual(backup.files, [
      { path: 'a.yaml', copy: '1 feature-x/a.yaml', mode: 'regular', parkedOn: 'feature/x' },
    ]);
    await restore(backup);
    assert.equal(me.text('a.yaml'), 'parked: a\n');
    assert.deepEqual([me.sync(api).branch, me.plan(api)], ['main', ['outgoing a.yaml']]);
  });

  it('needs no connection: what was copied before disconnecting is written back under the lease', async () => {
    me.edit('a.yaml', 'mine: a\n');
    await me.use.disconnect(api, 'forEveryone', 'Pets', context());
    await me.use.removeApi(api);
    me.edit('a.yaml', 'overwritten by hand\n');
    const backup = await newest();
    assert.equal(backup.reason, 'disconnect');
    const storage = me.storages.at(folderUri, 'repo');
    const holders: (string | undefined)[] = [];
    const apply = storage.files.apply.bind(storage.files);
    storage.files.apply = async (...args) => {
      holders.push((await storage.lease.holder())?.operation);
      await apply(...args);
    };
    const { done } = await restore(backup);
    assert.equal(me.text('a.yaml'), 'mine: a\n');
    assert.deepEqual(holders, ['restoreBackup']);
    await done?.undo(context());
    assert.equal(me.text('a.yaml'), 'overwritten by hand\n');
    me.workspace.trusted = false;
    await assert.rejects(restore(backup), fails('untrusted'));
  });

  it('knows nothing of copies without a readable note but where they lie, and never leaves the folder', async () => {
    await discardTwo();
    const { folders, notes } = backups();
    const bytes = new TextEncoder().encode('x');
    const at = '.api-source-control/backups';
    notes.set(`${at}/1970-01-01 00-00-01 discard`, 'no JSON');
    folders.set(`${at}/by hand`, new Map([['.git/hooks/pre-push', bytes]]));
    folders.set(`${at}/evil`, new Map([['1 x/../../up.yaml', bytes]]));
    notes.set(`${at}/evil`, '{"parked":{"1 x":"x"},"executable":[]}');
    const [discarded, ...others] = await me.use.backups(place);
    assert.deepEqual(discarded, {
      name: '1970-01-01 00-00-01 discard',
      reason: 'discard',
      time: 1_000,
      files: ['a.yaml', 'new.yaml'].map((file) => ({ path: file, copy: file })),
    });
    assert.deepEqual(
      others.map(({ name, files }) => [name, files.map((file) => file.path)]),
      [
        ['evil', []],
        ['by hand', ['.git/hooks/pre-push']],
      ],
    );
    for (const backup of others.filter(({ files }) => files.length > 0)) {
      await assert.rejects(restore(backup), fails('unsafePath'));
    }
  });

  it('fails by name when the copy is gone by now', async () => {
    await discardTwo();
    const backup = await newest();
    backups().folders.clear();
    await assert.rejects(restore(backup), (error) => {
      assert.ok(Failure.is(error, 'changedMeanwhile'));
      return error.facts.paths?.[0] === '1970-01-01 00-00-01 discard/a.yaml';
    });
  });
});

describe('a restored backup on the disk', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'restore-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('has its bytes and its mode again', async () => {
    const me = diskPerson(pets(), folder);
    me.ask.answers.set('discard', 'discard');
    me.ask.answers.set('restoreBackup', 'replace');
    const workspaceFolder = pathToFileURL(folder).href;
    const api = await me.connect({ workspaceFolder });
    const file = (name: string): string => join(folder, 'repo', name);
    await writeFile(file('openapi.yaml'), root('a.yaml', 'b.yaml', 'run.yaml'));
    await writeFile(file('run.yaml'), '\ufefftype: object\r\n');
    await chmod(file('run.yaml'), 0o755);
    await me.use.discard(api, [path('run.yaml')], context());
    const [backup] = await me.use.backups({ workspaceFolder, folder: 'repo' });
    assert.ok(backup);
    await me.use.restoreBackup({ workspaceFolder, folder: 'repo' }, backup, backup.files, context());
    assert.equal(readFileSync(file('run.yaml'), 'utf8'), '\ufefftype: object\r\n');
    assert.equal((await stat(file('run.yaml'))).mode & 0o100, 0o100);
  });
});
