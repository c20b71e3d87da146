import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommitId } from '../../../src/core/model/ids.ts';
import type { GitHost } from '../../../src/hosts/git/gitHost.ts';
import { call, fails, isLong, readText, write } from '../support.ts';
import { GitBench } from './gitBench.ts';

describe('git, and its copy on disk', function () {
  this.timeout(30_000);
  let bench: GitBench;
  let storage: string;
  let host: GitHost;
  let mirror: string;
  let head: CommitId;
  beforeEach(async () => {
    bench = await GitBench.open();
    storage = bench.sandbox.path('mirrors');
    head = bench.repository.push('main', { 'b.yaml': 'b', 'never-read.yaml': 'n' }) as CommitId;
    host = bench.host({ storage });
    await host.head(bench.url, 'main', call());
    await readText(host, bench.url, head, 'a.yaml');
    mirror = join(storage, readdirSync(storage)[0]!);
  });
  afterEach(() => bench.close());

  const filesBelow = (folder: string) =>
    readdirSync(join(mirror, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(mirror, folder, name))
      .filter((path) => statSync(path).isFile());

  const damages: Readonly<Record<string, () => void>> = {
    'its objects gone': () => filesBelow('fetch.git/objects').forEach((path) => rmSync(path, { force: true })),
    'the folder of its objects gone': () => rmSync(join(mirror, 'fetch.git/objects'), { recursive: true }),
    'its objects cut off': () => filesBelow('fetch.git/objects').forEach((path) => truncateSync(path, 10)),
    'an empty HEAD': () => truncateSync(join(mirror, 'view.git/HEAD')),
    'an empty HEAD to fetch with': () => truncateSync(join(mirror, 'fetch.git/HEAD')),
    'an empty configuration': () => truncateSync(join(mirror, 'view.git/config')),
    'an empty configuration to fetch with': () => truncateSync(join(mirror, 'fetch.git/config')),
    'a configuration that is none': () => writeFileSync(join(mirror, 'fetch.git/config'), '[core\n\0'),
    'empty refs': () => filesBelow('fetch.git/refs').forEach((path) => truncateSync(path)),
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`works on with ${name}`, async () => {
      damage();
      assert.equal(await host.head(bench.url, 'main', call()), head);
      assert.equal((await host.repository(bench.url, call())).empty, false);
      assert.equal((await host.tree(bench.url, head, call())).size, 3);
      assert.equal(await readText(host, bench.url, head, 'never-read.yaml'), 'n');
      const request = { branch: 'main', expectedHead: head, message: 'm', changes: [write('a.yaml', '2', '1')] };
      const { commit } = await host.commit(bench.url, request, call());
      assert.equal(bench.repository.head('main'), commit);
      assert.ok(readdirSync(storage).length === 1, 'nothing is left beside it');
    });
  }

  it('makes a broken one anew once, for all who were at it', async () => {
    const damage = () => truncateSync(join(mirror, 'view.git/HEAD'));
    damage();
    const texts = ['a.yaml', 'b.yaml', 'never-read.yaml'].map((path) => readText(host, bench.url, head, path));
    assert.deepEqual(await Promise.all(texts), ['1', 'b', 'n']);
    damage();
    await fails(readText(host, bench.url, head, 'a.yaml'), 'hostError');
    assert.equal(await readText(bench.host({ storage }), bench.url, head, 'a.yaml'), '1');
  });

  it('takes a remote that is broken for what it is', async () => {
    rmSync(join(bench.repository.path, 'HEAD'));
    await fails(host.head(bench.url, 'main', call()), 'repositoryNotFound');
    assert.equal(await readText(host, bench.url, head, 'a.yaml'), '1');
    assert.deepEqual(bench.log.at('warn'), []);
  });

  it('removes what killed processes left, once it is old, at the first use in a session', async () => {
    const half = `${mirror.replace(/[^/\\]+$/, 'f'.repeat(32))}.00000000-0000-4000-8000-000000000000`;
    mkdirSync(half);
    const known = readdirSync(join(mirror, 'fetch.git/refs/known'))[0]!;
    const old = ['index-1', 'index-1.lock', 'fetch.git/shallow.lock', `fetch.git/refs/known/${known}.lock`];
    old.push('view.git/config.lock', 'fetch.git/objects/pack/tmp_pack_x');
    const young = ['index-2', 'fetch.git/config.lock', 'fetch.git/objects/pack/tmp_pack_y'];
    for (const path of [...old, ...young]) {
      mkdirSync(dirname(join(mirror, path)), { recursive: true });
      writeFileSync(join(mirror, path), '');
    }
    const longAgo = new Date(Date.now() - 2 * 60 * 60_000);
    for (const path of [half, ...old.map((name) => join(mirror, name))]) utimesSync(path, longAgo, longAgo);
    const next = bench.host({ storage });
    bench.repository.push('main', { 'c.yaml': 'c' });
    assert.equal(await next.head(bench.url, 'main', call()), bench.repository.head('main'));
    for (const path of old) assert.ok(!existsSync(join(mirror, path)), path);
    for (const path of young) assert.ok(existsSync(join(mirror, path)), path);
    assert.ok(!existsSync(half));
  });

  it('gets past the lock that a killed process of this session left', async function () {
    // Git waits ten seconds for whoever may hold it.
    if (!isLong) this.skip();
    const known = readdirSync(join(mirror, 'fetch.git/refs/known'))[0]!;
    const lock = join(mirror, `fetch.git/refs/known/${known}.lock`);
    writeFileSync(lock, '');
    const longAgo = new Date(Date.now() - 2 * 60_000);
    utimesSync(lock, longAgo, longAgo);
    bench.repository.push('main', { 'c.yaml': 'c' });
    assert.equal(await host.head(bench.url, 'main', call()), bench.repository.head('main'));
  });
});
