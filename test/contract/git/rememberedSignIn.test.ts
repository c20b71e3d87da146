import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CredentialPrompt, Credentials } from '../../../src/ports/credentials.ts';
import { GitServer } from '../../forge/git/gitServer.ts';
import { call, fails, readText } from '../support.ts';
import { GitBench } from './gitBench.ts';

describe('git, when it has asked before', function () {
  this.timeout(30_000);
  const interactive = { ...call(), interactive: true };
  let bench: GitBench;
  let asked: CredentialPrompt['kind'][];
  let password: string;
  beforeEach(async () => {
    bench = await GitBench.open();
    asked = [];
    password = 'right $dollars';
    bench.server.faults.credentials = { user: 'ada', password };
  });
  afterEach(() => bench.close());

  const ask: Credentials['ask'] = ({ kind }) => {
    asked.push(kind);
    return Promise.resolve(kind === 'username' ? 'ada' : password);
  };

  it('asks once for all that one click needs, and never again in this window', async () => {
    const host = bench.hostThatAsks(ask);
    assert.equal((await host.repository(bench.url, interactive)).empty, false);
    assert.equal(await host.head(bench.url, 'main', interactive), bench.head);
    assert.equal(await readText(host, bench.url, bench.head, 'a.yaml'), '1');
    assert.deepEqual(asked, ['username', 'password']);
    const { commit } = await bench.commit(host, bench.url, true);
    assert.equal(await host.head(bench.url, 'main', interactive), commit);
    assert.deepEqual(asked, ['username', 'password']);
    for (const file of everyFile(bench.sandbox.folder)) {
      assert.ok(!readFileSync(file, 'latin1').includes('$dollars'), file);
    }
  });

  it('works in the background with what the person said, and asks nobody there', async () => {
    const host = bench.hostThatAsks(ask);
    await fails(host.head(bench.url, 'main', call()), 'signInNeeded');
    await host.head(bench.url, 'main', interactive);
    assert.equal(await host.head(bench.url, 'main', call()), bench.head);
    assert.deepEqual(asked, ['username', 'password']);
  });

  it('keeps nothing that was refused', async () => {
    const host = bench.hostThatAsks(ask);
    password = 'the wrong one';
    await fails(host.head(bench.url, 'main', interactive), 'signInNeeded');
    await fails(host.head(bench.url, 'main', call()), 'signInNeeded');
    assert.deepEqual(asked, ['username', 'password']);
    password = 'right $dollars';
    assert.equal(await host.head(bench.url, 'main', interactive), bench.head);
    assert.deepEqual(asked, ['username', 'password', 'username', 'password']);
  });

  it('forgets what is right no longer, and asks in the same click', async () => {
    const host = bench.hostThatAsks(ask);
    await host.head(bench.url, 'main', interactive);
    password = 'the new one';
    bench.server.faults.credentials = { user: 'ada', password };
    assert.equal(await host.head(bench.url, 'main', interactive), bench.head);
    assert.deepEqual(asked, ['username', 'password', 'username', 'password']);
    await bench.commit(host, bench.url, true);
    assert.equal(asked.length, 4);
  });

  it('forgets what is right no longer in the background, too, and asks at the next click', async () => {
    const host = bench.hostThatAsks(ask);
    await host.head(bench.url, 'main', interactive);
    password = 'the new one';
    bench.server.faults.credentials = { user: 'ada', password };
    await fails(host.head(bench.url, 'main', call()), 'signInNeeded');
    assert.equal(asked.length, 2);
    await bench.commit(host, bench.url, true);
    assert.equal(asked.length, 4);
  });

  it('keeps what was accepted when the push itself is declined', async () => {
    const host = bench.hostThatAsks(ask);
    const words = 'Authentication failed, says this hook';
    bench.script(bench.repository.hook('pre-receive'), `console.error('${words}'); process.exit(1);`);
    await fails(bench.commit(host, bench.url, true), 'protectedBranch');
    await fails(bench.commit(host, bench.url, true), 'protectedBranch');
    assert.deepEqual(asked, ['username', 'password']);
  });

  it('gives another origin nothing', async () => {
    const host = bench.hostThatAsks(ask);
    await host.head(bench.url, 'main', interactive);
    const other = await GitServer.start(bench.sandbox);
    try {
      other.faults.credentials = { user: 'ada', password };
      const stranger = bench.hostThatAsks(ask, { origin: other.origin });
      await fails(stranger.head(other.urlOf(bench.repository), 'main', call()), 'signInNeeded');
      // The configuration leads the very same address to another server.
      bench.sandbox.configure(`url.${other.origin}/.insteadOf`, `${bench.server.origin}/`);
      await fails(host.head(bench.url, 'main', call()), 'signInNeeded');
      assert.equal(asked.length, 2);
      await host.head(bench.url, 'main', interactive);
      await fails(host.head(bench.url, 'main', call()), 'signInNeeded');
      assert.equal(asked.length, 4);
    } finally {
      await other.stop();
    }
  });
});

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}
