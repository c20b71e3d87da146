import assert from 'node:assert/strict';
import type { Cancel, Rejection, Reply, Request } from '../../../src/protocol/call.ts';
import { Caller } from '../../../src/protocol/caller.ts';
import { Responder, type Circumstances, type Handlers } from '../../../src/protocol/responder.ts';

type Calls = {
  readonly double: { readonly question: number; readonly part: never; readonly answer: number };
  readonly count: { readonly question: number; readonly part: number; readonly answer: string };
};

interface Open {
  readonly question: number;
  readonly signal: AbortSignal;
  readonly answer: (value: number) => void;
  readonly fail: (error: unknown) => void;
}

/** Both ends, with messages that travel as copies, like those of a web view. */
function connect(handlers: Partial<Handlers<Calls>> = {}) {
  const open: Open[] = [];
  const sent: (Request<Calls> | Cancel)[] = [];
  const double: Handlers<Calls>['double'] = (question, { signal }) =>
    new Promise((answer, fail) => open.push({ question, signal, answer, fail }));
  const count = (to: number, { part }: Circumstances<number>): Promise<string> => {
    for (let index = 1; index <= to; index++) part(index);
    return Promise.resolve('counted');
  };
  const responder = new Responder<Calls>({
    handlers: { double, count, ...handlers },
    parse: (message) => message as Request<Calls> | Cancel,
    post: (message) => caller.receive(structuredClone(message) as Reply<Calls> | Rejection),
    describe: (error) => ({ message: `Sorry: ${String(error)}`, actions: [] }),
  });
  const caller: Caller<Calls> = new Caller<Calls>((message) => {
    sent.push(message);
    responder.receive(structuredClone(message));
  });
  return { caller, responder, open, sent };
}

describe('the channel between form and extension', () => {
  it('answers', async () => {
    const { caller, open } = connect();
    const outcome = caller.call('double', 21);
    open[0]?.answer(42);
    assert.deepEqual(await outcome, { kind: 'answer', answer: 42 });
  });

  it('sends parts in order, then the answer', async () => {
    const { caller } = connect();
    const parts: number[] = [];
    const outcome = await caller.call('count', 3, (part) => parts.push(part));
    assert.deepEqual([parts, outcome], [[1, 2, 3], { kind: 'answer', answer: 'counted' }]);
  });

  it('tells what went wrong in words, and never rejects', async () => {
    const { caller, open } = connect();
    const outcome = caller.call('double', 1);
    open[0]?.fail('no network');
    assert.deepEqual(await outcome, { kind: 'trouble', trouble: { message: 'Sorry: no network', actions: [] } });
  });

  it('tells of a handler that throws before it waits', async () => {
    const { caller } = connect({
      double: () => {
        throw new Error('at once');
      },
    });
    const outcome = await caller.call('double', 1);
    assert.equal(outcome.kind, 'trouble');
  });

  it('lets a newer call of one kind take the place of the older, at both ends', async () => {
    const { caller, open, sent } = connect();
    const older = caller.call('double', 1);
    const newer = caller.call('double', 2);
    assert.deepEqual(await older, { kind: 'superseded' });
    assert.equal(open[0]?.signal.aborted, true);
    open[0]?.answer(1);
    open[1]?.answer(4);
    assert.deepEqual(await newer, { kind: 'answer', answer: 4 });
    assert.deepEqual(
      sent.map(({ type, id }) => `${type} ${id}`),
      ['request 1', 'cancel 1', 'request 2'],
    );
  });

  it('lets calls of other kinds be', async () => {
    const { caller, open } = connect();
    const double = caller.call('double', 1);
    await caller.call('count', 1);
    assert.equal(open[0]?.signal.aborted, false);
    open[0]?.answer(2);
    assert.deepEqual(await double, { kind: 'answer', answer: 2 });
  });

  it('calls off the older by itself when a caller forgets to', () => {
    const { responder, open } = connect();
    responder.receive({ type: 'request', id: 1, kind: 'double', question: 1 });
    responder.receive({ type: 'request', id: 2, kind: 'double', question: 2 });
    assert.deepEqual(
      open.map(({ signal }) => signal.aborted),
      [true, false],
    );
  });

  it('says nothing about a call that was called off', async () => {
    const { caller, open } = connect();
    const outcome = caller.call('double', 1);
    caller.cancel('double');
    open[0]?.fail(new Error('cancelled'));
    assert.deepEqual(await outcome, { kind: 'superseded' });
  });

  it('drops answers to nothing', () => {
    const { caller } = connect();
    caller.receive({ type: 'answer', id: 99, kind: 'double', answer: 1 });
    caller.receive({ type: 'rejection', id: 98, trouble: { message: 'late', actions: [] } });
  });

  it('ends everything when it closes, and takes nothing after', async () => {
    const { caller, responder, open } = connect();
    void caller.call('double', 1);
    responder.dispose();
    void caller.call('double', 2);
    assert.deepEqual(
      open.map(({ question, signal }) => [question, signal.aborted]),
      [[1, true]],
    );
  });
});
