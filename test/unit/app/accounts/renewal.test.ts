import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Renewal, type Renew } from '../../../../src/app/accounts/renewal.ts';
import { Failure } from '../../../../src/core/errors.ts';
import type { Grant } from '../../../../src/ports/oauth.ts';
import { GitLabForge } from '../../../forge/gitlab/gitlabForge.ts';

const old: Grant = { accessToken: 'a0', refreshToken: 'r0', expires: 1_000_000 };
const next: Grant = { accessToken: 'a1', refreshToken: 'r1', expires: 9_000_000 };
const usedUp: Renew = () => Promise.reject(new Failure('signInNeeded'));

/** One window, whose time passes while it waits. */
class Window {
  now = 0;
  stored: Grant | undefined = old;
  waits = 0;
  /** What others do while this window waits. */
  meanwhile: () => void = () => undefined;

  readonly renewal = new Renewal({
    store: {
      read: () => Promise.resolve(this.stored),
      write: (_account, grant) => Promise.resolve(void (this.stored = grant)),
    },
    clock: { now: () => this.now },
    timer: {
      after: (milliseconds, work) => {
        this.waits++;
        this.now += milliseconds;
        this.meanwhile();
        queueMicrotask(work);
        return { dispose: () => undefined };
      },
    },
  });
}

describe('renewing what a host granted', () => {
  it('leaves alone what is good, up to a minute before its end', async () => {
    const window = new Window();
    const never: Renew = () => assert.fail('it was renewed');
    assert.equal(await window.renewal.fresh('ada', never), old);
    window.now = 939_999;
    assert.equal(await window.renewal.fresh('ada', never), old);
    window.now = 940_000;
    assert.deepEqual(await window.renewal.fresh('ada', () => Promise.resolve(next)), next);
    assert.equal(window.stored?.refreshToken, 'r1');
  });

  it('renews what the host refused, unless somebody has done so', async () => {
    const window = new Window();
    assert.deepEqual(await window.renewal.fresh('ada', () => Promise.resolve(next), 'a0'), next);
    assert.deepEqual(await window.renewal.fresh('ada', usedUp, 'a0'), next);
  });

  it('renews once for all who ask at once', async () => {
    const window = new Window();
    window.now = 2_000_000;
    let renewed = 0;
    const renew: Renew = () => Promise.resolve((renewed++, next));
    const grants = await Promise.all([1, 2, 3].map(() => window.renewal.fresh('ada', renew)));
    assert.deepEqual(grants, [next, next, next]);
    assert.equal(renewed, 1);
  });

  it('keeps the refresh token of a host that gives no new one', async () => {
    const window = new Window();
    await window.renewal.fresh('ada', () => Promise.resolve({ accessToken: 'a1' }), 'a0');
    assert.equal(window.stored?.refreshToken, 'r0');
  });

  it('waits for who was faster, and takes theirs', async () => {
    const window = new Window();
    window.meanwhile = () => {
      if (window.waits === 5) window.stored = next;
    };
    assert.equal(await window.renewal.fresh('ada', usedUp, 'a0'), next);
    assert.equal(window.waits, 5);
  });

  it('signs out after ten seconds in which nobody brought another', async () => {
    const window = new Window();
    assert.equal(await window.renewal.fresh('ada', usedUp, 'a0'), undefined);
    assert.ok(window.now >= 10_000 && window.now < 11_000, String(window.now));
    assert.equal(window.stored, old);
  });

  it('never signs out for a network, a server or anything else', async () => {
    const window = new Window();
    for (const reason of ['offline', 'timeout', 'serverError', 'hostError', 'unexpectedAnswer'] as const) {
      const fails: Renew = () => Promise.reject(new Failure(reason));
      await assert.rejects(window.renewal.fresh('ada', fails, 'a0'), (error) => Failure.is(error, reason));
    }
    assert.equal(window.stored, old);
    assert.deepEqual(await window.renewal.fresh('ada', () => Promise.resolve(next), 'a0'), next);
  });

  it('leaves the last word to who signed out, or in again, meanwhile', async () => {
    const window = new Window();
    const signedIn: Grant = { accessToken: 'b', refreshToken: 's' };
    for (const now of [undefined, signedIn]) {
      window.stored = old;
      const renew: Renew = () => Promise.resolve(((window.stored = now), next));
      assert.equal(await window.renewal.fresh('ada', renew, 'a0'), now);
      assert.equal(window.stored, now);
    }
  });

  it('has nothing to renew without a refresh token, or without a grant', async () => {
    const window = new Window();
    window.stored = { accessToken: 'a0', expires: 1 };
    assert.equal(await window.renewal.fresh('ada', usedUp), undefined);
    window.stored = undefined;
    assert.equal(await window.renewal.fresh('ada', usedUp), undefined);
  });
});

describe('two processes that renew one grant', function () {
  const rounds = process.env['LONG'] === '1' ? 50 : 5;
  this.timeout(rounds * 10_000);
  let folder: string;
  let forge: GitLabForge;
  let processes: readonly ChildProcess[] = [];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'asc-renewal-'));
    forge = await GitLabForge.start();
  });
  after(async () => {
    for (const each of processes) each.disconnect();
    await forge.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it(`at once, ${String(rounds)} times: nobody is signed out, and no refresh token counts twice`, async () => {
    const { grants } = forge;
    // Never good for longer than the margin: every question is a renewal.
    grants.lifetime = 30;
    grants.register({ id: 'ours', redirectUris: ['http://127.0.0.1/x'] });
    const { device_code } = grants.startDevice('ours');
    grants.answerDevice(grants.userCodeOf(device_code), 'granted');
    const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
    const first = grants.token(new URLSearchParams({ grant_type, client_id: 'ours', device_code }));
    const file = path.join(folder, 'grant.json');
    const grant: Grant = { accessToken: first.access_token, refreshToken: first.refresh_token, expires: 0 };
    await writeFile(file, JSON.stringify(grant));

    const script = path.join(import.meta.dirname, 'renewingProcess.ts');
    processes = [0, 1].map(() => fork(script, [file, forge.origin], { execArgv: ['--import=tsx'] }));
    await Promise.all(processes.map((each) => once(each, 'message')));
    for (let round = 0; round < rounds; round++) {
      const answers = processes.map(async (each) => {
        const [answer] = (await Promise.all([once(each, 'message'), Promise.resolve(each.send('renew'))]))[0];
        return answer as unknown;
      });
      assert.deepEqual(await Promise.all(answers), ['signed in', 'signed in'], `round ${String(round)}`);
      assert.equal(grants.living, 1, 'a grant that nobody holds is left over');
      const { refreshToken } = JSON.parse(await readFile(file, 'utf8')) as Grant;
      assert.ok(!grants.renewals.includes(refreshToken ?? ''), 'the stored one is used up');
    }
    assert.equal(new Set(grants.renewals).size, grants.renewals.length);
    assert.ok(grants.renewals.length >= rounds);
    assert.ok(grants.reused > 0, 'they never met');
  });
});
