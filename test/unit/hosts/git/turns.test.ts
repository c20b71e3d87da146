import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/errors.ts';
import { Turns } from '../../../../src/hosts/git/turns.ts';

const never = new AbortController().signal;

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

describe('Turns', () => {
  it('runs one at a time, in order, also after a failure', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const first = gate();
    const running = [
      turns.run(async () => (seen.push('1 begins'), await first.opened, seen.push('1 ends')), never),
      turns.run(() => Promise.reject(new Failure('offline')), never).catch(() => seen.push('2 fails')),
      turns.run(() => Promise.resolve(seen.push('3')), never),
    ];
    await Promise.resolve();
    first.open();
    await Promise.all(running);
    assert.deepEqual(seen, ['1 begins', '1 ends', '2 fails', '3']);
  });

  it('lets a waiting one leave without disturbing the others', async () => {
    const turns = new Turns();
    const first = gate();
    let isRunning = false;
    const one = turns.run(async () => {
      isRunning = true;
      await first.opened;
      isRunning = false;
    }, never);
    const controller = new AbortController();
    const two = turns.run(() => assert.fail('ran though cancelled'), controller.signal);
    const three = turns.run(() => Promise.resolve(isRunning), never);
    controller.abort();
    await assert.rejects(two, (error) => Failure.is(error, 'cancelled'));
    first.open();
    await one;
    assert.equal(await three, false);
  });
});
