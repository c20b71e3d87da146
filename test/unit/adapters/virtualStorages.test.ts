import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { FileFacts, FolderFileSystem } from '../../../src/ports/folderFileSystem.ts';
import { VirtualStorages } from '../../../src/adapters/vscodeFs/virtualStorages.ts';
import { Failure } from '../../../src/core/errors.ts';
import { asBlobId } from '../../../src/core/model/ids.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';
import type { Hasher } from '../../../src/ports/hasher.ts';

const signal = new AbortController().signal;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

class CountingHasher implements Hasher {
  count = 0;

  blobId(content: Uint8Array): Promise<ReturnType<typeof asBlobId>> {
    this.count++;
    const hash = createHash('sha1')
      .update(`blob ${String(content.length)}\0`)
      .update(content);
    return Promise.resolve(asBlobId(hash.digest('hex')));
  }
}

/** A file system as `workspace.fs` gives it, in memory, with links and a write that fails. */
class MemoryFileSystem implements FolderFileSystem {
  readonly files = new Map<string, { bytes: Uint8Array; modified: number }>();
  readonly links = new Set<string>();
  now = 1_000;
  refuse: string | undefined;

  stat(path: string): Promise<FileFacts | undefined> {
    const file = this.files.get(path);
    if (this.links.has(path)) return Promise.resolve({ kind: 'link', size: 0, modified: 0 });
    if (file !== undefined) return Promise.resolve({ kind: 'file', size: file.bytes.length, modified: file.modified });
    const isFolder = path === '' || [...this.files.keys()].some((key) => key.startsWith(`${path}/`));
    return Promise.resolve(isFolder ? { kind: 'folder', size: 0, modified: 0 } : undefined);
  }

  async list(path: string): Promise<readonly { name: string; kind: FileFacts['kind'] }[]> {
    const prefix = path === '' ? '' : `${path}/`;
    const names = new Set(
      [...this.files.keys()]
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length).split('/')[0] ?? ''),
    );
    return Promise.all(
      [...names].map(async (name) => ({ name, kind: (await this.stat(prefix + name))?.kind ?? ('other' as const) })),
    );
  }

  read(path: string): Promise<Uint8Array> {
    const file = this.files.get(path);
    return file === undefined ? Promise.reject(new Error(`no ${path}`)) : Promise.resolve(file.bytes);
  }

  write(path: string, content: Uint8Array): Promise<void> {
    if (path === this.refuse) return Promise.reject(new Error('disk full'));
    this.files.set(path, { bytes: content, modified: this.now });
    return Promise.resolve();
  }

  async rename(from: string, to: string): Promise<void> {
    await this.write(to, await this.read(from));
    this.files.delete(from);
  }

  delete(path: string): Promise<void> {
    this.files.delete(path);
    return Promise.resolve();
  }
}

async function open(): Promise<{
  fs: MemoryFileSystem;
  hasher: CountingHasher;
  storage: Awaited<ReturnType<VirtualStorages['open']>>;
}> {
  const fs = new MemoryFileSystem();
  const hasher = new CountingHasher();
  const storage = await new VirtualStorages(() => fs, hasher, { now: () => fs.now }).open('vscode-vfs://host/repo', '');
  return { fs, hasher, storage };
}

describe('checkouts on a virtual file system', () => {
  it('hashes again only what moved, and what is too young to tell', async () => {
    const { fs, hasher, storage } = await open();
    const path = asRepoPath('a/b.yaml');
    await fs.write(path, bytes('one'));
    await storage.files.snapshot([path], signal);
    await storage.files.snapshot([path], signal);
    assert.equal(hasher.count, 2, 'a file as young as its snapshot must be hashed again');
    fs.now = 10_000;
    await storage.files.snapshot([path], signal);
    await storage.files.snapshot([path], signal);
    assert.equal(hasher.count, 3);
    await fs.write(path, bytes('two'));
    const seen = await storage.files.snapshot([path], signal);
    assert.equal(seen.get(path)?.id, await hasher.blobId(bytes('two')));
  });

  it('writes every file or none', async () => {
    const { fs, hasher, storage } = await open();
    const [kept, gone, fresh, last] = ['kept', 'gone', 'fresh', 'last'].map(asRepoPath) as [never, never, never, never];
    await fs.write(kept, bytes('k'));
    await fs.write(gone, bytes('g'));
    fs.refuse = last;
    const apply = storage.files.apply(
      [
        { kind: 'write', path: kept, bytes: bytes('K'), mode: 'regular', expected: await hasher.blobId(bytes('k')) },
        { kind: 'delete', path: gone, expected: await hasher.blobId(bytes('g')) },
        { kind: 'write', path: fresh, bytes: bytes('F'), mode: 'regular', expected: null },
        { kind: 'write', path: last, bytes: bytes('L'), mode: 'regular', expected: null },
      ],
      signal,
    );
    await assert.rejects(apply, (error) => Failure.is(error, 'writeFailed'));
    assert.deepEqual([...fs.files.keys()].sort(), ['gone', 'kept']);
    assert.deepEqual(fs.files.get(kept)?.bytes, bytes('k'));
  });

  it('refuses to write over an edit, and names that any platform cannot hold', async () => {
    const { fs, storage } = await open();
    await fs.write('edited', bytes('mine'));
    const write = (path: string): Promise<void> =>
      storage.files.apply(
        [{ kind: 'write', path: asRepoPath(path), bytes: bytes('x'), mode: 'regular', expected: null }],
        signal,
      );
    await assert.rejects(write('edited'), (error) => Failure.is(error, 'changedMeanwhile'));
    await assert.rejects(write('.git/config'), (error) => Failure.is(error, 'unsafePath'));
    await assert.rejects(write('aux.yaml'), (error) => Failure.is(error, 'unsafePath'));
    assert.deepEqual([...fs.files.keys()], ['edited']);
  });

  it('follows no link and lists neither .git nor its own folder', async () => {
    const { fs, storage } = await open();
    fs.links.add('linked');
    for (const path of ['linked/secret', '.git/config', '.api-source-control/state.json', 'x/y.json'])
      await fs.write(path, bytes('1'));
    assert.equal(await storage.files.read(asRepoPath('linked/secret')), undefined);
    assert.deepEqual(await storage.files.list('', signal), ['x/y.json']);
  });

  it('keeps blobs by id, does not believe a damaged one, and keeps state', async () => {
    const { fs, storage } = await open();
    const id = await storage.blobs.put(bytes('content'));
    assert.deepEqual(await storage.blobs.get(id), bytes('content'));
    fs.files.set(`.api-source-control/blobs/${id.slice(0, 2)}/${id.slice(2)}`, { bytes: bytes('other'), modified: 0 });
    assert.equal(await storage.blobs.get(id), undefined);
    const state = {
      repository: { host: 'git', origin: 'https://h', id: 'https://h/r', name: 'r' },
      branch: 'main',
      branches: new Map(),
    } as const;
    await storage.state.save(state);
    assert.deepEqual(await storage.state.load(), state);
    assert.deepEqual(fs.files.get('.api-source-control/.gitignore')?.bytes, bytes('*\n'));
  });

  it('keeps each backup in a folder of its own, and says when it cannot', async () => {
    const { fs, storage } = await open();
    const file = (text: string): { path: string; bytes: Uint8Array } => ({ path: 'a/b.yaml', bytes: bytes(text) });
    const first = await storage.backups.write('discard', [file('one')], 'note');
    const second = await storage.backups.write('discard', [file('two')], 'other');
    assert.deepEqual(fs.files.get(`${first}/a/b.yaml`)?.bytes, bytes('one'));
    assert.deepEqual(fs.files.get(`${second}/a/b.yaml`)?.bytes, bytes('two'));
    assert.deepEqual(fs.files.get('.api-source-control/.gitignore')?.bytes, bytes('*\n'));
    const listed = [...(await storage.backups.list())].sort();
    assert.deepEqual(listed, ['discard 2.json', 'discard 2/a/b.yaml', 'discard.json', 'discard/a/b.yaml']);
    assert.deepEqual(await storage.backups.read('discard 2/a/b.yaml'), bytes('two'));
    assert.deepEqual(await storage.backups.read('discard.json'), bytes('note'));
    assert.equal(await storage.backups.read('discard/gone'), undefined);
    fs.refuse = '.api-source-control/backups/last/a/b.yaml';
    await assert.rejects(storage.backups.write('last', [file('three')], ''), (error) =>
      Failure.is(error, 'writeFailed'),
    );
  });
});
