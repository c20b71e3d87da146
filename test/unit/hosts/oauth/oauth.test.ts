import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Failure } from '../../../../src/core/errors.ts';
import type { HostId } from '../../../../src/core/model/repository.ts';
import { oauthServer } from '../../../../src/hosts/oauth/oauthServer.ts';
import type { OAuthServer } from '../../../../src/ports/oauth.ts';
import { startBitbucketForge } from '../../../forge/bitbucket/bitbucketForge.ts';
import { GitLabForge } from '../../../forge/gitlab/gitlabForge.ts';
import type { Forge } from '../../../forge/http/forge.ts';
import type { OAuthGrants } from '../../../forge/http/oauthGrants.ts';

const redirectUri = 'vscode://api-source-control.api-source-control/signed-in';
const verifier = 'v'.repeat(43);
const request = {
  redirectUri,
  state: 'state-1',
  challenge: createHash('sha256').update(verifier).digest('base64url'),
};
const { signal } = new AbortController();

const lines: string[] = [];
const log = (line: string): void => void lines.push(line);
const tools = {
  fetch: globalThis.fetch,
  clock: { now: () => Date.now() },
  // Nobody waits for an answer of a person here.
  timer: {
    after: (milliseconds: number, work: () => void) => {
      const waiting = setTimeout(work, milliseconds > 30_000 ? milliseconds : 1);
      return { dispose: () => clearTimeout(waiting) };
    },
  },
  log: { info: log, warn: log, error: log, debug: log },
  random: () => 0.5,
} as never;

/** What a person does in the browser: the links of the page. */
async function visit(page: string): Promise<{ readonly granted: URL; readonly declined: URL }> {
  const text = await (await fetch(page)).text();
  const [granted, declined] = [...text.matchAll(/href="([^"]+)"/g)].map(
    ([, href = '']) => new URL(href.replaceAll('&#38;', '&')),
  );
  assert.ok(granted !== undefined && declined !== undefined, text);
  return { granted, declined };
}

interface World {
  readonly host: HostId;
  readonly forge: Forge;
  readonly grants: OAuthGrants;
  readonly server: OAuthServer;
  stop(): Promise<void>;
}

async function gitlab(): Promise<World> {
  const { http: forge, grants } = await GitLabForge.start();
  grants.register({ id: 'ours', redirectUris: [redirectUri] });
  const server = oauthServer(tools, 'gitlab', forge.origin, { id: 'ours' });
  return { host: 'gitlab', forge, grants, server, stop: () => forge.stop() };
}

async function bitbucket(): Promise<World> {
  const { forge, grants } = await startBitbucketForge({});
  grants.register({ id: 'consumer', secret: 'its-secret', redirectUris: [redirectUri] });
  const server = oauthServer(tools, 'bitbucket', forge.origin, { id: 'consumer', secret: 'its-secret' });
  return { host: 'bitbucket', forge, grants, server, stop: () => forge.stop() };
}

for (const start of [gitlab, bitbucket]) {
  describe(`OAuth of ${start.name}`, () => {
    let world: World;
    beforeEach(async () => {
      world = await start();
      lines.length = 0;
    });
    afterEach(async () => {
      assert.deepEqual(world.forge.violations, []);
      for (const token of world.grants.tokens) assert.ok(!lines.join('\n').includes(token));
      await world.stop();
    });

    const code = async (): Promise<string> => {
      const { granted } = await visit(world.server.page(request));
      assert.equal(granted.searchParams.get('state'), 'state-1');
      return granted.searchParams.get('code') ?? '';
    };

    it('gives a grant that its API takes, renews it once, and no more', async () => {
      const grant = await world.server.redeem({ code: await code(), redirectUri, verifier }, signal);
      assert.equal(world.grants.accountOf(grant.accessToken)?.name, 'ada');
      assert.ok(grant.expires !== undefined && grant.expires > Date.now() + 7_100_000);
      const next = await world.server.renew(grant.refreshToken ?? '', signal);
      assert.notEqual(next.refreshToken, grant.refreshToken);
      assert.equal(world.grants.accountOf(next.accessToken)?.name, 'ada');
      assert.equal(world.grants.accountOf(grant.accessToken), undefined);
      await assert.rejects(world.server.renew(grant.refreshToken ?? '', signal), (error) =>
        Failure.is(error, 'signInNeeded'),
      );
    });

    it('takes no code twice, and none for another address', async () => {
      const once = await code();
      await world.server.redeem({ code: once, redirectUri, verifier }, signal);
      const again = { code: once, redirectUri, verifier };
      await assert.rejects(world.server.redeem(again, signal), (error) => Failure.is(error, 'signInNeeded'));
      const elsewhere = { code: await code(), redirectUri: `${redirectUri}/x`, verifier };
      await assert.rejects(world.server.redeem(elsewhere, signal), (error) => Failure.is(error, 'signInNeeded'));
    });

    it('never takes a server in trouble, or nobody, for a refusal', async () => {
      const grant = await world.server.redeem({ code: await code(), redirectUri, verifier }, signal);
      world.forge.faults.always(() => true, { status: 503, body: 'busy' });
      await assert.rejects(world.server.renew(grant.refreshToken ?? '', signal), (error) =>
        Failure.is(error, 'serverError'),
      );
      world.forge.faults.clear();
      world.forge.faults.always(() => true, 'dropBefore');
      await assert.rejects(world.server.renew(grant.refreshToken ?? '', signal), (error) =>
        Failure.is(error, 'offline'),
      );
      world.forge.faults.clear();
      const proxy = { status: 400, headers: { 'content-type': 'text/html' }, body: '<p>invalid_grant' };
      world.forge.faults.always(() => true, proxy);
      await assert.rejects(world.server.renew(grant.refreshToken ?? '', signal), (error) =>
        Failure.is(error, 'unexpectedAnswer'),
      );
      world.forge.faults.clear();
      assert.ok((await world.server.renew(grant.refreshToken ?? '', signal)).accessToken);
    });

    it('follows no redirect with a token', async () => {
      world.forge.faults.always(() => true, { status: 307, headers: { location: 'http://127.0.0.1:1/x' } });
      await assert.rejects(world.server.renew('secret', signal), (error) => Failure.is(error, 'unexpectedAnswer'));
    });
  });
}

describe('OAuth of gitlab alone', () => {
  let world: World;
  beforeEach(async () => void (world = await gitlab()));
  afterEach(() => world.stop());

  it('proves with PKCE that who redeems is who began', async () => {
    const { granted } = await visit(world.server.page(request));
    const stolen = { code: granted.searchParams.get('code') ?? '', redirectUri, verifier: 'w'.repeat(43) };
    await assert.rejects(world.server.redeem(stolen, signal), (error) => Failure.is(error, 'signInNeeded'));
  });

  it('ends a grant when somebody signs out', async () => {
    const { granted } = await visit(world.server.page(request));
    const redemption = { code: granted.searchParams.get('code') ?? '', redirectUri, verifier };
    const grant = await world.server.redeem(redemption, signal);
    assert.equal(world.grants.living, 1);
    await world.server.revoke?.(grant, signal);
    assert.equal(world.grants.living, 0);
    assert.equal(world.grants.accountOf(grant.accessToken), undefined);
  });

  it('waits for what a person does with a code', async () => {
    const device = world.server.device!;
    const started = await device.start(signal);
    assert.equal(new URL(started.page).origin, world.forge.origin);
    const waiting = device.wait(started, signal);
    await fetch(started.page, { method: 'POST', body: new URLSearchParams({ user_code: started.userCode }) });
    assert.equal(world.grants.accountOf((await waiting).accessToken)?.name, 'ada');
  });

  it('ends with a person’s no, with the code’s end, and with a cancel', async () => {
    const device = world.server.device!;
    for (const [answer, reason] of [
      ['declined', 'cancelled'],
      ['expired', 'timeout'],
    ] as const) {
      const started = await device.start(signal);
      world.grants.answerDevice(started.userCode, answer);
      await assert.rejects(device.wait(started, signal), (error) => Failure.is(error, reason), answer);
    }
    const late = { ...(await device.start(signal)), expires: Date.now() - 1 };
    await assert.rejects(device.wait(late, signal), (error) => Failure.is(error, 'timeout'));
    const cancel = new AbortController();
    const waiting = device.wait(await device.start(signal), cancel.signal);
    cancel.abort();
    await assert.rejects(waiting, (error) => Failure.is(error, 'cancelled'));
  });

  it('says of a server before 17.1 that it has no codes for devices', async () => {
    world.grants.knowsDevices = false;
    await assert.rejects(world.server.device!.start(signal), (error) => Failure.is(error, 'unsupported'));
  });
});

describe('OAuth', () => {
  it('is spoken with hosts that give grants, encrypted', () => {
    const open = (host: HostId, origin: string) => () => oauthServer(tools, host, origin, { id: 'x' });
    assert.throws(open('github', 'https://github.com'), (error) => Failure.is(error, 'unsupported'));
    assert.throws(open('gitlab', 'http://gitlab.acme.example'), (error) => Failure.is(error, 'unsafeUrl'));
  });
});
