import assert from 'node:assert/strict';
import { FixedClock } from '../../src/adapters/memory/fixedClock.ts';
import { MemoryLease } from '../../src/adapters/memory/memoryLeaseStore.ts';
import { SilentLog } from '../../src/adapters/memory/silentLog.ts';
import { leasedStorage } from '../../src/app/checkout/leasedStorage.ts';
import { leasePace, Leases } from '../../src/app/checkout/leases.ts';
import { Failure } from '../../src/core/errors.ts';
import type { ProgressStep } from '../../src/ports/progress.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root } from './definitions.ts';
import { context, folderUri, ManualTimer, Person } from './person.ts';

/** Lets everything that can go on do so. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the lease of a folder', () => {
  let lease: MemoryLease;
  let clock: FixedClock;
  let timer: ManualTimer;
  let leases: Leases;
  let said: ProgressStep[];

  beforeEach(() => {
    lease = new MemoryLease();
    clock = new FixedClock(1_000);
    timer = new ManualTimer();
    leases = new Leases(timer, clock, new SilentLog());
    said = [];
  });

  const waiting = (signal?: AbortSignal): Promise<string> =>
    leases.hold(
      lease.window(),
      'pull',
      context(signal, (step) => said.push(step)),
      () => Promise.resolve('done'),
    );

  const pass = async (milliseconds: number): Promise<void> => {
    clock.advance(milliseconds);
    timer.fire();
    await settled();
  };

  it('lets a second window wait, says for whom, and lets it go on', async () => {
    const first = lease.window();
    await first.take({ operation: 'push', since: 1 });
    const second = waiting();
    await settled();
    assert.deepEqual(said, [{ step: 'waitingForTurn', operation: 'push', machine: 'memory' }]);
    await first.release();
    await pass(leasePace.retry);
    assert.equal(await second, 'done');
    assert.equal(lease.holder, undefined);
  });

  it('can be given up waiting for', async () => {
    await lease.window().take({ operation: 'push', since: 1 });
    const stop = new AbortController();
    const second = waiting(stop.signal);
    await settled();
    stop.abort();
    await assert.rejects(second, (error) => Failure.is(error, 'cancelled'));
  });

  it('is taken over at once from a process that is gone', async () => {
    await lease.window().take({ operation: 'push', since: 1 });
    lease.abandon();
    assert.equal(await waiting(), 'done');
  });

  it('is taken over from silence, and never from a sign of life', async () => {
    const first = lease.window();
    await first.take({ operation: 'push', since: 1 });
    const second = waiting();
    await settled();
    for (let beat = 0; beat < 5; beat++) {
      await first.beat();
      await pass(leasePace.silence - 1);
    }
    assert.equal(lease.holder?.operation, 'push');
    await pass(1);
    await pass(leasePace.silence);
    assert.equal(await second, 'done');
  });

  it('shows life as long as the work lasts', async () => {
    let end = (): void => undefined;
    const work = leases.hold(lease.window(), 'pull', context(), () => new Promise<void>((resolve) => (end = resolve)));
    await settled();
    const before = lease.holder?.beat;
    await pass(leasePace.beat);
    assert.notEqual(lease.holder?.beat, before);
    end();
    await work;
    assert.equal(timer.waiting, 0);
  });

  it('keeps one who lost it from writing memory or journal', async () => {
    const repository = new MemoryRepository('repo', 'repo');
    repository.push('main', { 'openapi.yaml': root() });
    const me = new Person([repository]);
    await me.connect();
    const storage = leasedStorage(await me.storages.open(folderUri, 'repo'));
    const state = await storage.state.load();
    assert.ok(state !== undefined);
    assert.ok(await storage.lease.take({ operation: 'pull', since: 1 }));
    const holder = await storage.lease.holder();
    assert.ok(holder !== undefined);
    await storage.lease.evict(holder);
    const journal = { operation: 'pull', entries: [], next: state, movesState: false };
    await assert.rejects(storage.state.save(state), (error) => Failure.is(error, 'busy'));
    await assert.rejects(storage.journal.save(journal), (error) => Failure.is(error, 'busy'));
  });
});
