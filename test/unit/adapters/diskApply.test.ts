import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { nodeFs } from '../../../src/adapters/disk/diskFs.ts';
import type { DiskFs } from '../../../src/adapters/disk/diskFs.ts';
import { Failure } from '../../../src/core/errors.ts';
import type { FailureReason } from '../../../src/core/errors.ts';
import { limits } from '../../../src/core/limits.ts';
import type { FileChange } from '../../../src/core/model/change.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import { DiskSandbox, never, remove, write } from './diskSandbox.ts';
import { foldingFs } from './foldingFs.ts';

describe('changes on a disk', () => {
  let box: DiskSandbox;
  beforeEach(async () => (box = await DiskSandbox.make()));
  afterEach(() => box.dispose());

  const apply = (changes: readonly FileChange[], fs: Partial<DiskFs> = {}): Promise<void> =>
    box.files(fs).apply(changes, never);

  /** Nothing but the failure is to be seen of it. */
  async function refused(
    changes: readonly FileChange[],
    reason: FailureReason,
    paths: readonly string[],
    fs: Partial<DiskFs> = {},
  ): Promise<void> {
    const before = await box.content();
    await assert.rejects(apply(changes, fs), (error) => {
      assert.ok(Failure.is(error, reason), String(error));
      assert.deepEqual(error.facts.paths, paths);
      return true;
    });
    assert.deepEqual(await box.content(), before);
  }

  it('writes, replaces and deletes', async () => {
    await box.put('a', 'old');
    await box.put('b', 'gone');
    await apply([write('a', 'new', 'old'), remove('b', 'gone'), write('c/d/e', 'fresh')]);
    assert.deepEqual(await box.content(), { a: 'new', 'c/': '', 'c/d/': '', 'c/d/e': 'fresh' });
    assert.deepEqual(await box.leftovers(), []);
  });

  it('writes bytes as they are', async () => {
    const contents = ['a\r\nb\n', '\u00ef\u00bb\u00bfa\n', 'no end', '', '\0\u00ff\u00fe'];
    const changes = contents.map((content, index) => write(`f${index}`, Buffer.from(content, 'latin1')));
    await apply(changes);
    for (const [index, content] of contents.entries()) assert.equal(await box.get(`f${index}`), content);
  });

  it('makes files executable, and no longer so, and keeps every other permission', async () => {
    await box.put('on', 'x', 0o640);
    await box.put('off', 'x', 0o750);
    await box.put('kept', 'x', 0o700);
    await box.put('private', 'x', 0o600);
    await apply([
      write('on', 'y', 'x', 'executable'),
      write('off', 'y', 'x'),
      write('kept', 'y', 'x', 'executable'),
      write('private', 'y', 'x'),
      write('new', 'y', undefined, 'executable'),
    ]);
    const permissions = await Promise.all(['on', 'off', 'kept', 'private'].map((path) => box.permissions(path)));
    assert.deepEqual(permissions, [0o750, 0o640, 0o700, 0o600]);
    assert.equal((await box.permissions('new')) & 0o100, 0o100);
  });

  it('removes the folders that it empties, and no others', async () => {
    await mkdir(box.path('empty'));
    for (const path of ['a/b/c/1', 'a/b/c/2', 'a/d/3', 'e/4', 'f/5']) await box.put(path, 'x');
    await chmod(box.path('f'), 0o700);
    await apply([
      remove('a/b/c/1', 'x'),
      remove('a/b/c/2', 'x'),
      remove('e/4', 'x'),
      remove('f/5', 'x'),
      write('f/6', 'y'),
    ]);
    assert.deepEqual(await box.content(), { 'a/': '', 'a/d/': '', 'a/d/3': 'x', 'empty/': '', 'f/': '', 'f/6': 'y' });
    assert.equal(await box.permissions('f'), 0o700, 'a folder that is filled again is not made anew');
  });

  it('puts a file where a folder was, and a folder where a file was', async () => {
    await box.put('a/b', 'x');
    await box.put('c', 'x');
    await apply([remove('a/b', 'x'), write('a', 'file'), remove('c', 'x'), write('c/d', 'file')]);
    assert.deepEqual(await box.content(), { a: 'file', 'c/': '', 'c/d': 'file' });
  });

  it('ignores itself from the first write on', async () => {
    await apply([write('a', 'a')]);
    assert.equal(await box.get('.api-source-control/.gitignore'), '*\n');
    await apply([write('a', 'b', 'a')]);
  });

  it('does nothing when there is nothing to do', async () => {
    await apply([]);
    assert.deepEqual(await readdir(box.checkout), []);
  });

  describe('refuses, and touches nothing, when', () => {
    beforeEach(async () => {
      await box.put('a', 'here');
      await box.put('d/b', 'here');
    });

    it('a file is not what was expected', () =>
      refused([write('new', 'x'), write('a', 'x', 'other'), remove('d/b', 'other')], 'changedMeanwhile', ['a', 'd/b']));

    it('a new file is there already', () => refused([write('new', 'x'), write('a', 'x')], 'changedMeanwhile', ['a']));

    it('a file to be deleted is gone', () => refused([remove('none', 'x')], 'changedMeanwhile', ['none']));

    it('a folder is in the way', () => refused([write('d', 'x')], 'changedMeanwhile', ['d']));

    it('a file is in the way of a folder', () => refused([write('a/x', 'x')], 'changedMeanwhile', ['a/x']));

    it('a folder that other files keep is in the way', async () => {
      await box.put('d/mine', 'mine');
      await refused([remove('d/b', 'here'), write('d', 'x')], 'changedMeanwhile', ['d']);
    });

    it('a link is in the place of the file', async () => {
      await symlink('a', box.path('link'));
      await refused([write('link', 'x', 'here')], 'unsafePath', ['link']);
      await refused([write('link', 'x')], 'unsafePath', ['link']);
      await refused([remove('link', 'here')], 'unsafePath', ['link']);
    });

    it('a link is above the file, wherever it leads', async () => {
      await symlink(box.root, box.path('out'));
      await symlink('d', box.path('in'));
      await refused([write('ok', 'x'), write('out/x', 'x'), write('in/new/x', 'x')], 'unsafePath', [
        'out/x',
        'in/new/x',
      ]);
      await refused([remove('in/b', 'here')], 'unsafePath', ['in/b']);
      assert.deepEqual(await readdir(box.root), ['checkout']);
    });

    it('our own folder is a link', async () => {
      await mkdir(join(box.root, 'elsewhere'));
      await symlink(join(box.root, 'elsewhere'), box.path('.api-source-control'));
      await refused([write('new', 'x')], 'unsafePath', ['.api-source-control']);
      assert.deepEqual(await readdir(join(box.root, 'elsewhere')), []);
    });

    for (const path of [
      '../x',
      '/x',
      '.git/config',
      '.GIT/hooks/pre-commit',
      '.api-source-control/state.json',
      'a\\b',
    ]) {
      it(`a path is ${path}`, async () => {
        await refused([write('ok', 'x'), write(path, 'x')], 'unsafePath', [path]);
        await refused([remove(path, 'x')], 'unsafePath', [path]);
        assert.deepEqual(await readdir(box.root), ['checkout']);
      });
    }

    it('two files would be one on this platform', async () => {
      const changes = [write('x/A', 'x'), write('x/a', 'x')];
      const unsafe = (error: unknown): boolean => Failure.is(error, 'unsafePath');
      for (const platform of ['mac', 'windows'] as const) {
        await assert.rejects(box.files({}, platform).apply(changes, never), unsafe);
      }
    });

    it('a file is too large', () =>
      refused([write('ok', 'x'), write('new', new Uint8Array(limits.fileBytes + 1))], 'tooLarge', ['new']));

    it('it is cancelled before the first rename', async () => {
      const cancelled = (error: unknown): boolean => Failure.is(error, 'cancelled');
      await assert.rejects(box.files().apply([write('new', 'x')], AbortSignal.abort()), cancelled);
      assert.deepEqual(Object.keys(await box.content()), ['a', 'd/', 'd/b']);
      assert.deepEqual(await box.leftovers(), []);
    });
  });

  /** A disk on which renaming to `name` is refused with `code`. */
  const refusing = (name: string, code = 'EBUSY'): Partial<DiskFs> => ({
    rename: async (from, to) => {
      if (basename(String(to)) === name && !String(to).includes('.api-source-control')) {
        throw Object.assign(new Error(code), { code });
      }
      await nodeFs.rename(from, to);
    },
  });

  it('takes everything back when the disk refuses in the middle', async () => {
    for (const [path, content] of [
      ['a', '1'],
      ['b/only', '2'],
      ['c', '3'],
      ['z', '4'],
    ] as const)
      await box.put(path, content);
    await chmod(box.path('a'), 0o640);
    const changes = [
      remove('b/only', '2'),
      write('a', 'new', '1'),
      write('fresh/folder/x', 'new'),
      write('c', 'new', '3'),
      write('z', 'new', '4'),
    ];
    for (const code of ['EBUSY', 'EACCES', 'ENOSPC', 'EPERM'])
      await refused(changes, 'writeFailed', ['z'], refusing('z', code));
    assert.equal(await box.permissions('a'), 0o640);
    assert.deepEqual(await box.leftovers(), []);
    await apply(changes);
    assert.deepEqual(Object.keys(await box.content()).sort(), [
      'a',
      'c',
      'fresh/',
      'fresh/folder/',
      'fresh/folder/x',
      'z',
    ]);
  });

  it('takes back the deletes when a delete is refused', async () => {
    await box.put('a', '1');
    await box.put('b', '2');
    const stubborn: Partial<DiskFs> = {
      rename: async (from, to) => {
        if (basename(String(from)) === 'b') throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
        await nodeFs.rename(from, to);
      },
    };
    await refused([remove('a', '1'), remove('b', '2')], 'writeFailed', ['b'], stubborn);
  });

  it('touches nothing when there is no room for the new files', async () => {
    await box.put('a', '1');
    let written = 0;
    const full: Partial<DiskFs> = {
      writeFile: async (...args) => {
        if (String(args[0]).endsWith('.fresh') && ++written === 2)
          throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        await nodeFs.writeFile(...args);
      },
    };
    const changes = [write('a', '2', '1'), write('b', '2'), write('c', '2')];
    const before = await box.content();
    await assert.rejects(
      apply(changes, full),
      (error) => Failure.is(error, 'writeFailed') && error.facts.detail === 'ENOSPC',
    );
    assert.deepEqual(await box.content(), before);
    assert.deepEqual(await box.leftovers(), []);
  });

  it('keeps the originals when they cannot be put back', async () => {
    await box.put('a', 'original');
    await box.put('b', '2');
    const broken: Partial<DiskFs> = {
      rename: async (from, to) => {
        const back = String(from).endsWith('.original');
        if (back || basename(String(to)) === 'b') throw Object.assign(new Error('EIO'), { code: 'EIO' });
        await nodeFs.rename(from, to);
      },
    };
    const failed = (error: unknown): boolean => Failure.is(error, 'writeFailed') && error.facts.paths?.[0] === 'a';
    await assert.rejects(apply([write('a', 'x', 'original'), write('b', 'x', '2')], broken), failed);
    const [folder = ''] = await box.leftovers();
    assert.equal(await box.get(`.api-source-control/tmp/${folder}/0.original`), 'original');
  });

  it('does not overwrite an edit that is made while it works', async () => {
    await box.put('a', '1');
    await box.put('z', '4');
    const editing: Partial<DiskFs> = {
      rename: async (from, to) => {
        await nodeFs.rename(from, to);
        if (basename(String(to)) === 'a' && String(from).endsWith('.fresh')) await writeFile(box.path('z'), 'edited');
      },
    };
    const meanwhile = (error: unknown): boolean =>
      Failure.is(error, 'changedMeanwhile') && error.facts.paths?.[0] === 'z';
    await assert.rejects(apply([write('a', 'x', '1'), write('z', 'x', '4')], editing), meanwhile);
    assert.deepEqual(await box.content(), { a: '1', z: 'edited' });
  });

  it('changes the case of a name where the disk does not tell the two apart', async () => {
    await box.put('Readme.md', 'old');
    await box.put('Docs/a.md', 'x');
    const changes = [
      remove('Readme.md', 'old'),
      write('README.md', 'new'),
      remove('Docs/a.md', 'x'),
      write('docs/a.md', 'x'),
    ];
    await apply(changes, foldingFs(box.checkout));
    assert.deepEqual(await box.content(), { 'README.md': 'new', 'docs/': '', 'docs/a.md': 'x' });
  });

  it('changes the case of a name back when the disk refuses', async () => {
    await box.put('Readme.md', 'old');
    const changes = [remove('Readme.md', 'old'), write('README.md', 'new'), write('z', 'x')];
    const folded = foldingFs(box.checkout);
    const rename: DiskFs['rename'] = async (from, to) => {
      if (basename(String(to)) === 'z') throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
      await (folded.rename ?? nodeFs.rename)(from, to);
    };
    await refused(changes, 'writeFailed', ['z'], { ...folded, rename });
  });

  it('does not take a second name of a file for the one that goes', async () => {
    await box.put('Readme.md', 'old');
    await nodeFs.writeFile(box.path('other'), 'x');
    const { link } = await import('node:fs/promises');
    await link(box.path('Readme.md'), box.path('README.md'));
    await refused([remove('Readme.md', 'old'), write('README.md', 'new')], 'changedMeanwhile', ['README.md']);
  });

  it('is seen by the next snapshot', async () => {
    await box.put('a', '1');
    const files = box.files();
    const paths = ['a', 'b'] as RepoPath[];
    await files.snapshot(paths, never);
    await files.apply([write('a', '2', '1'), write('b', '1')], never);
    const versions = await files.snapshot(paths, never);
    assert.notEqual(versions.get('a' as RepoPath)?.id, versions.get('b' as RepoPath)?.id);
    assert.equal(versions.size, 2);
  });
});
