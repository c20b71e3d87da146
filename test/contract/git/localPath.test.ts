import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { GitHost } from '../../../src/hosts/git/gitHost.ts';
import { call, fails, readText } from '../support.ts';
import { GitBench } from './gitBench.ts';

describe('git, with a path of this computer', function () {
  this.timeout(30_000);
  let bench: GitBench;
  let host: GitHost;
  beforeEach(async () => {
    bench = await GitBench.open();
    host = bench.host({ origin: 'file://' });
  });
  afterEach(() => bench.close());

  const url = (name: string) => pathToFileURL(bench.sandbox.path(name)).href;

  it('says that there is no repository where there is nothing, a plain folder or a file', async () => {
    mkdirSync(bench.sandbox.path('folder'));
    writeFileSync(bench.sandbox.path('file'), 'x');
    for (const name of ['nothing', 'folder', 'file']) {
      for (const work of [host.head(url(name), 'main', call()), host.repository(url(name), call())]) {
        const { facts } = await fails(work, 'repositoryNotFound');
        assert.equal(facts.repository, name);
        assert.ok(facts.detail?.includes(bench.sandbox.path(name)), facts.detail);
      }
    }
  });

  it('reads a working clone, and says why the branch that is checked out there takes no push', async () => {
    bench.sandbox.git(bench.sandbox.folder, 'clone', '--quiet', bench.repository.path, 'clone');
    bench.sandbox.git(bench.sandbox.path('clone'), 'branch', 'topic');
    assert.equal(await host.head(url('clone'), 'main', call()), bench.head);
    assert.equal(await readText(host, url('clone'), bench.head, 'a.yaml'), '1');
    const { facts } = await fails(bench.commit(host, url('clone')), 'protectedBranch');
    assert.ok(facts.detail?.includes('branch is currently checked out'), facts.detail);
    assert.equal(bench.sandbox.git(bench.sandbox.path('clone'), 'rev-parse', 'main').trim(), bench.head);
    await host.deleteBranch(url('clone'), 'topic', bench.head, call());
  });

  it('says how to trust a repository that belongs to somebody else, and touches nothing in it', async () => {
    bench.sandbox.git('/', 'config', '--global', '--unset-all', 'safe.directory');
    // What Git's own tests do, since only an administrator can give a folder away.
    process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'] = '1';
    try {
      for (const work of [host.head(bench.repository.url, 'main', call()), bench.commit(host, bench.repository.url)]) {
        const { facts } = await fails(work, 'hostError');
        assert.ok(facts.detail?.includes('dubious ownership'), facts.detail);
        assert.ok(
          facts.detail?.includes(`git config --global --add safe.directory ${bench.repository.path}`),
          facts.detail,
        );
      }
    } finally {
      delete process.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'];
    }
    assert.equal(bench.repository.head('main'), bench.head);
  });
});
