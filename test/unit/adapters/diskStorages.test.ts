import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DiskStorages } from '../../../src/adapters/disk/diskStorages.ts';
import { SilentLog } from '../../../src/adapters/memory/silentLog.ts';
import { Failure } from '../../../src/core/errors.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { CheckoutState } from '../../../src/core/sync/checkoutState.ts';
import { gitId } from './countingHasher.ts';
import { bytesOf, DiskSandbox, never, write } from './diskSandbox.ts';

const state: CheckoutState = {
  repository: { host: 'git', origin: 'file://', id: 'file:///r.git', name: 'r' },
  branch: 'main',
  branches: new Map([['main', { base: new Map(), members: new Map() }]]),
};

describe('checkouts on a disk', () => {
  let box: DiskSandbox;
  beforeEach(async () => (box = await DiskSandbox.make()));
  afterEach(() => box.dispose());

  const storages = (): DiskStorages =>
    new DiskStorages({ hasher: box.hasher, clock: box.clock, log: new SilentLog(), platform: 'linux' });
  const open = (folder: string): ReturnType<DiskStorages['open']> =>
    storages().open(pathToFileURL(box.checkout).toString(), folder);

  it('creates nothing by being opened, looked into and asked', async () => {
    const { files, blobs, state: store } = await open('new/checkout');
    assert.equal(await store.load(), undefined);
    assert.equal(await blobs.has(gitId('a')), false);
    assert.equal(await blobs.get(gitId('a')), undefined);
    assert.equal((await files.snapshot(['a' as RepoPath], never)).size, 0);
    assert.deepEqual(await files.list('', never), []);
    assert.deepEqual(await readdir(box.checkout), []);
  });

  it('keeps everything in the folder, in a folder that ignores itself', async () => {
    const { files, blobs, state: store } = await open('payments');
    await store.save(state);
    await files.apply([write('a/b', 'x')], never);
    const id = await blobs.put(bytesOf('blob'));
    const own = join(box.checkout, 'payments/.api-source-control');
    assert.deepEqual((await readdir(own)).sort(), ['.gitignore', 'blobs', 'state.json', 'tmp']);
    assert.deepEqual(await readdir(join(own, 'blobs', id.slice(0, 2))), [id.slice(2)]);
    assert.deepEqual(await readdir(box.checkout), ['payments']);
    assert.deepEqual(await box.get('payments/a/b'), 'x');
  });

  it('keeps each backup in a folder of its own, and takes no other away', async () => {
    const { backups } = await open('payments');
    const files = [
      { path: 'a/b.yaml', bytes: bytesOf('one') },
      { path: 'empty', bytes: bytesOf('') },
    ];
    const first = await backups.write('discard', files, 'note');
    const second = await backups.write('discard', [{ path: 'a/b.yaml', bytes: bytesOf('two') }], 'other');
    assert.equal(first, '.api-source-control/backups/discard');
    assert.equal(second, '.api-source-control/backups/discard 2');
    assert.equal(await box.get(`payments/${first}/a/b.yaml`), 'one');
    assert.equal(await box.get(`payments/${first}/empty`), '');
    assert.equal(await box.get(`payments/${second}/a/b.yaml`), 'two');
    assert.deepEqual(await (await open('payments')).files.list('', never), []);
    await symlink(box.root, box.path('payments/.api-source-control/backups/linked'));
    await symlink(box.path('payments'), box.path(`payments/${first}/linked`));
    const listed = [...(await backups.list())].sort();
    assert.deepEqual(listed, [
      'discard 2.json',
      'discard 2/a/b.yaml',
      'discard.json',
      'discard/a/b.yaml',
      'discard/empty',
    ]);
    assert.deepEqual(await backups.read('discard 2/a/b.yaml'), bytesOf('two'));
    assert.deepEqual(await backups.read('discard.json'), bytesOf('note'));
    assert.equal(await backups.read('discard/gone'), undefined);
    assert.deepEqual(await (await open('')).backups.list(), []);
  });

  it('says that a backup cannot be written, so that nothing is replaced', async () => {
    const { backups, state: store } = await open('payments');
    await store.save(state);
    await writeFile(join(box.checkout, 'payments/.api-source-control/backups'), 'in the way');
    await assert.rejects(backups.write('discard', [{ path: 'a', bytes: bytesOf('x') }], ''), (error) =>
      Failure.is(error, 'writeFailed'),
    );
  });

  it('finds state and blobs again', async () => {
    const first = await open('');
    await first.state.save(state);
    const id = await first.blobs.put(bytesOf('blob'));
    const second = await open('');
    assert.deepEqual(await second.state.load(), state);
    assert.equal(await second.blobs.has(id), true);
    assert.deepEqual(Buffer.from((await second.blobs.get(id)) ?? []), Buffer.from('blob'));
  });

  it('takes the workspace folder as its URI says it, however it is written', async () => {
    await mkdir(box.path('a b#ä%20'));
    const { files } = await storages().open(pathToFileURL(box.path('a b#ä%20')).toString(), '');
    await files.apply([write('x', 'x')], never);
    assert.equal(await box.get('a b#ä%20/x'), 'x');
  });

  it('refuses folders that leave the workspace folder', async () => {
    await symlink(box.root, box.path('out'));
    await symlink('nowhere', box.path('broken'));
    await box.put('file', 'x');
    const bad = ['..', '../x', '/etc', 'a/../../x', '.git', '.api-source-control', 'a\\b', 'C:/x', 'a/', './a'];
    for (const folder of [...bad, 'out', 'out/deeper', 'broken', 'file', 'file/x']) {
      await assert.rejects(open(folder), (error) => Failure.is(error, 'unsafePath'), folder);
    }
  });

  it('refuses places that are not on a disk', async () => {
    for (const uri of ['vscode-vfs://github/acme/r', 'https://example.com/', 'nothing']) {
      await assert.rejects(storages().open(uri, ''), (error) => Failure.is(error, 'unsafePath'), uri);
    }
  });

  it('takes a workspace folder that is reached by a link', async () => {
    await symlink(box.checkout, join(box.root, 'shortcut'));
    const { files } = await storages().open(pathToFileURL(join(box.root, 'shortcut')).toString(), 'a');
    await files.apply([write('x', 'x')], never);
    assert.equal(await box.get('a/x'), 'x');
  });

  it('does not give a damaged blob, and lets it be put again', async () => {
    const { blobs } = await open('');
    const id = await blobs.put(bytesOf('blob'));
    const place = box.path(`.api-source-control/blobs/${id.slice(0, 2)}/${id.slice(2)}`);
    await writeFile(place, 'bl0b');
    assert.equal(await blobs.get(id), undefined);
    assert.equal(existsSync(place), false);
    await blobs.put(bytesOf('blob'));
    assert.deepEqual(Buffer.from((await blobs.get(id)) ?? []), Buffer.from('blob'));
  });

  it('never guesses at a state that it cannot read', async () => {
    const { state: store } = await open('');
    for (const text of ['', '{', '{"format":2}']) {
      await box.put('.api-source-control/state.json', text);
      await assert.rejects(store.load(), (error) => Failure.is(error, 'invalidFile'), text);
      assert.equal(await box.get('.api-source-control/state.json'), text);
    }
  });

  it('saves two states at once without mixing them', async () => {
    const { state: store } = await open('');
    const states = Array.from({ length: 20 }, (_, index) => ({ ...state, branch: `b${index}` }));
    await Promise.all(states.map((each) => store.save(each)));
    assert.match((await store.load())?.branch ?? '', /^b\d+$/u);
    assert.deepEqual(await box.leftovers(), []);
  });
});
