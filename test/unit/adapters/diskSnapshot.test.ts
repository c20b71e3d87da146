import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, rename, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { racyWindow } from '../../../src/adapters/disk/statIndex.ts';
import { Failure } from '../../../src/core/errors.ts';
import { limits } from '../../../src/core/limits.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import { gitId } from './countingHasher.ts';
import { DiskSandbox, never } from './diskSandbox.ts';
import { foldingFs } from './foldingFs.ts';

const many = process.env['LONG'] === '1' ? 20_000 : 2_000;

describe('a snapshot of a disk', () => {
  let box: DiskSandbox;
  beforeEach(async () => (box = await DiskSandbox.make()));
  afterEach(() => box.dispose());

  const snapshot = (paths: readonly string[], files = box.files()): ReturnType<typeof files.snapshot> =>
    files.snapshot(paths as RepoPath[], never);
  const ids = async (paths: readonly string[], files = box.files()): Promise<unknown> =>
    Object.fromEntries([...(await snapshot(paths, files))].map(([path, { id }]) => [path, id]));

  it("gives Git's ids of the bytes as they are", async () => {
    const contents = ['', 'a', 'a\r\nb\n', '\ufeffa\n', '\0\xff'];
    for (const [index, content] of contents.entries()) await box.put(`f${index}`, content);
    const expected = Object.fromEntries(contents.map((content, index) => [`f${index}`, gitId(content)]));
    assert.deepEqual(await ids(Object.keys(expected)), expected);
    // As `git hash-object` says it.
    assert.equal(gitId(''), 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
  });

  it('finds a file under its own name only, where the disk would find it under others', async () => {
    await box.put('schemas/pet.yaml', 'x');
    for (const platform of ['mac', 'windows'] as const) {
      const found = await snapshot(
        ['schemas/pet.yaml', 'schemas/Pet.yaml', 'Schemas/pet.yaml'],
        box.files(foldingFs(box.checkout), platform),
      );
      assert.deepEqual([...found.keys()], ['schemas/pet.yaml']);
    }
  });

  it('tells executable files, where the file system does', async () => {
    await box.put('run.sh', 'x', 0o755);
    await box.put('a.yaml', 'x', 0o644);
    const paths = ['run.sh', 'a.yaml'] as RepoPath[];
    const modes = async (files: ReturnType<DiskSandbox['files']>): Promise<readonly unknown[]> => {
      const versions = await files.snapshot(paths, never);
      return paths.map((path) => versions.get(path)?.mode);
    };
    assert.deepEqual(await modes(box.files()), ['executable', 'regular']);
    assert.equal(box.files().modeless, undefined);
    assert.deepEqual(await modes(box.files({}, 'windows')), ['regular', 'regular']);
    assert.equal(box.files({}, 'windows').modeless, true);
  });

  it('leaves out what is no regular file, and what is not reached by folders alone', async () => {
    await box.put('real/a', 'a');
    await writeFile(join(box.root, 'outside'), 'secret');
    await symlink(join(box.root, 'outside'), box.path('link'));
    await symlink('real', box.path('linked'));
    await symlink('nowhere', box.path('broken'));
    await box.put('.git/config', 'x');
    await box.put('.api-source-control/state.json', 'x');
    const paths = ['real', 'real/a', 'real/a/b', 'link', 'linked/a', 'broken', 'none', '.git/config'];
    const files = box.files();
    assert.deepEqual(await ids([...paths, '.api-source-control/state.json'], files), { 'real/a': gitId('a') });
    for (const path of [
      'link',
      'linked/a',
      'broken',
      '.git/config',
      '.api-source-control/state.json',
      'none',
      'real',
    ]) {
      assert.equal(await files.read(path as RepoPath), undefined, path);
    }
    assert.deepEqual(await files.list('linked' as RepoPath, never), []);
    assert.deepEqual(await files.list('', never), ['real/a']);
  });

  it('lists what is below a folder, sorted, and nothing of Git and ours at any depth', async () => {
    for (const path of ['b', 'a/z', 'a/b/c', 'a/.git/x', 'a/.api-source-control/x', 'a/.hidden'])
      await box.put(path, '');
    await mkdir(box.path('empty'));
    const files = box.files();
    assert.deepEqual(await files.list('', never), ['a/.hidden', 'a/b/c', 'a/z', 'b']);
    assert.deepEqual(await files.list('a/b' as RepoPath, never), ['a/b/c']);
    assert.deepEqual(await files.list('none' as RepoPath, never), []);
    assert.deepEqual(await files.list('b' as RepoPath, never), []);
  });

  it('hashes nothing of many files when nothing changed, in this process and in the next', async () => {
    const paths = Array.from({ length: many }, (_, index) => `d${index % 40}/f${index}.yaml`);
    for (const path of paths) await box.put(path, path);
    await box.put('.api-source-control/.gitignore', '*\n');
    const files = box.files();
    const first = await snapshot(paths, files);
    assert.equal(first.size, many);
    assert.equal(box.hasher.count, many);
    for (const again of [files, box.files()]) assert.deepEqual(await snapshot(paths, again), first);
    assert.equal(box.hasher.count, many);
  }).timeout(300_000);

  it('hashes again what changed, and only that', async () => {
    for (const path of ['a', 'b', 'c', 'd']) await box.put(path, 'old');
    const files = box.files();
    await snapshot(['a', 'b', 'c', 'd'], files);
    await box.put('a', 'longer');
    await utimes(box.path('b'), 1, 1);
    await box.put('other', 'new');
    await utimes(box.path('other'), 5, 5);
    await utimes(box.path('c'), 5, 5);
    await snapshot(['c'], files);
    // Same size, same mtime: another file all the same.
    await rename(box.path('other'), box.path('c'));
    box.hasher.count = 0;
    const expected = { a: gitId('longer'), b: gitId('old'), c: gitId('new'), d: gitId('old') };
    assert.deepEqual(await ids(['a', 'b', 'c', 'd'], files), expected);
    assert.equal(box.hasher.count, 3);
  });

  it('does not trust the mtime of a file that was hashed within its tick', async () => {
    await box.put('a', 'one');
    const time = 1_000_000;
    const touch = (): Promise<void> => utimes(box.path('a'), time, time);
    await touch();
    box.clock.advance(time * 1000 + racyWindow - 1 - box.clock.now());
    const files = box.files();
    await snapshot(['a'], files);
    // Within the same tick: neither size nor mtime tells.
    await writeFile(box.path('a'), 'two');
    await touch();
    assert.deepEqual(await ids(['a'], files), { a: gitId('two') });
    box.clock.advance(1);
    await snapshot(['a'], files);
    assert.equal(box.hasher.count, 3);
    await snapshot(['a'], files);
    assert.equal(box.hasher.count, 3);
  });

  it('makes no folder of its own by looking', async () => {
    await box.put('a', 'a');
    await snapshot(['a']);
    assert.equal(existsSync(box.path('.api-source-control')), false);
  });

  it('begins again when its memory is broken or makes no sense', async () => {
    await box.put('a', 'a');
    for (const text of ['{', '[]', 'null', '{"a":[1]}', '{"a":[1,"0","0","nothing",9e15]}', '{"__proto__":5}']) {
      await box.put('.api-source-control/index.json', text);
      assert.deepEqual(await ids(['a']), { a: gitId('a') });
    }
  });

  it('names a file that is too large, without reading it', async () => {
    await box.put('large', '');
    await truncate(box.path('large'), limits.fileBytes + 1);
    const tooLarge = (error: unknown): boolean => Failure.is(error, 'tooLarge') && error.facts.paths?.[0] === 'large';
    await assert.rejects(snapshot(['large']), tooLarge);
    await assert.rejects(box.files().read('large' as RepoPath), tooLarge);
    assert.equal(box.hasher.count, 0);
  });

  it('does not list a file that is too large: nobody named it', async () => {
    await box.put('small', '');
    await box.put('large', '');
    await truncate(box.path('large'), limits.fileBytes + 1);
    assert.deepEqual(await box.files().list('', never), ['small']);
  });

  it('stops when it is cancelled', async () => {
    await box.put('a', 'a');
    const files = box.files();
    const cancelled = (error: unknown): boolean => Failure.is(error, 'cancelled');
    await assert.rejects(files.snapshot(['a' as RepoPath], AbortSignal.abort()), cancelled);
    await assert.rejects(files.list('', AbortSignal.abort()), cancelled);
  });
});
