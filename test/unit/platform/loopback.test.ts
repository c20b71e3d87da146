import assert from 'node:assert/strict';
import { request } from 'node:http';
import { Failure } from '../../../src/core/errors.ts';
import { openLoopback } from '../../../src/platform/node/loopback.ts';

const never = new AbortController().signal;

describe('a port of this computer for a browser to come back to', () => {
  it('takes what carries the state, and shows a page', async () => {
    const loopback = await openLoopback('Fine <b>so far</b>.');
    const { redirectUri } = loopback;
    const waiting = loopback.answer('state-1', never);
    const answer = await fetch(`${redirectUri}?code=abc&state=state-1`);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /Fine &#60;b&#62;so far/);
    assert.deepEqual(await waiting, { kind: 'code', code: 'abc' });
    loopback.dispose();
    await assert.rejects(fetch(redirectUri));
  });

  it('is another port each time, of this computer alone', async () => {
    const [first, second] = [await openLoopback('x'), await openLoopback('x')];
    assert.notEqual(first.redirectUri, second.redirectUri);
    assert.match(first.redirectUri, /^http:\/\/127\.0\.0\.1:\d+\/signed-in$/);
    first.dispose();
    second.dispose();
  });

  it('turns everybody else away, and goes on waiting', async () => {
    const loopback = await openLoopback('x');
    const { redirectUri } = loopback;
    const waiting = loopback.answer('state-1', never);
    const origin = new URL(redirectUri).origin;
    for (const url of [
      `${redirectUri}?code=x&state=state-2`,
      `${redirectUri}?code=x`,
      `${redirectUri}?state=state-1`,
      `${origin}/other?code=x&state=state-1`,
      `${origin}//evil?code=x&state=state-1`,
    ]) {
      assert.equal((await fetch(url)).status, 400, url);
    }
    assert.equal((await fetch(`${redirectUri}?code=x&state=state-1`, { method: 'POST' })).status, 400);
    assert.equal(await statusAs(redirectUri, 'evil.example'), 400);
    await fetch(`${redirectUri}?error=access_denied&state=state-1`);
    assert.deepEqual(await waiting, { kind: 'refused', error: 'access_denied' });
    assert.equal((await fetch(`${redirectUri}?code=x&state=state-1`)).status, 400, 'a second time');
    loopback.dispose();
  });

  it('stops when it is told to', async () => {
    const loopback = await openLoopback('x');
    const stop = new AbortController();
    const waiting = loopback.answer('state-1', stop.signal);
    stop.abort();
    await assert.rejects(waiting, (error) => Failure.is(error, 'cancelled'));
    await assert.rejects(loopback.answer('state-2', stop.signal), (error) => Failure.is(error, 'cancelled'));
    loopback.dispose();
  });
});

/** As a website does whose name leads to this computer. */
function statusAs(redirectUri: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const url = new URL(`${redirectUri}?code=x&state=state-1`);
    request(url, { headers: { host } }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end();
  });
}
