import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { Failure } from '../../src/core/errors.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root } from './definitions.ts';
import { context, Person } from './person.ts';

describe('operations', () => {
  let repository: MemoryRepository;
  let me: Person;
  let api: ApiKey;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', { 'openapi.yaml': root() });
    me = new Person([repository]);
    api = await me.connect();
    me.host.calls.length = 0;
  });

  /** The host answers nothing until `release`. */
  function hold(): { readonly release: () => void } {
    let release = (): void => undefined;
    me.host.faults.hold = new Promise((resolve) => {
      release = () => {
        me.host.faults.hold = undefined;
        resolve();
      };
    });
    return { release };
  }

  it('run one after the other, and the nodes say which', async () => {
    const held = hold();
    me.edit('openapi.yaml', `${root()}x: 1\n`);
    const push = me.push(api);
    const pull = me.pull(api);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(me.node(api).running, 'push');
    assert.deepEqual(me.host.calls, ['head']);
    held.release();
    await Promise.all([push, pull]);
    assert.equal(me.node(api).running, undefined);
    assert.deepEqual(me.host.calls, ['head', 'commit', 'head']);
  });

  it('join looks that wait for their turn', async () => {
    const held = hold();
    const { checkout } = me.sync(api);
    const looks = [1, 2, 3, 4].map(() => me.use.look(checkout, context()));
    await new Promise((resolve) => setImmediate(resolve));
    held.release();
    await Promise.all(looks);
    assert.ok(me.host.calls.length <= 2, me.host.calls.join());
  });

  it('are cancelled in the middle, with nothing changed', async () => {
    repository.push('main', { 'openapi.yaml': `${root()}x: 1\n` });
    hold();
    const controller = new AbortController();
    const pull = me.use.pull(api, context(controller.signal));
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await assert.rejects(pull, (error) => Failure.is(error, 'cancelled'));
    assert.equal(me.text('openapi.yaml'), root());
    assert.equal(me.node(api).running, undefined);
  });

  it('are cancelled while they wait, at once', async () => {
    const held = hold();
    const first = me.pull(api);
    const controller = new AbortController();
    const second = me.use.pull(api, context(controller.signal));
    controller.abort();
    await assert.rejects(second, (error) => Failure.is(error, 'cancelled'));
    held.release();
    await first;
  });

  it('leave one line each in the log, with neither contents nor credentials', async () => {
    me.log.lines.length = 0;
    me.edit('openapi.yaml', `${root()}secret: contents\n`);
    me.host.faults.beforeCommit = () => me.clock.advance(42);
    await me.push(api, 'My words');
    await assert.rejects(me.push(api), (error) => Failure.is(error, 'nothingToPush'));
    me.host.faults.offline = true;
    await me.look(api);
    await me.use.glance(me.sync(api).checkout, context());
    assert.deepEqual(me.log.lines, [
      'info: push repo main: done, 42 ms',
      'info: push repo main: nothingToPush, 0 ms',
      'trace: look repo main: offline, 0 ms',
      'trace: glance repo main: offline, 0 ms',
    ]);
  });

  it('look up a cancelled push with the next look', async () => {
    me.edit('openapi.yaml', `${root()}x: 1\n`);
    const controller = new AbortController();
    me.host.faults.loseAnswer = 'after';
    me.host.faults.beforeCommit = () => controller.abort();
    await assert.rejects(me.use.push(api, 'Mine', context(controller.signal)), (error) =>
      Failure.is(error, 'cancelled'),
    );
    assert.equal(me.sync(api).inDoubt, true);
    await me.look(api);
    assert.equal(me.sync(api).inDoubt, false);
    assert.deepEqual(me.plan(api), []);
  });
});
