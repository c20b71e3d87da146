import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BitbucketDataCenterHost } from '../../../src/hosts/bitbucketDataCenter/bitbucketDataCenterHost.ts';
import type { CommitId } from '../../../src/core/model/ids.ts';
import type { Credential } from '../../../src/ports/accounts.ts';
import type { CommitResult, RepositoryHost } from '../../../src/ports/repositoryHost.ts';
import { call, commitId, fails, write } from '../support.ts';
import { DataCenterBench } from './dataCenterBench.ts';

const token = 'token-of-jane';

describe('Bitbucket Data Center, when Git has to sign in', function () {
  this.timeout(60_000);
  let bench: DataCenterBench;
  let head: CommitId;
  beforeEach(async () => {
    bench = await DataCenterBench.open();
    head = commitId(bench.repository.bare.push('main', { 'a.yaml': '1' }));
  });
  afterEach(async () => {
    await bench.stop();
    assert.deepEqual(bench.forge.http.violations, []);
  });

  const commit = (host: RepositoryHost): Promise<CommitResult> => {
    const request = { branch: 'main', expectedHead: head, message: 'Mine', changes: [write('a.yaml', '2', '1')] };
    return host.commit(bench.id, request, call());
  };
  const hostWith = (credential: () => Credential | undefined): RepositoryHost => {
    const session = { account: 'Jane', credential: () => Promise.resolve(credential()) };
    return new BitbucketDataCenterHost(bench.tools, bench.forge.origin, session, bench.writer);
  };
  const bearer = (text: string): Credential => ({ kind: 'bearer', token: text });

  it('is the account that the token belongs to, whatever it is called here', async () => {
    const made = await commit(hostWith(() => bearer(token)));
    assert.equal(bench.repository.bare.head('main'), made.commit);
    const asked = bench.forge.http.requests.filter(({ path }) => path.includes('/scm/'));
    assert.deepEqual([...new Set(asked.map(({ account }) => account))], [undefined, 'jane']);
  });

  it('is not the nobody that asked before', async () => {
    let credential: Credential | undefined = undefined;
    const host = hostWith(() => credential);
    await fails(host.whoAmI(call()), 'signInNeeded');
    credential = bearer(token);
    const made = await commit(host);
    assert.equal(bench.repository.bare.head('main'), made.commit);
  });

  it('takes a name and a password as they are', async () => {
    await commit(hostWith(() => ({ kind: 'basic', user: 'jane', password: token })));
    assert.notEqual(bench.repository.bare.head('main'), head);
  });

  it('takes a renewed token at once', async () => {
    let credential = bearer('token-that-ran-out');
    const host = hostWith(() => credential);
    await fails(commit(host), 'signInNeeded');
    credential = bearer(token);
    await commit(host);
  });

  it('says that nobody is signed in, and asks nobody', async () => {
    await fails(commit(hostWith(() => undefined)), 'signInNeeded');
    assert.equal(bench.repository.bare.head('main'), head);
  });

  it('shows the token to no program, file or line of the log, and leaves the person’s helpers out of it', async () => {
    const seen = bench.sandbox.path('seen');
    bench.gitPath = script('git', `env >> '${seen}'; printf '%s\\n' "$@" >> '${seen}'; exec git "$@"`);
    const told = bench.sandbox.path('told');
    bench.sandbox.configure('credential.helper', script('helper', `echo "$1" >> '${told}'; cat >> '${told}'`));
    const host = hostWith(() => bearer(token));
    await commit(host);
    assert.ok(readFileSync(seen, 'utf8').includes('push'));
    assert.equal(existsSync(told), false);
    for (const file of everyFile(bench.sandbox.folder)) {
      assert.ok(!readFileSync(file, 'latin1').includes(token), file);
    }
    for (const { message } of bench.tools.log.lines) assert.ok(!message.includes(token), message);
  });

  function script(name: string, body: string): string {
    const path = bench.sandbox.path(name);
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
    return path;
  }
});

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}
