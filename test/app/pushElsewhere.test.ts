import assert from 'node:assert/strict';
import type { ApiKey } from '../../src/app/apiNode.ts';
import { leasePace } from '../../src/app/checkout/leases.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root, schema } from './definitions.ts';
import { context, Person } from './person.ts';

describe('a window, while another one is pushing', () => {
  let repository: MemoryRepository;
  let me: Person;
  let other: Person;
  let api: ApiKey;
  let pushing: Promise<unknown>;
  let goOn: () => void;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', { 'openapi.yaml': root('a.yaml'), 'a.yaml': schema() });
    me = new Person([repository]);
    api = await me.connect();
    other = new Person([], {}, me);
    await other.engine.start();
    await other.use.lookAll(context());
    me.edit('a.yaml', `${schema()}title: mine\n`);
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const { host } = me;
    const commit = host.commit.bind(host);
    const sent = new Promise<void>((resolve) => {
      host.commit = async (...args) => {
        resolve();
        await held;
        return commit(...args);
      };
    });
    pushing = me.push(api, 'Mine');
    await sent;
    // The intent is written, and that is what a watcher of files tells the other window.
    assert.notEqual((await me.state())?.intent, undefined);
  });

  const glance = (): Promise<void> => other.use.glance(other.sync(api).checkout, context());

  /** What the window shows of the push. */
  const shown = (): readonly unknown[] => [other.sync(api).inDoubt, other.sync(api).pushingElsewhere];

  it('says so, and doubts nothing', async () => {
    await glance();
    assert.deepEqual(shown(), [false, true]);
    goOn();
    await pushing;
    await glance();
    assert.deepEqual(shown(), [false, undefined]);
    assert.deepEqual(other.plan(api), []);
  });

  it('waits with its own look until the answer is there', async () => {
    const steps: string[] = [];
    const look = other.use.lookAll(context(undefined, ({ step }) => void steps.push(step)));
    while (!steps.includes('waitingForTurn')) await new Promise<void>((resolve) => setImmediate(resolve));
    goOn();
    await pushing;
    other.timer.fire();
    await look;
    assert.deepEqual(shown(), [false, undefined]);
    assert.equal(repository.history(repository.branches.get('main')!).length, 2);
  });

  it('doubts once the other process is gone', async () => {
    me.storages.abandonLeases();
    await glance();
    assert.deepEqual(shown(), [true, undefined]);
    goOn();
    await pushing;
  });

  it('doubts once nothing was heard of it for long enough', async () => {
    await glance();
    other.clock.advance(leasePace.silence);
    await glance();
    assert.deepEqual(shown(), [true, undefined]);
    goOn();
    await pushing;
  });
});
