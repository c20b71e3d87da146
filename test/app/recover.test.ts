import assert from 'node:assert/strict';
import type { MemoryStorage } from '../../src/adapters/memory/memoryStorages.ts';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import type { FileChange } from '../../src/core/model/change.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { decodeJournal, encodeJournal } from '../../src/core/sync/journalCodec.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root } from './definitions.ts';
import { context, folderUri, hasher, Person } from './person.ts';

const lines = (first: string, last: string): string => `first: ${first}\nb: 1\nc: 1\nd: 1\ne: 1\nlast: ${last}\n`;

describe('an operation that was cut off', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;
  let storage: MemoryStorage;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', {
      'openapi.yaml': root('a.yaml', 'b.yaml'),
      'a.yaml': lines('start', 'start'),
      'b.yaml': lines('start', 'start'),
    });
    me = new Person([repository]);
    api = await me.connect();
    storage = me.storages.at(folderUri, 'repo');
    repository.push('main', { 'a.yaml': lines('theirs', 'start'), 'b.yaml': null, 'openapi.yaml': root('a.yaml') });
  });

  /** The process ends in the middle of a pull: once the journal is there, and so many of its changes are made. */
  const cutOff = async (changes: number, isStateSaved = false): Promise<void> => {
    const { files, journal } = storage;
    const apply = files.apply.bind(files);
    let kept: string | undefined;
    const died = new Error('died');
    files.apply = async (all, signal) => {
      kept = journal.text;
      await apply(all.slice(0, changes), signal);
      if (!isStateSaved) throw died;
    };
    await me.pull(api).catch((error: unknown) => assert.equal(error, died));
    if (!isStateSaved) await apply(await undone(changes), new AbortController().signal);
    files.apply = apply;
    journal.text = kept;
    if (isStateSaved) await storage.state.save(decodeJournal(kept ?? '').next);
  };

  /** What was taken back when the call failed is done again: nobody takes back what a dead process did. */
  const undone = async (changes: number): Promise<readonly FileChange[]> => {
    if (changes === 0) return [];
    const bytes = new TextEncoder().encode(lines('theirs', 'start'));
    const before = await hasher.blobId(new TextEncoder().encode(lines('start', 'start')));
    return [{ kind: 'write', path: 'a.yaml' as RepoPath, bytes, mode: 'regular', expected: before }];
  };

  const again = async (): Promise<void> => {
    me = me.restarted();
    await me.engine.start();
    await me.use.lookAll(context());
  };

  for (const changes of [0, 1]) {
    it(`Promise 3: is finished by the next start, and says so, ${String(changes)} changes on`, async () => {
      await cutOff(changes);
      await again();
      assert.equal(me.text('a.yaml'), lines('theirs', 'start'));
      assert.equal(me.text('b.yaml'), undefined);
      assert.deepEqual(me.plan(api), []);
      const place = { workspaceFolder: folderUri, folder: 'repo' };
      assert.deepEqual(me.news.told, [
        { kind: 'recovered', apis: ['Pets'], ...place, operation: 'pull', outcome: 'finished', kept: [] },
      ]);
      assert.equal(storage.journal.text, undefined);
    });
  }

  it('Promise 1: leaves what was written meanwhile, and takes nobody back', async () => {
    await cutOff(1);
    me.edit('a.yaml', lines('theirs', 'mine'));
    await again();
    assert.equal(me.text('a.yaml'), lines('theirs', 'mine'));
    assert.deepEqual(me.news.told[0]?.kept, ['a.yaml']);
    // Against its old base it is a change on both sides, never one that takes back what came in.
    await me.pull(api);
    assert.equal(me.text('a.yaml'), lines('theirs', 'mine'));
    await me.push(api);
    assert.equal(repository.textOf('main', 'a.yaml'), lines('theirs', 'mine'));
  });

  it('Promise 1: merges what was written into the version of before', async () => {
    await cutOff(0);
    me.edit('a.yaml', lines('start', 'mine'));
    await again();
    assert.equal(me.text('a.yaml'), lines('start', 'mine'));
    await me.pull(api);
    assert.equal(me.text('a.yaml'), lines('theirs', 'mine'));
  });

  it('Promise 1: is not done over what was written after its very last step', async () => {
    await cutOff(3, true);
    me.edit('a.yaml', lines('start', 'start'));
    await again();
    assert.equal(me.text('a.yaml'), lines('start', 'start'));
    assert.deepEqual(me.plan(api), ['outgoing a.yaml']);
  });

  it('Promise 3: is undone where it cannot be finished', async () => {
    await cutOff(1);
    const apply = storage.files.apply.bind(storage.files);
    let refusals = 1;
    storage.files.apply = (changes, signal) =>
      refusals-- > 0 ? Promise.reject(new Failure('writeFailed')) : apply(changes, signal);
    await again();
    assert.equal(me.text('a.yaml'), lines('start', 'start'));
    assert.equal(me.text('b.yaml'), lines('start', 'start'));
    assert.equal(me.news.told[0]?.outcome, 'undone');
    assert.deepEqual(me.plan(api), ['incoming a.yaml', 'incoming b.yaml', 'incoming openapi.yaml']);
  });

  it('keeps everybody from going on as long as the folder refuses both', async () => {
    await cutOff(1);
    storage.files.apply = () => Promise.reject(new Failure('writeFailed', { detail: 'EACCES' }));
    await again();
    assert.equal(me.node(api).failure?.reason, 'unfinished');
    assert.notEqual(storage.journal.text, undefined);
  });

  it('is written so that it reads the same, and anything else is refused', async () => {
    await cutOff(1);
    const text = storage.journal.text ?? '';
    assert.equal(encodeJournal(decodeJournal(text)), text);
    const broken = ['', '[]', '{}', text.slice(0, -20), text.replace('"format": 1', '"format": 9')];
    for (const bad of [...broken, text.replaceAll('a.yaml', '../a.yaml')]) {
      assert.throws(
        () => decodeJournal(bad),
        (error) => Failure.is(error, 'invalidFile'),
        bad.slice(0, 60),
      );
    }
  });
});
