import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DiskStorages } from '../../src/adapters/disk/diskStorages.ts';
import { MemoryAccounts } from '../../src/adapters/memory/memoryAccounts.ts';
import { FixedClock } from '../../src/adapters/memory/fixedClock.ts';
import { SilentLog } from '../../src/adapters/memory/silentLog.ts';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { ApiStore } from '../../src/app/apiStore.ts';
import { createEngine, type Engine } from '../../src/app/createEngine.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { Editors } from '../../src/ports/editors.ts';
import { OneHost } from './oneHost.ts';
import { GitBench } from '../contract/git/gitBench.ts';
import { root, schema } from './definitions.ts';
import { context, FakeAsk, FakePersonal, FakeWorkspace, hasher, HeardNews, ManualTimer, request } from './person.ts';

const noEditors: Editors = { unsaved: () => [], save: () => Promise.resolve() };

describe('the engine on a real disk and real Git', function () {
  this.timeout(60_000);
  let bench: GitBench;
  let folder: string;
  let store: ApiStore;
  let engine: Engine;
  let ask: FakeAsk;

  beforeEach(async () => {
    bench = await GitBench.open();
    folder = mkdtempSync(join(tmpdir(), 'engine-'));
    store = new ApiStore();
    ask = new FakeAsk();
    const workspace = new FakeWorkspace();
    workspace.folders = [{ uri: pathToFileURL(folder).href, name: 'work' }];
    const host = bench.host();
    const hosts = new OneHost(host);
    engine = createEngine({
      workspace,
      personal: new FakePersonal(),
      storages: new DiskStorages({ hasher, clock: new FixedClock(), log: new SilentLog(), platform: 'linux' }),
      editors: noEditors,
      ask,
      tell: new HeardNews(),
      timer: new ManualTimer(),
      hosts,
      accounts: new MemoryAccounts(),
      hasher,
      clock: new FixedClock(),
      log: new SilentLog(),
      ids: { next: () => 'id' },
      store,
      platform: 'linux',
    });
  });

  afterEach(async () => {
    engine.dispose();
    rmSync(folder, { recursive: true, force: true });
    await bench.close();
  });

  const file = (path: string): string => join(folder, 'repo', path);
  const connect = (): Promise<ApiKey> =>
    engine.useCases.connect(request({ workspaceFolder: pathToFileURL(folder).href, repository: bench.url }), context());
  const plan = (api: ApiKey): readonly string[] =>
    (store.get(api)?.sync?.plan ?? []).map((item) => `${item.kind} ${item.path}`);

  it('connects, pulls, merges and pushes, byte for byte and mode for mode', async () => {
    const odd = Buffer.from('\ufefftype: object\r\na: 1\r\nb: 2\r\nc: 3\r\nlast: x', 'utf8');
    bench.repository.push('main', {
      'openapi.yaml': root('odd.yaml', 'plain.yaml'),
      'odd.yaml': { mode: '100755', content: odd },
      'plain.yaml': schema(),
      'other.txt': 'x',
    });
    const api = await connect();
    assert.deepEqual(readdirSync(join(folder, 'repo')).sort(), [
      '.api-source-control',
      'odd.yaml',
      'openapi.yaml',
      'plain.yaml',
    ]);
    assert.deepEqual(readFileSync(file('odd.yaml')), odd);
    assert.ok((statSync(file('odd.yaml')).mode & 0o100) !== 0);
    assert.deepEqual(plan(api), []);

    const theirs = Buffer.from(odd.toString('utf8').replace('a: 1', 'a: 9'));
    bench.repository.push('main', { 'odd.yaml': { mode: '100755', content: theirs } });
    writeFileSync(file('odd.yaml'), odd.toString('utf8').replace('last: x', 'last: y'));
    const pulled = await engine.useCases.pull(api, context());
    assert.deepEqual(pulled, { taken: 0, merged: 1, conflicts: [] });
    await engine.useCases.push(api, 'Joins both', context());

    const head = bench.repository.head('main');
    assert.ok(head !== undefined);
    const merged = odd.toString('utf8').replace('a: 1', 'a: 9').replace('last: x', 'last: y');
    assert.equal(Buffer.from(bench.repository.show(head, 'odd.yaml')).toString('utf8'), merged);
    assert.equal(bench.repository.entries(head).get('odd.yaml')?.mode, '100755');
    assert.deepEqual([...bench.repository.entries(head).keys()].sort(), [
      'a.yaml',
      'odd.yaml',
      'openapi.yaml',
      'other.txt',
      'plain.yaml',
    ]);
    assert.equal(readFileSync(file('odd.yaml'), 'utf8'), merged);
    assert.deepEqual(plan(api), []);
  });

  it('takes and sends empty files, two forms of one name, modes alone, and folders that become files', async () => {
    const [nfc, nfd] = ['caf\u00e9.yaml', 'cafe\u0301.yaml'] as const;
    const names = ['empty.yaml', nfc, nfd, 'x/one.yaml', 'y', 'tool.yaml'];
    bench.repository.push('main', {
      'openapi.yaml': root(...names),
      'empty.yaml': '',
      [nfc]: 'nfc: 1\n',
      [nfd]: 'nfd: 1\n',
      'x/one.yaml': schema(),
      y: schema(),
      'tool.yaml': schema(),
    });
    const api = await connect();
    assert.deepEqual(plan(api), []);
    assert.equal(readFileSync(file('empty.yaml')).length, 0);
    assert.equal(readFileSync(file(nfd), 'utf8'), 'nfd: 1\n');

    // There: a folder becomes a file, a file a folder, and a mode changes.
    bench.repository.push('main', {
      'openapi.yaml': root('empty.yaml', nfc, nfd, 'x', 'y/two.yaml', 'tool.yaml'),
      'x/one.yaml': null,
      x: schema(),
      y: null,
      'y/two.yaml': schema(),
      'tool.yaml': { mode: '100755', content: schema() },
    });
    writeFileSync(file(nfd), '');
    chmodSync(file('empty.yaml'), 0o755);
    await engine.useCases.pull(api, context());
    assert.equal(readFileSync(file('x'), 'utf8'), schema());
    assert.equal(readFileSync(file('y/two.yaml'), 'utf8'), schema());
    assert.ok((statSync(file('tool.yaml')).mode & 0o100) !== 0);
    assert.deepEqual(plan(api), [`outgoing ${nfd}`, 'outgoing empty.yaml'].sort());

    // Here: the same back again.
    rmSync(file('x'));
    mkdirSync(file('x'));
    writeFileSync(file('x/one.yaml'), '');
    rmSync(file('y'), { recursive: true });
    writeFileSync(file('y'), 'type: string\r\n');
    writeFileSync(file('openapi.yaml'), root(...names));
    await engine.useCases.push(api, 'Back again', context());
    assert.deepEqual(plan(api), []);
    const head = bench.repository.head('main');
    assert.ok(head !== undefined);
    const entries = bench.repository.entries(head);
    assert.deepEqual([...entries.keys()].sort(), ['a.yaml', 'openapi.yaml', ...names].sort());
    assert.equal(entries.get('empty.yaml')?.mode, '100755');
    assert.equal(Buffer.from(bench.repository.show(head, nfd)).length, 0);
    assert.equal(Buffer.from(bench.repository.show(head, nfc)).toString(), 'nfc: 1\n');
    assert.equal(Buffer.from(bench.repository.show(head, 'y')).toString(), 'type: string\r\n');
  });

  it('parks and brings back, byte for byte and mode for mode, and undoes what was discarded', async () => {
    const odd = '\ufefftype: object\r\nlast: x';
    bench.repository.push('main', { 'openapi.yaml': root('odd.yaml'), 'odd.yaml': odd });
    bench.repository.push('topic', { 'openapi.yaml': root('other.yaml'), 'other.yaml': schema() });
    const api = await connect();
    ask.answers.set('switchWithChanges', 'park');
    ask.answers.set('discard', 'discard');
    writeFileSync(file('odd.yaml'), odd.replace('x', 'mine'));
    chmodSync(file('odd.yaml'), 0o755);
    writeFileSync(file('openapi.yaml'), root('odd.yaml', 'deep/new.yaml'));
    mkdirSync(file('deep'));
    writeFileSync(file('deep/new.yaml'), '');
    await engine.useCases.switchBranch(api, 'topic', context());
    assert.deepEqual(readdirSync(join(folder, 'repo')).sort(), ['.api-source-control', 'openapi.yaml', 'other.yaml']);
    assert.deepEqual(plan(api), []);
    const { restored } = await engine.useCases.switchBranch(api, 'main', context());
    assert.deepEqual([...restored].sort(), ['deep/new.yaml', 'odd.yaml', 'openapi.yaml']);
    assert.equal(readFileSync(file('odd.yaml'), 'utf8'), odd.replace('x', 'mine'));
    assert.ok((statSync(file('odd.yaml')).mode & 0o100) !== 0);
    assert.equal(readFileSync(file('deep/new.yaml')).length, 0);
    const done = await engine.useCases.discard(api, ['odd.yaml' as RepoPath], context());
    assert.equal(readFileSync(file('odd.yaml'), 'utf8'), odd);
    await done?.undo(context());
    assert.equal(readFileSync(file('odd.yaml'), 'utf8'), odd.replace('x', 'mine'));
    assert.ok((statSync(file('odd.yaml')).mode & 0o100) !== 0);
    await engine.useCases.push(api, 'Mine', context());
    const head = bench.repository.head('main');
    assert.ok(head !== undefined);
    assert.equal(bench.repository.entries(head).get('odd.yaml')?.mode, '100755');
  });

  it('brings a deleted branch back at the commit that it was at', async () => {
    bench.repository.push('main', { 'openapi.yaml': root() });
    bench.repository.push('topic', { 'openapi.yaml': root('own.yaml'), 'own.yaml': schema() });
    const head = bench.repository.head('topic');
    const api = await connect();
    ask.answers.set('deleteBranch', 'delete');
    const done = await engine.useCases.deleteBranch(api, 'topic', context());
    assert.equal(bench.repository.head('topic'), undefined);
    await done.undo(context());
    assert.equal(bench.repository.head('topic'), head);
  });

  it('asks the server little: 300 files of 2,000 at connect, a push, a look', async () => {
    const levels = 3;
    const files: Record<string, string> = { 'openapi.yaml': root(...names(0)) };
    for (let level = 0; level < levels; level++) {
      for (const [index, name] of names(level).entries()) {
        files[name] = level + 1 < levels ? schema(`../${names(level + 1)[index] ?? ''}`) : schema();
      }
    }
    for (let index = Object.keys(files).length; index < 2_000; index++)
      files[`rest/${String(index)}.yaml`] = `n: ${String(index)}\n`;
    bench.repository.push('main', files);
    const connected = await bench.server.count(connect);
    const api = connected.answer;
    assert.equal(store.get(api)?.definition?.files.length, 301);
    assert.ok(existsSync(file('l2/99.yaml')));
    assert.ok(connected.requests <= 3 + 2 * (levels + 1), `${String(connected.requests)} requests to connect`);
    writeFileSync(file('l2/99.yaml'), 'type: string\n');
    const { sync } = store.get(api) ?? {};
    assert.ok(sync !== undefined);
    const looked = await bench.server.count(() => engine.useCases.look(sync.checkout, context()));
    assert.ok(looked.requests <= 2, `${String(looked.requests)} requests to look`);
    assert.deepEqual(plan(api), ['outgoing l2/99.yaml']);
    const pushed = await bench.server.count(() => engine.useCases.push(api, 'One', context()));
    assert.ok(pushed.requests <= looked.requests + 2, `${String(pushed.requests)} requests to push`);
  });

  function names(level: number): readonly string[] {
    return Array.from({ length: 100 }, (_, index) => `l${String(level)}/${String(index)}.yaml`);
  }
});
