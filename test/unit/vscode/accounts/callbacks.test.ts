import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/errors.ts';
import { Callbacks } from '../../../../src/vscode/accounts/flows/callbacks.ts';
import { newProof } from '../../../../src/vscode/accounts/flows/pkce.ts';
import { KeptByVscode } from './keptByVscode.ts';

const path = '/signed-in';

/** Two windows over one secret store; `deaf`: nobody tells the one what the other stored. */
function windows({ deaf = false } = {}) {
  const kept = new KeptByVscode();
  const warnings: string[] = [];
  const time = { now: 1000, rings: [] as (() => void)[] };
  const open = (): Callbacks =>
    new Callbacks({
      secrets: deaf ? { ...kept.secrets, onDidChange: (() => ({ dispose: () => undefined })) as never } : kept.secrets,
      clock: { now: () => time.now },
      timer: {
        after: (_milliseconds, work) => {
          time.rings.push(work);
          return { dispose: () => void (time.rings = time.rings.filter((each) => each !== work)) };
        },
      },
      log: {
        trace: () => undefined,
        info: () => undefined,
        error: () => undefined,
        warn: (text) => warnings.push(text),
      },
    });
  const tick = (): void => time.rings.splice(0).forEach((ring) => ring());
  const untilWaiting = async (): Promise<void> => {
    while (time.rings.length === 0) await new Promise(setImmediate);
  };
  return { kept, warnings, time, tick, untilWaiting, mine: open(), other: open() };
}

const never = new AbortController().signal;

describe('what a browser brings back', () => {
  for (const deaf of [false, true]) {
    it(`reaches the window that waits, through another one${deaf ? ' that cannot tell it' : ''}`, async () => {
      const { kept, tick, untilWaiting, mine, other } = windows({ deaf });
      const { state } = await newProof();
      const waiting = mine.answer(state, 10_000, never);
      await untilWaiting();
      await other.handleUri({ path, query: `code=abc&state=${state}` });
      if (deaf) tick();
      assert.deepEqual(await waiting, { kind: 'code', code: 'abc' });
      assert.deepEqual([...kept.secretValues], [], 'nothing is left over');
    });
  }

  it('reaches the one of two that it is for', async () => {
    const { mine, other, untilWaiting } = windows();
    const [first, second] = [await newProof(), await newProof()];
    const [a, b] = [mine.answer(first.state, 10_000, never), other.answer(second.state, 10_000, never)];
    await untilWaiting();
    await new Promise(setImmediate);
    await mine.handleUri({ path, query: `code=second&state=${second.state}` });
    await mine.handleUri({ path, query: `error=access_denied&state=${first.state}` });
    assert.deepEqual(await a, { kind: 'refused', error: 'access_denied' });
    assert.deepEqual(await b, { kind: 'code', code: 'second' });
  });

  it('is refused when nobody waits for it: forged, late, twice, or of another kind', async () => {
    const { kept, warnings, time, tick, untilWaiting, mine, other } = windows({ deaf: true });
    const { state } = await newProof();
    const strange = await newProof();
    const waiting = mine.answer(state, 10_000, never);
    await untilWaiting();
    const before = JSON.stringify([...kept.secretValues]);
    for (const query of [
      `code=x&state=${strange.state}`,
      'code=x',
      'code=x&state=',
      'code=x&state=../account',
      `state=${state}`,
    ]) {
      await other.handleUri({ path, query });
      assert.equal(JSON.stringify([...kept.secretValues]), before, query);
    }
    await other.handleUri({ path: '/elsewhere', query: `code=x&state=${state}` });
    assert.equal(JSON.stringify([...kept.secretValues]), before);
    assert.equal(warnings.length, 5);
    assert.ok(!warnings.join().includes('x&'));

    await other.handleUri({ path, query: `code=good&state=${state}` });
    await other.handleUri({ path, query: `code=evil&state=${state}` });
    tick();
    assert.deepEqual(await waiting, { kind: 'code', code: 'good' });
    await other.handleUri({ path, query: `code=again&state=${state}` });
    assert.equal(kept.secretValues.size, 0);

    const late = mine.answer(strange.state, 10_000, never);
    await untilWaiting();
    time.now = 10_001;
    await other.handleUri({ path, query: `code=late&state=${strange.state}` });
    tick();
    await assert.rejects(late, (error) => Failure.is(error, 'timeout'));
  });

  it('is waited for until a time, and until somebody stops it', async () => {
    const { kept, time, tick, untilWaiting, mine } = windows();
    const stop = new AbortController();
    const stopped = mine.answer((await newProof()).state, 10_000, stop.signal);
    await untilWaiting();
    stop.abort();
    await assert.rejects(stopped, (error) => Failure.is(error, 'cancelled'));
    const waiting = mine.answer((await newProof()).state, 10_000, never);
    await untilWaiting();
    time.now = 10_000;
    tick();
    await assert.rejects(waiting, (error) => Failure.is(error, 'timeout'));
    assert.equal(kept.secretValues.size, 0);
  });
});

describe('a proof', () => {
  it('is another one each time, and its challenge is the verifier’s', async () => {
    const { createHash } = await import('node:crypto');
    const proofs = await Promise.all(Array.from({ length: 20 }, () => newProof()));
    assert.equal(new Set(proofs.flatMap(({ state, verifier }) => [state, verifier])).size, 40);
    for (const { state, verifier, challenge } of proofs) {
      assert.match(state, /^[\w-]{43}$/);
      assert.equal(challenge, createHash('sha256').update(verifier).digest('base64url'));
    }
  });
});
