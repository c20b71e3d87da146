import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FailureReason } from '../../../src/core/errors.ts';
import { checkPaths } from '../../../src/core/model/pathRules.ts';
import type { CommitId } from '../../../src/core/model/ids.ts';
import { GitRepository } from '../../forge/git/gitRepository.ts';
import { call, commitId, fails, readText, write } from '../support.ts';
import { GitBench } from './gitBench.ts';

describe('git, when something is wrong', function () {
  this.timeout(30_000);
  let bench: GitBench;
  beforeEach(async () => {
    bench = await GitBench.open();
  });
  afterEach(() => bench.close());

  const statuses: readonly (readonly [number, FailureReason])[] = [
    [401, 'signInNeeded'],
    [403, 'forbidden'],
    [404, 'repositoryNotFound'],
    [500, 'hostError'],
    [503, 'hostError'],
  ];
  for (const [status, reason] of statuses) {
    it(`says ${reason} for an HTTP ${status}, reading and pushing`, async () => {
      const host = bench.host();
      await host.head(bench.url, 'main', call());
      bench.server.faults.status = status;
      await fails(host.head(bench.url, 'main', call()), reason);
      await fails(host.repository(bench.url, call()), reason);
      await fails(bench.commit(host), reason);
      bench.server.faults.status = undefined;
      assert.equal(bench.repository.head('main'), bench.head);
      await bench.commit(host);
    });
  }

  it('says offline when nobody is there, and goes on reading what it has', async () => {
    const host = bench.host();
    const head = commitId(await host.head(bench.url, 'main', call()));
    await readText(host, bench.url, head, 'a.yaml');
    const { url } = bench;
    await bench.server.stop();
    await fails(host.head(url, 'main', call()), 'offline');
    await fails(host.repository(url, call()), 'offline');
    await fails(bench.commit(host, url), 'offline');
    assert.equal(await readText(host, url, head, 'a.yaml'), '1');
  });

  for (const cut of ['before', 'after'] as const) {
    it(`does not know what became of a push that was cut ${cut} it took effect`, async () => {
      const host = bench.host();
      bench.server.faults.cutPush = cut;
      await fails(bench.commit(host), 'answerLost');
      assert.equal(bench.repository.log('main').length, cut === 'after' ? 2 : 1);
    });

    it(`makes one commit when curl quietly repeats a push that was cut ${cut} it took effect`, async () => {
      const host = bench.host();
      bench.server.faults.cutOnce = true;
      bench.server.faults.cutPush = cut;
      const { commit } = await bench.commit(host);
      assert.equal(bench.repository.head('main'), commit);
      assert.equal(bench.repository.log('main').length, 2);
    });
  }

  it('does not know what became of a push that was cancelled on its way', async () => {
    const host = bench.host();
    await host.head(bench.url, 'main', call());
    const controller = new AbortController();
    bench.server.faults.beforePush = () => controller.abort();
    const request = { branch: 'main', expectedHead: bench.head, message: 'm', changes: [write('a.yaml', '2', '1')] };
    await fails(host.commit(bench.url, request, call(controller.signal)), 'answerLost');
  });

  const refusals: readonly (readonly [string, string])[] = [
    ['pre-receive', 'You need a pull request here.'],
    ['update', 'Only the release team pushes to this branch.'],
  ];
  for (const [hook, words] of refusals) {
    it(`says protectedBranch, in the host's words, when its ${hook} hook declines`, async () => {
      bench.script(bench.repository.hook(hook), `console.error(${JSON.stringify(words)}); process.exit(1);`);
      const failure = await fails(bench.commit(bench.host()), 'protectedBranch');
      assert.ok(failure.facts.detail?.includes(words), failure.facts.detail);
      assert.equal(bench.repository.head('main'), bench.head);
    });
  }

  it('refuses a SHA-256 repository by name', async () => {
    const modern = GitRepository.make(bench.sandbox, 'modern', { objectFormat: 'sha256' });
    modern.push('main', { 'a.yaml': '1' });
    const url = bench.server.urlOf(modern);
    await fails(bench.host().repository(url, call()), 'unsupportedRepository');
    await fails(bench.host().head(url, 'main', call()), 'unsupportedRepository');
    const local = bench.host({ origin: 'file://' });
    await fails(local.repository(modern.url, call()), 'unsupportedRepository');
    await fails(local.head(modern.url, 'main', call()), 'unsupportedRepository');
  });

  it('says who is not known to Git, and makes no commit', async () => {
    for (const key of ['user.name', 'user.email']) bench.sandbox.git('/', 'config', '--global', '--unset', key);
    const host = bench.host();
    assert.deepEqual(await host.whoAmI(call()), { id: '', name: '' });
    await fails(bench.commit(host), 'identityMissing');
    assert.equal(bench.repository.head('main'), bench.head);
  });

  it('says that there is no Git, or none that is new enough', async () => {
    const missing = bench.host({ gitPath: () => '/nowhere/git' });
    await fails(missing.head(bench.url, 'main', call()), 'gitMissing');
    const other = bench.script(bench.sandbox.path('other'), 'console.log("not git")');
    await fails(bench.host({ gitPath: () => other }).repository(bench.url, call()), 'gitMissing');
    const old = bench.script(bench.sandbox.path('old'), 'console.log("git version 2.38.9.windows.1")');
    const failure = await fails(bench.host({ gitPath: () => old }).repository(bench.url, call()), 'gitTooOld');
    assert.equal(failure.facts.detail, '2.38.9.windows.1');
  });

  it('talks to no other origin, and to no unsafe address', async () => {
    const host = bench.host({ origin: 'https://example.com' });
    await fails(host.head(bench.url, 'main', call()), 'unsafeUrl');
    await fails(host.repository('ext::sh -c "touch x"', call()), 'unsafeUrl');
    await fails(host.repository('--upload-pack=touch x', call()), 'unsafeUrl');
    assert.equal(bench.server.requests.length, 0);
    for (const name of ['-x', 'a..b', 'a b', ''])
      await fails(bench.host().head(bench.url, name, call()), 'invalidName');
    assert.equal(bench.server.requests.length, 0);
  });

  it('follows no address that the configuration turns into a command', async () => {
    bench.sandbox.configure('url.ext::.insteadOf', bench.server.origin);
    const marker = bench.sandbox.path('marker');
    const url = `${bench.server.origin}/sh%20-c%20touch%20${marker}`;
    await fails(bench.host().head(url, 'main', call()), 'hostError');
    assert.ok(!existsSync(marker));
  });

  it('runs no hook of the person, and changes nothing in their configuration', async () => {
    const hooks = bench.sandbox.path('hooks');
    bench.sandbox.git('/', 'init', '--quiet', '--bare', hooks);
    const marker = bench.sandbox.path('marker');
    const source = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, 'ran'); process.exit(1);`;
    for (const name of ['pre-push', 'reference-transaction'])
      bench.script(join(hooks, 'hooks', name), source.replaceAll('node:', ''));
    bench.sandbox.configure('core.hooksPath', join(hooks, 'hooks'));
    const config = bench.sandbox.environment['GIT_CONFIG_GLOBAL']!;
    const before = readFileSync(config, 'utf8');
    const host = bench.host({ origin: 'file://' });
    await host.head(bench.repository.url, 'main', call());
    assert.equal(readFileSync(config, 'utf8'), before);
    assert.ok(!existsSync(marker));
  });

  it('is not led astray by variables of a surrounding Git', async () => {
    const astray = {
      GIT_DIR: '/nowhere',
      GIT_INDEX_FILE: '/nowhere/i',
      GIT_TRACE: '1',
      GIT_OBJECT_DIRECTORY: '/nowhere/o',
    };
    Object.assign(process.env, astray);
    try {
      const host = bench.host();
      assert.equal(await host.head(bench.url, 'main', call()), bench.head);
      await bench.commit(host);
    } finally {
      for (const name of Object.keys(astray)) delete process.env[name];
    }
    assert.equal(bench.repository.log('main').length, 2);
  });

  for (const setting of ['uploadpack.allowFilter', 'protocol.version'] as const) {
    it(`works with a server without ${setting === 'protocol.version' ? 'protocol v2' : 'partial fetches'}`, async () => {
      bench.repository.push('main', { 'b.yaml': 'b' });
      if (setting === 'protocol.version') bench.sandbox.configure(setting, '0');
      else bench.repository.git('config', setting, 'false');
      const host = bench.host();
      const head = commitId(await host.head(bench.url, 'main', call()));
      assert.equal((await host.tree(bench.url, head, call())).size, 2);
      assert.equal(await readText(host, bench.url, head, 'a.yaml'), '1');
      assert.equal(await readText(host, bench.url, bench.head, 'a.yaml'), '1');
      const request = { branch: 'main', expectedHead: head, message: 'm', changes: [write('a.yaml', '2', '1')] };
      const { commit } = await host.commit(bench.url, request, call());
      assert.equal(bench.repository.head('main'), commit);
    });
  }

  it('shares one mirror between two windows that begin at once', async () => {
    const storage = bench.sandbox.path('shared');
    bench.repository.push('develop', { 'd.yaml': 'd' });
    const windows = [1, 2, 3].map(() => bench.host({ storage }));
    const heads = await Promise.all(
      windows.flatMap((host) => ['main', 'develop'].map((branch) => host.head(bench.url, branch, call()))),
    );
    const expected = ['main', 'develop'].map((branch) => bench.repository.head(branch));
    assert.deepEqual(
      heads,
      windows.flatMap(() => expected),
    );
    assert.equal(readdirSync(storage).length, 1);
    const texts = await Promise.all(windows.map((host) => readText(host, bench.url, bench.head as CommitId, 'a.yaml')));
    assert.deepEqual(texts, ['1', '1', '1']);
  });

  it('shows names that are no UTF-8 as what no path may be, and leaves them alone when it commits', async () => {
    const latin1 = Buffer.from('caf\xe9.yaml', 'latin1');
    const names = ['caf\u00e9.yaml', 'a.yaml', latin1, Buffer.from('caf\xe8.yaml', 'latin1')];
    const head = bench.repository.pushRawTree('main', names) as CommitId;
    const host = bench.host();
    const paths = [...(await host.tree(bench.url, head, call())).keys()];
    assert.deepEqual(paths.toSorted(), ['a.yaml', 'caf\u00e9.yaml', 'caf\ufffd.yaml']);
    const refused = checkPaths(paths, 'linux').map(({ path, rule }) => [path, rule]);
    assert.deepEqual(refused, [['caf\ufffd.yaml', 'notUnicode']]);
    const changes = [write('caf\u00e9.yaml', 'mine', 'hostile\n')];
    const { commit } = await host.commit(
      bench.url,
      { branch: 'main', expectedHead: head, message: 'm', changes },
      call(),
    );
    const listing = bench.sandbox.gitWith({ cwd: bench.repository.path }, 'ls-tree', '-r', '-z', '--name-only', commit);
    assert.equal(listing.toString('latin1').split('\0').length, names.length + 1);
    assert.ok(listing.includes(latin1));
  });
});
