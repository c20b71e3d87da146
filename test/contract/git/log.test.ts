import assert from 'node:assert/strict';
import { call, fails, readText } from '../support.ts';
import { GitBench } from './gitBench.ts';

describe('git, in the log', function () {
  this.timeout(30_000);
  const interactive = { ...call(), interactive: true };
  let bench: GitBench;
  beforeEach(async () => {
    bench = await GitBench.open();
  });
  afterEach(() => bench.close());

  it('has one line for each process that talks to the remote, with how it ended and how long it took', async () => {
    const host = bench.host();
    await host.repository(bench.url, call());
    await host.head(bench.url, 'main', call());
    await readText(host, bench.url, bench.head, 'a.yaml');
    await bench.commit(host);
    const at = `, payments at ${bench.server.origin}: exit`;
    const expected = [`git ls-remote${at} 0`, `git fetch${at} 0`, `git fetch${at} 0`, `git push${at} 0`];
    assert.deepEqual(bench.log.at('info'), expected);
    assert.ok(
      bench.log.lines.every(({ message }) => /^git [a-z-]+(?:, payments at \S+)?: exit \d+, \d+ ms$/.test(message)),
    );
    for (const line of ['git init: exit 0', 'git cat-file: exit 0', 'git commit-tree: exit 0']) {
      assert.ok(bench.log.at('trace').includes(line), line);
    }
  });

  it('says how a process failed, and that it was cancelled', async () => {
    const host = bench.host();
    bench.server.faults.status = 403;
    await fails(host.head(bench.url, 'main', call()), 'forbidden');
    assert.deepEqual(bench.log.at('info'), [`git fetch, payments at ${bench.server.origin}: exit 128`]);
    bench.server.faults.status = undefined;
    const controller = new AbortController();
    bench.server.faults.beforePush = () => controller.abort();
    const request = { branch: 'main', expectedHead: bench.head, message: 'm', changes: [] };
    await fails(host.commit(bench.url, request, call(controller.signal)), 'answerLost');
    assert.equal(bench.log.at('info').at(-1), `git push, payments at ${bench.server.origin}: cancelled`);
  });

  it('has nothing of what was typed, of the address, of the environment or of a file', async () => {
    const secrets = ['hunter2 $ecret', 'user-of-this-test', 'contents-of-a-file', 'words-of-a-message'];
    const [password = '', user = '', contents = ''] = secrets;
    bench.repository.push('main', { 'secret.yaml': contents }, secrets[3]);
    bench.server.faults.credentials = { user, password };
    const ask = ({ kind }: { readonly kind: string }) => Promise.resolve(kind === 'username' ? user : password);
    const host = bench.hostThatAsks(ask);
    const address = bench.url.replace('://', `://${user}@`);
    const head = await host.head(address, 'main', interactive);
    assert.equal(await readText(host, bench.url, head!, 'secret.yaml'), contents);
    bench.server.faults.credentials = { user, password: 'changed since' };
    await fails(host.head(address, 'main', interactive), 'signInNeeded');
    assert.ok(bench.log.lines.length > 5);
    const text = bench.log.lines.map(({ message }) => message).join('\n');
    for (const secret of [...secrets, bench.sandbox.folder, 'ASKPASS']) assert.ok(!text.includes(secret), secret);
  });
});
