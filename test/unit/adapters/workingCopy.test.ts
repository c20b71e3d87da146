import assert from 'node:assert/strict';
import { MemoryBlobStore } from '../../../src/adapters/memory/memoryBlobStore.ts';
import { MemoryStorages } from '../../../src/adapters/memory/memoryStorages.ts';
import { MemoryWorkingCopy } from '../../../src/adapters/memory/memoryWorkingCopy.ts';
import { Failure } from '../../../src/core/errors.ts';
import type { FailureReason } from '../../../src/core/errors.ts';
import type { FileChange } from '../../../src/core/model/change.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { WorkingCopy } from '../../../src/ports/workingCopy.ts';
import { CountingHasher, gitId } from './countingHasher.ts';
import { bytesOf, DiskSandbox, never, remove, write } from './diskSandbox.ts';

const paths = ['a', 'b/c', 'b/d', 'new'] as RepoPath[];

/** What every working copy promises: what a use case was tested on in memory holds on the disk. */
function promises(make: () => Promise<WorkingCopy>): void {
  let files: WorkingCopy;
  beforeEach(async () => {
    files = await make();
    await files.apply([write('a', '1'), write('b/c', '2', undefined, 'executable'), write('b/d', '')], never);
  });

  const contents = async (): Promise<unknown> => {
    const versions = await files.snapshot(paths, never);
    return Object.fromEntries([...versions].map(([path, { id, mode }]) => [path, `${id} ${mode}`]));
  };
  const refuses = async (changes: readonly FileChange[], reason: FailureReason, signal = never): Promise<void> => {
    const before = await contents();
    await assert.rejects(files.apply(changes, signal), (error) => Failure.is(error, reason));
    assert.deepEqual(await contents(), before);
  };

  it('tells ids and modes of what is there', async () => {
    assert.deepEqual(await contents(), {
      a: `${gitId('1')} regular`,
      'b/c': `${gitId('2')} executable`,
      'b/d': `${gitId('')} regular`,
    });
  });

  it('lists and reads', async () => {
    assert.deepEqual(await files.list('', never), ['a', 'b/c', 'b/d']);
    assert.deepEqual(await files.list('b' as RepoPath, never), ['b/c', 'b/d']);
    assert.deepEqual(await files.list('none' as RepoPath, never), []);
    assert.deepEqual(await files.read('b/c' as RepoPath), bytesOf('2'));
    assert.equal(await files.read('new' as RepoPath), undefined);
  });

  it('makes all changes', async () => {
    await files.apply([write('a', '3', '1'), remove('b/c', '2'), write('new', '4')], never);
    assert.deepEqual(await files.list('', never), ['a', 'b/d', 'new']);
  });

  it('makes none when one is not as expected', async () => {
    await refuses([write('new', '4'), write('a', '3', 'other')], 'changedMeanwhile');
    await refuses([write('new', '4'), write('a', '3')], 'changedMeanwhile');
    await refuses([write('new', '4'), remove('b/c', 'other')], 'changedMeanwhile');
    await refuses([write('a', '3', '1'), remove('new', 'other')], 'changedMeanwhile');
  });

  it('makes none when a path is unsafe', async () => {
    await refuses([write('a', '3', '1'), write('../x', '4')], 'unsafePath');
    await refuses([write('a', '3', '1'), write('.git/x', '4')], 'unsafePath');
  });

  it('makes none when it is cancelled', () => refuses([write('a', '3', '1')], 'cancelled', AbortSignal.abort()));
}

describe('a working copy in memory', () => {
  promises(() => Promise.resolve(new MemoryWorkingCopy(new CountingHasher())));

  it('fails after as many writes as it was told, once, and makes no change then', async () => {
    const files = new MemoryWorkingCopy(new CountingHasher());
    files.edit('a' as RepoPath, '1');
    const changes = [remove('a', '1'), write('b', '2'), write('c', '3')];
    for (const count of [0, 1]) {
      files.failAfterWrites(count);
      await assert.rejects(files.apply(changes, never), (error) => Failure.is(error, 'writeFailed'));
      assert.deepEqual(await files.list(''), ['a']);
    }
    await files.apply(changes, never);
    assert.deepEqual(await files.list(''), ['b', 'c']);
  });

  it('keeps the mode of what a person edits', () => {
    const files = new MemoryWorkingCopy(new CountingHasher());
    files.edit('a' as RepoPath, '1', 'executable');
    files.edit('a' as RepoPath, '\ufeff2');
    assert.equal(files.modeOf('a' as RepoPath), 'executable');
    assert.equal(files.text('a' as RepoPath), '\ufeff2');
    files.remove('a' as RepoPath);
    assert.equal(files.text('a' as RepoPath), undefined);
  });
});

describe('a working copy on a disk', () => {
  let box: DiskSandbox;
  promises(async () => (box = await DiskSandbox.make()).files());
  afterEach(() => box.dispose());
});

describe('storages in memory', () => {
  it('are found again by their folder', async () => {
    const storages = new MemoryStorages(new CountingHasher());
    const { files, state } = await storages.open('file:///w', 'a');
    assert.equal((await storages.open('file:///w', 'a')).files, files);
    assert.notEqual((await storages.open('file:///w', 'b')).files, files);
    assert.notEqual((await storages.open('file:///v', 'a')).files, files);
    assert.equal(await state.load(), undefined);
  });

  it('keep copies of blobs', async () => {
    const blobs = new MemoryBlobStore(new CountingHasher());
    const bytes = bytesOf('x');
    const id = await blobs.put(bytes);
    bytes[0] = 0;
    assert.deepEqual(await blobs.get(id), bytesOf('x'));
    blobs.forget(id);
    assert.equal(await blobs.has(id), false);
    assert.equal(blobs.size, 0);
  });
});
