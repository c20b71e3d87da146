import assert from 'node:assert/strict';
import { Failure, type FailureReason } from '../../../../src/core/errors.ts';
import type { HttpRequest } from '../../../../src/hosts/http/httpMessages.ts';
import type { Credential, Session } from '../../../../src/ports/accounts.ts';
import { answer, broken, ClientBench, quiet, secret } from './clientBench.ts';

const api = 'https://api.host.example';
const get: HttpRequest = { method: 'GET', url: `${api}/repos/acme/payments?page=2` };
const post: HttpRequest = { method: 'POST', url: `${api}/commits`, body: '{"a":1}' };

async function failure(work: Promise<unknown>, reason: FailureReason): Promise<Failure> {
  const thrown = await work.then(
    () => assert.fail('nothing failed'),
    (error: unknown) => error,
  );
  assert.ok(Failure.is(thrown, reason), String(thrown));
  return thrown;
}

describe('HttpClient', () => {
  describe('sends', () => {
    it('the credential, what it accepts and what the host wants with every request', async () => {
      const bench = new ClientBench([answer(200, { ok: true })], { headers: { 'x-version': '7' } });
      const got = await bench.client.send(post, quiet());
      assert.deepEqual(got.json(), { ok: true });
      const [sent] = bench.sent;
      assert.equal(sent?.headers.get('authorization'), `Bearer ${secret}`);
      assert.equal(sent?.headers.get('accept'), 'application/json');
      assert.equal(sent?.headers.get('content-type'), 'application/json');
      assert.equal(sent?.headers.get('x-version'), '7');
      assert.equal(sent?.body, '{"a":1}');
    });

    it('names and passwords in UTF-8', async () => {
      const bench = new ClientBench([answer(200)]);
      bench.credential = { kind: 'basic', user: 'jörg@acme.example', password: 'p:✓' };
      await bench.client.send(get, quiet());
      const [, encoded = ''] = (bench.sent[0]?.headers.get('authorization') ?? '').split(' ');
      assert.equal(Buffer.from(encoded, 'base64').toString(), 'jörg@acme.example:p:✓');
    });

    it('nothing of the credential when there is none, and a renewed one at once', async () => {
      const bench = new ClientBench([answer(200)]);
      bench.credential = undefined;
      await bench.client.send(get, quiet());
      bench.credential = { kind: 'bearer', token: 'renewed' };
      await bench.client.send(get, quiet());
      assert.deepEqual(
        bench.sent.map(({ headers }) => headers.get('authorization')),
        [null, 'Bearer renewed'],
      );
    });

    it('at most four reads at once, and one write after another', async () => {
      let running = 0;
      let most = 0;
      const slow = async (): Promise<Response> => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return new Response('{}');
      };
      const bench = new ClientBench([slow]);
      await Promise.all(Array.from({ length: 9 }, () => bench.client.send(get, quiet())));
      assert.equal(most, 4);
      most = 0;
      await Promise.all(Array.from({ length: 3 }, () => bench.client.send(post, quiet())));
      assert.equal(most, 1);
      assert.equal(bench.sent.length, 12);
    });
  });

  describe('tries again', () => {
    for (const status of [502, 503, 504]) {
      it(`a read after ${status}, later each time, and gives the last answer in the end`, async () => {
        const healed = new ClientBench([answer(status), answer(status), answer(200, 'well')]);
        assert.equal((await healed.client.send(get, quiet())).text(), 'well');
        assert.deepEqual(healed.waited, [500, 1000]);
        const ill = new ClientBench([answer(status)]);
        assert.equal((await ill.client.send(get, quiet())).status, status);
        assert.equal(ill.sent.length, 3);
      });
    }

    it('a read whose connection was lost, but not one that never came to be', async () => {
      const lost = new ClientBench([broken('ECONNRESET'), answer(200)]);
      assert.equal((await lost.client.send(get, quiet())).status, 200);
      const refused = new ClientBench([broken('ECONNREFUSED')]);
      assert.equal((await failure(refused.client.send(get, quiet()), 'offline')).facts.detail, 'ECONNREFUSED');
      assert.equal(refused.sent.length, 1);
    });

    it('a question that is posted, when it says that it may', async () => {
      const bench = new ClientBench([answer(502), answer(200)]);
      assert.equal((await bench.client.send({ ...post, repeatable: true }, quiet())).status, 200);
    });

    for (const [name, reaction] of [
      ['500', answer(500)],
      ['502', answer(502)],
      ['503', answer(503, {}, { 'retry-after': '1' })],
      ['a lost connection', broken('UND_ERR_SOCKET')],
    ] as const) {
      it(`nothing that may have changed something: ${name}`, async () => {
        const bench = new ClientBench([reaction]);
        await failure(bench.client.send(post, quiet()), 'answerLost');
        assert.equal(bench.sent.length, 1);
      });
    }

    it('nothing that the host refuses', async () => {
      for (const status of [400, 401, 403, 404, 409, 422]) {
        const bench = new ClientBench([answer(status)]);
        assert.equal((await bench.client.send(get, quiet())).status, status);
        assert.equal(bench.sent.length, 1);
      }
    });

    it('no write that was never sent: it says that there is no network', async () => {
      const bench = new ClientBench([broken('ENOTFOUND')]);
      await failure(bench.client.send(post, quiet()), 'offline');
      assert.equal(bench.sent.length, 1);
    });

    it('no connection that is not what it says', async () => {
      const bench = new ClientBench([broken('SELF_SIGNED_CERT_IN_CHAIN')]);
      assert.equal(
        (await failure(bench.client.send(get, quiet()), 'certificate')).facts.detail,
        'SELF_SIGNED_CERT_IN_CHAIN',
      );
    });
  });

  describe('keeps the pause that a host wants', () => {
    it('when it is short', async () => {
      const bench = new ClientBench([answer(429, {}, { 'retry-after': '7' }), answer(200)]);
      assert.equal((await bench.client.send(get, quiet())).status, 200);
      assert.equal(bench.now, 1_007_000);
    });

    it('and says so when it is long, to everybody, without asking again', async () => {
      const bench = new ClientBench([answer(429, {}, { 'retry-after': '60' })]);
      assert.equal((await failure(bench.client.send(get, quiet()), 'rateLimited')).facts.retryAfter, 60_000);
      bench.now += 10_000;
      assert.equal((await failure(bench.client.send(get, quiet()), 'rateLimited')).facts.retryAfter, 50_000);
      assert.equal(bench.sent.length, 1);
    });

    it('of the account that it was asked of: somebody who signs in need not wait', async () => {
      const bench = new ClientBench([answer(429, {}, { 'retry-after': '1800' }), answer(200)]);
      bench.credential = undefined;
      await failure(bench.client.send(get, quiet()), 'rateLimited');
      bench.credential = { kind: 'bearer', token: secret };
      assert.equal((await bench.client.send(get, quiet())).status, 200);
    });

    it('for an hour at most, whatever clock it comes from', async () => {
      const bench = new ClientBench([answer(429, {}, { 'retry-after': '864000' }), answer(200)]);
      const hour = 60 * 60_000;
      assert.equal((await failure(bench.client.send(get, quiet()), 'rateLimited')).facts.retryAfter, hour);
      bench.now += hour;
      assert.equal((await bench.client.send(get, quiet())).status, 200);
    });

    it('given as a date', async () => {
      const date = new Date(1_000_000 + 5_000).toUTCString();
      const bench = new ClientBench([answer(429, {}, { 'retry-after': date }), answer(200)]);
      await bench.client.send(get, quiet());
      assert.equal(bench.now, 1_005_000);
    });

    it('given as a date of its own clock, whatever ours says', async () => {
      const own = Date.UTC(2030, 0, 1);
      const headers = { date: new Date(own).toUTCString(), 'retry-after': new Date(own + 7_000).toUTCString() };
      const bench = new ClientBench([answer(429, {}, headers), answer(200)]);
      await bench.client.send(get, quiet());
      assert.equal(bench.now, 1_007_000);
    });

    it('of one of its limits, and asks what counts to another', async () => {
      const rules = {
        rateLimit: ({ status }: { status: number }) => (status === 403 ? { wait: 60_000, limit: 'search' } : undefined),
        limitOf: (url: string) => (url.includes('/search/') ? 'search' : 'core'),
      };
      const bench = new ClientBench([answer(403), answer(200), answer(429, {}, { 'retry-after': '90' })], { rules });
      const search = { ...get, url: `${api}/search/repositories` };
      await failure(bench.client.send(search, quiet()), 'rateLimited');
      assert.equal((await bench.client.send(get, quiet())).status, 200);
      await failure(bench.client.send(search, quiet()), 'rateLimited');
      assert.equal(bench.sent.length, 2);
      // A pause of no limit's is one of all.
      await failure(bench.client.send(get, quiet()), 'rateLimited');
      assert.equal((await failure(bench.client.send(search, quiet()), 'rateLimited')).facts.retryAfter, 90_000);
      assert.equal(bench.sent.length, 3);
    });

    it('as its own rules say', async () => {
      const rules = { rateLimit: ({ status }: { status: number }) => (status === 403 ? { wait: 3_000 } : undefined) };
      const bench = new ClientBench([answer(403), answer(200)], { rules });
      assert.equal((await bench.client.send(get, quiet())).status, 200);
      assert.equal(bench.now, 1_003_000);
    });

    it('on an answer that was given all the same', async () => {
      const bench = new ClientBench([answer(200, {}, { 'retry-after': '9' }), answer(200)]);
      await bench.client.send(get, quiet());
      assert.deepEqual(bench.waited, []);
      await bench.client.send(get, quiet());
      assert.deepEqual(bench.waited, [9_000]);
    });

    it('before a write, which is not sent twice', async () => {
      const bench = new ClientBench([answer(429, {}, { 'retry-after': '1' })]);
      await failure(bench.client.send(post, quiet()), 'rateLimited');
      assert.equal(bench.sent.length, 1);
    });
  });

  describe('goes where it is sent', () => {
    it('within the host, with the credential', async () => {
      const bench = new ClientBench([answer(301, {}, { location: '/repositories/7' }), answer(200)]);
      const got = await bench.client.send(get, quiet());
      assert.equal(got.url, `${api}/repositories/7`);
      assert.equal(bench.sent[1]?.headers.get('authorization'), `Bearer ${secret}`);
    });

    it('elsewhere only when it may, and then without the credential', async () => {
      const away = answer(302, {}, { location: 'https://codeload.example/x' });
      const strict = new ClientBench([away]);
      const { facts } = await failure(strict.client.send(get, quiet()), 'unexpectedAnswer');
      assert.match(facts.detail ?? '', /https:\/\/codeload\.example/);
      assert.equal(strict.sent.length, 1);
      const free = new ClientBench([away, answer(200)], { headers: { 'x-own': '1' } });
      await free.client.send({ ...get, elsewhere: true, headers: { 'x-more': '2' } }, quiet());
      const headers = [...(free.sent[1]?.headers ?? [])].map(([name]) => name);
      assert.deepEqual(headers, ['accept']);
    });

    it('never without encryption', async () => {
      const bench = new ClientBench([answer(302, {}, { location: 'http://codeload.example/x' })]);
      await failure(bench.client.send({ ...get, elsewhere: true }, quiet()), 'unexpectedAnswer');
      assert.equal(bench.sent.length, 1);
    });

    it('with a write only when nothing was done yet', async () => {
      const repeated = new ClientBench([answer(307, {}, { location: '/moved' }), answer(201)]);
      assert.equal((await repeated.client.send(post, quiet())).status, 201);
      assert.equal(repeated.sent[1]?.body, '{"a":1}');
      const done = new ClientBench([answer(302, {}, { location: '/done' })]);
      assert.equal((await done.client.send(post, quiet())).status, 302);
      assert.equal(done.sent.length, 1);
    });

    it('not for ever', async () => {
      const bench = new ClientBench([answer(302, {}, { location: '/again' })]);
      await failure(bench.client.send(get, quiet()), 'unexpectedAnswer');
      assert.equal(bench.sent.length, 6);
    });

    it('nowhere else, whoever asks', async () => {
      for (const url of ['https://evil.example/x', 'http://api.host.example/x', 'https://api.host.example:444/x']) {
        const bench = new ClientBench([answer(200)]);
        await failure(bench.client.send({ method: 'GET', url, elsewhere: true }, quiet()), 'unexpectedAnswer');
        assert.equal(bench.sent.length, 0);
      }
    });

    it('where a browser does not say: it lets the browser follow, and looks where that led', async () => {
      const opaque = (): Response =>
        Object.defineProperties(new Response(null), { type: { value: 'opaqueredirect' }, status: { value: 0 } });
      const at = (url: string) => () => Object.defineProperty(new Response('{}'), 'url', { value: url });
      const inside = new ClientBench([opaque, at(`${api}/repositories/7`)]);
      assert.equal((await inside.client.send(get, quiet())).url, `${api}/repositories/7`);
      const outside = new ClientBench([opaque, at('https://evil.example/')]);
      await failure(outside.client.send(get, quiet()), 'unexpectedAnswer');
      const write = new ClientBench([opaque]);
      await failure(write.client.send(post, quiet()), 'unexpectedAnswer');
      assert.equal(write.sent.length, 1);
    });
  });

  describe('reads', () => {
    it('no web page in place of data', async () => {
      const page = answer(200, '<html>Sign in</html>', { 'content-type': 'text/html; charset=utf-8' });
      await failure(new ClientBench([page]).client.send(get, quiet()), 'unexpectedAnswer');
      const empty = answer(201, '', { 'content-type': 'text/html' });
      assert.equal((await new ClientBench([empty]).client.send(post, quiet())).status, 201);
    });

    it('no JSON that is none', async () => {
      const got = await new ClientBench([answer(200, '{"a":')]).client.send(get, quiet());
      assert.throws(
        () => got.json(),
        (error) => Failure.is(error, 'unexpectedAnswer'),
      );
    });

    it('not more than it was told to', async () => {
      const bench = new ClientBench([answer(200, 'x'.repeat(100))]);
      await failure(bench.client.send({ ...get, maxBytes: 99 }, quiet()), 'tooLarge');
      assert.equal((await bench.client.send({ ...get, maxBytes: 100 }, quiet())).bytes.length, 100);
    });

    it('of a write what is too much for it only after it took effect', async () => {
      const bench = new ClientBench([answer(201, 'x'.repeat(100))]);
      await failure(bench.client.send({ ...post, maxBytes: 99 }, quiet()), 'answerLost');
    });

    it('again only what has changed', async () => {
      const bench = new ClientBench([
        answer(200, { n: 1 }, { etag: '"one"' }),
        answer(304),
        answer(200, { n: 2 }, { etag: '"two"' }),
      ]);
      const ask = async (): Promise<unknown> =>
        (await bench.client.send({ ...get, conditional: true }, quiet())).json();
      assert.deepEqual([await ask(), await ask(), await ask()], [{ n: 1 }, { n: 1 }, { n: 2 }]);
      assert.deepEqual(
        bench.sent.map(({ headers }) => headers.get('if-none-match')),
        [null, '"one"', '"one"'],
      );
    });

    it('nothing to one account that was answered to another', async () => {
      const bench = new ClientBench([answer(200, {}, { etag: '"one"' })]);
      await bench.client.send({ ...get, conditional: true }, quiet());
      bench.credential = { kind: 'bearer', token: 'other' };
      await bench.client.send({ ...get, conditional: true }, quiet());
      assert.equal(bench.sent[1]?.headers.get('if-none-match'), null);
    });

    it('a refusal of the host’s own kind before anything else', async () => {
      const rules = {
        refusal: ({ status }: { status: number }) => (status === 203 ? new Failure('signInNeeded') : undefined),
      };
      await failure(new ClientBench([answer(203)], { rules }).client.send(get, quiet()), 'signInNeeded');
    });
  });

  it('stops when it is told to: before, in the middle, and while it waits', async () => {
    const never = (): Promise<Response> => new Promise(() => undefined);
    const before = new ClientBench([answer(200)]);
    await failure(before.client.send(get, quiet(AbortSignal.abort())), 'cancelled');
    assert.equal(before.sent.length, 0);
    const controller = new AbortController();
    const bench = new ClientBench([never]);
    const running = Array.from({ length: 6 }, () =>
      failure(bench.client.send(get, quiet(controller.signal)), 'cancelled'),
    );
    controller.abort();
    await Promise.all(running);
    assert.ok(bench.sent.length <= 4);
  });

  it('says of what is stopped whether anything was sent that could have changed something', async () => {
    const never = (): Promise<Response> => new Promise(() => undefined);
    const stop = async (bench: ClientBench, request: HttpRequest, others = 0): Promise<boolean> => {
      const controller = new AbortController();
      for (let n = 0; n < others; n++) void bench.client.send(request, quiet()).catch(() => undefined);
      const stopped = failure(bench.client.send(request, quiet(controller.signal)), 'cancelled');
      await new Promise((resolve) => setImmediate(resolve));
      controller.abort();
      return (await stopped).facts.unsent === true;
    };
    assert.equal(await stop(new ClientBench([never]), post), false);
    assert.equal(await stop(new ClientBench([never]), post, 1), true);
    assert.equal(await stop(new ClientBench([never]), get), true);
    assert.equal(await stop(new ClientBench([never]), { ...post, repeatable: true }), true);
    const before = new ClientBench([never]);
    const { facts } = await failure(before.client.send(post, quiet(AbortSignal.abort())), 'cancelled');
    assert.equal(facts.unsent, true);
    assert.equal(before.sent.length, 0);
  });

  it('serves a client library under the same rules', async () => {
    const bench = new ClientBench([answer(502), answer(200, { n: 1 }, { 'x-next': '2' })]);
    const response = await bench.client.fetch(quiet(), { repeatable: true })(`${api}/graphql`, {
      method: 'POST',
      headers: { authorization: 'token other', 'user-agent': 'library', 'content-type': 'application/json' },
      body: '{"query":""}',
    });
    assert.deepEqual([response.status, response.headers.get('x-next'), await response.json()], [200, '2', { n: 1 }]);
    const headers = bench.sent[1]?.headers;
    assert.equal(headers?.get('authorization'), `Bearer ${secret}`);
    assert.equal(headers?.get('content-type'), 'application/json');
    assert.notEqual(headers?.get('user-agent'), 'library');
    assert.equal(bench.sent[1]?.body, '{"query":""}');
  });

  it('writes to the log what was asked and how long it took, and nothing else', async () => {
    const bench = new ClientBench([answer(200, 'body-text', { 'x-github-request-id': 'ID:1' })]);
    await bench.client.send({ ...post, url: `${api}/commits?token=query-text` }, quiet());
    assert.deepEqual(bench.log.lines, [{ level: 'info', message: 'POST /commits 200 0 ms (ID:1)' }]);
  });
});

describe('a credential that the host takes no more', () => {
  /** A session whose credential was renewed to `next` once it was refused; nobody keeps more than one. */
  function keeping(next?: string) {
    const refused: Credential[] = [];
    const session: Session = {
      account: 'jane',
      credential: () => Promise.resolve({ kind: 'bearer', token: secret }),
      refused: (credential) => {
        refused.push(credential);
        return Promise.resolve(next === undefined ? undefined : { kind: 'bearer', token: next });
      },
    };
    return { session, refused };
  }

  it('is told to who keeps it, once, and the answer stands', async () => {
    const { session, refused } = keeping();
    const bench = new ClientBench([answer(401)], { session });
    assert.equal((await bench.client.send(get, quiet())).status, 401);
    assert.deepEqual([refused, bench.sent.length], [[{ kind: 'bearer', token: secret }], 1]);
  });

  it('is replaced by the one that was renewed, for a commit too: what was refused took no effect', async () => {
    const { session } = keeping('renewed-token-1234');
    const bench = new ClientBench([answer(401), answer(200)], { session });
    const commit = { method: 'POST', url: get.url, body: '{}' } as const;
    assert.equal((await bench.client.send(commit, quiet())).status, 200);
    assert.deepEqual(
      bench.sent.map(({ headers }) => headers.get('authorization')),
      [`Bearer ${secret}`, 'Bearer renewed-token-1234'],
    );
  });

  it('is tried no third time', async () => {
    const { session, refused } = keeping('renewed-token-1234');
    const bench = new ClientBench([answer(401)], { session });
    assert.equal((await bench.client.send(get, quiet())).status, 401);
    assert.deepEqual([refused.length, bench.sent.length], [1, 2]);
  });

  it('is what the host says it is: where 401 is said to somebody known, nothing is refused', async () => {
    const { session, refused } = keeping();
    const rules = { refusesCredential: () => false };
    await new ClientBench([answer(401)], { session, rules }).client.send(get, quiet());
    assert.deepEqual(refused, []);
  });

  it('is not refused by a gateway, a missing right or a place where it was not sent', async () => {
    for (const status of [403, 404, 502]) {
      const { session, refused } = keeping();
      await new ClientBench([answer(status)], { session }).client.send(get, quiet());
      assert.deepEqual(refused, [], String(status));
    }
  });
});
