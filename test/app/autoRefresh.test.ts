import assert from 'node:assert/strict';
import { FixedClock } from '../../src/adapters/memory/fixedClock.ts';
import { checkoutKeyOf } from '../../src/app/apiKeys.ts';
import type { ApiKey, CheckoutKey } from '../../src/app/apiNode.ts';
import { AutoRefresh } from '../../src/app/autoRefresh.ts';
import { freshPace, pace, paceAfter } from '../../src/app/refreshPace.ts';
import { Failure } from '../../src/core/errors.ts';
import type { Disposable } from '../../src/core/events.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import type { Timer } from '../../src/ports/timer.ts';
import { MemoryRepository } from '../forge/memory/memoryRepository.ts';
import { root } from './definitions.ts';
import { context, folderUri, Person } from './person.ts';

class FakeTimer implements Timer {
  readonly waiting = new Set<{ readonly delay: number; readonly work: () => void }>();

  after(delay: number, work: () => void): Disposable {
    const entry = { delay, work };
    this.waiting.add(entry);
    return { dispose: () => void this.waiting.delete(entry) };
  }

  get delays(): readonly number[] {
    return [...this.waiting].map(({ delay }) => delay);
  }

  fire(): void {
    for (const entry of [...this.waiting]) {
      this.waiting.delete(entry);
      entry.work();
    }
  }
}

describe('AutoRefresh', () => {
  let me: Person;
  let api: ApiKey;
  let clock: FixedClock;
  let timer: FakeTimer;
  let refresh: AutoRefresh;
  let looks: Promise<void>[];
  let isAutomatic: boolean;
  let repository: MemoryRepository;

  beforeEach(async () => {
    repository = new MemoryRepository('repo', 'repo');
    repository.push('main', { 'openapi.yaml': root(), 'orders.yaml': root() });
    me = new Person([repository]);
    api = await me.connect();
    await me.connect({ name: 'Orders', rootFile: 'orders.yaml' });
    me.host.calls.length = 0;
    clock = new FixedClock(1_000_000);
    timer = new FakeTimer();
    looks = [];
    isAutomatic = true;
    start(me);
    await settled();
  });

  afterEach(() => refresh.dispose());

  function start(person: Person): void {
    refresh = new AutoRefresh({
      store: person.store,
      workspace: person.workspace,
      accounts: person.accounts,
      clock,
      timer,
      isAutomatic: () => isAutomatic,
      look: (key: CheckoutKey, context) => {
        const look = person.use.look(key, context);
        looks.push(look);
        return look;
      },
      glance: (key: CheckoutKey, context) => {
        const glance = person.use.glance(key, context);
        looks.push(glance);
        return glance;
      },
      onError: (error) => assert.fail(String(error)),
    });
  }

  async function settled(): Promise<void> {
    for (let seen = -1; seen !== looks.length;) {
      seen = looks.length;
      await Promise.all(looks);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function tick(): Promise<void> {
    timer.fire();
    await settled();
  }

  it('looks once per checkout on focus, and not again right after', async () => {
    refresh.focus(true);
    await settled();
    assert.deepEqual(me.host.calls, ['head']);
    refresh.viewShown();
    await settled();
    assert.deepEqual(me.host.calls, ['head']);
    clock.advance(pace.betweenFocuses);
    refresh.viewShown();
    await settled();
    assert.deepEqual(me.host.calls, ['head', 'head']);
  });

  it('looks again at once when somebody signs in, where access was missing, and nowhere else', async () => {
    const signIn = async (name: string): Promise<void> => {
      await me.accounts.add({ host: 'git', origin: me.host.origin, name }, { kind: 'bearer', token: 'x' });
      await settled();
    };
    await signIn('jane');
    assert.deepEqual(me.host.calls, []);
    me.host.faults.refuse.set('head', new Failure('signInNeeded', { retryAfter: 60_000 }));
    refresh.focus(true);
    await settled();
    assert.deepEqual(me.host.calls, ['head']);
    me.host.faults.refuse.clear();
    await signIn('joe');
    assert.deepEqual(me.host.calls, ['head', 'head']);
    assert.equal(me.node(api).failure, undefined);
    me.host.faults.offline = true;
    await me.use.lookAll(context());
    me.host.calls.length = 0;
    await signIn('jim');
    assert.deepEqual(me.host.calls, []);
  });

  it('looks again when somebody signs in while it looks in vain', async () => {
    let go = (): void => undefined;
    me.host.faults.hold = new Promise((resolve) => (go = resolve));
    refresh.focus(true);
    await new Promise((resolve) => setImmediate(resolve));
    await me.accounts.add({ host: 'git', origin: me.host.origin, name: 'jane' }, { kind: 'bearer', token: 'x' });
    me.host.faults.hold = undefined;
    me.host.faults.refuse.set('head', new Failure('forbidden'));
    go();
    await looks.at(-1);
    me.host.faults.refuse.clear();
    await settled();
    assert.equal(me.node(api).failure, undefined);
  });

  it('looks every three minutes, less and less while nothing happens', async () => {
    refresh.focus(true);
    await settled();
    const delays: number[] = [];
    for (let turn = 0; turn < 6; turn++) {
      delays.push(...timer.delays);
      await tick();
    }
    const minutes = delays.map((delay) => delay / 60_000);
    assert.deepEqual(minutes, [6, 12, 24, 30, 30, 30]);
    repository.push('main', { 'openapi.yaml': `${root()}x: 1\n` });
    await tick();
    assert.deepEqual(timer.delays, [pace.first]);
    assert.deepEqual(me.plan(api), ['incoming openapi.yaml']);
  });

  it('stops without focus, and when it is turned off', async () => {
    refresh.focus(true);
    await settled();
    refresh.focus(false);
    assert.deepEqual(timer.delays, []);
    isAutomatic = false;
    refresh.focus(true);
    await settled();
    assert.deepEqual(timer.delays, []);
  });

  it('pauses offline until a person comes back', async () => {
    me.host.faults.offline = true;
    refresh.focus(true);
    await settled();
    assert.deepEqual(timer.delays, []);
    me.host.faults.offline = false;
    clock.advance(pace.betweenFocuses);
    refresh.focus(true);
    await settled();
    assert.equal(me.node(api).failure, undefined);
    assert.equal(timer.delays.length, 1);
  });

  it('glances at a folder soon after something moved in it, and asks no host', async () => {
    refresh.filesChanged(me.sync(api).checkout);
    refresh.filesChanged(me.sync(api).checkout);
    assert.deepEqual(timer.delays, [pace.afterHint]);
    me.edit('openapi.yaml', `${root()}x: 1\n`);
    await tick();
    assert.deepEqual(me.plan(api), ['outgoing openapi.yaml']);
    assert.deepEqual(me.host.calls, []);
    refresh.filesChanged(me.sync(api).checkout);
    me.edit('openapi.yaml', root());
    await tick();
    assert.deepEqual(me.plan(api), []);
    assert.deepEqual(me.host.calls, []);
  });

  it('asks no host for a hint either where none was ever reached, and goes on saying so', async () => {
    refresh.dispose();
    const again = me.restarted();
    again.host.faults.offline = true;
    start(again);
    await again.engine.start();
    await settled();
    assert.equal(again.node(api).failure?.reason, 'offline');
    again.host.faults.offline = false;
    again.host.calls.length = 0;
    refresh.filesChanged(again.sync(api).checkout);
    again.edit('openapi.yaml', `${root()}x: 1\n`);
    await tick();
    assert.deepEqual(again.plan(api), ['outgoing openapi.yaml']);
    assert.deepEqual(again.host.calls, []);
    assert.equal(again.node(api).failure?.reason, 'offline');
  });

  it('leaves the next full look to the clock when a hint comes', async () => {
    refresh.focus(true);
    await settled();
    const byClock = timer.delays;
    refresh.filesChanged(me.sync(api).checkout);
    assert.deepEqual(timer.delays, [...byClock, pace.afterHint]);
    refresh.dispose();
    assert.deepEqual(timer.delays, []);
  });

  it('glances at an API that is not connected as well', async () => {
    const local = await me.use.newApi(folderUri, 'Local', []);
    await settled();
    me.edit('x.yaml', root(), '');
    await me.use.addFiles(local, ['x.yaml' as RepoPath], context());
    me.files('').remove('x.yaml' as RepoPath);
    refresh.filesChanged(checkoutKeyOf(me.node(local)));
    await tick();
    assert.equal(me.node(local).definition?.files[0]?.presence, 'missing');
  });

  it('looks at what was never looked at, and at nothing that is not approved or trusted', async () => {
    refresh.dispose();
    const again = me.restarted();
    start(again);
    await again.engine.start();
    await settled();
    assert.deepEqual(again.plan(api), []);
    refresh.dispose();
    const stranger = new Person([repository]);
    stranger.workspace.texts.set(folderUri, me.workspace.texts.get(folderUri) ?? '');
    start(stranger);
    await stranger.engine.start();
    refresh.focus(true);
    await settled();
    assert.equal(stranger.hosts.opened, 0);
    again.workspace.trusted = false;
  });

  it('looks again when an entry of apis.json changed', async () => {
    clock.advance(pace.first);
    refresh.focus(true);
    await settled();
    me.host.calls.length = 0;
    const text = me.workspace.texts.get(folderUri) ?? '';
    me.workspace.texts.set(folderUri, text.replace('"rootFile": "openapi.yaml"', '"rootFile": "orders.yaml"'));
    await me.engine.start();
    await settled();
    assert.equal(me.node(api).definition?.files[0]?.path, 'orders.yaml');
  });

  it('does not ask a host before the time that it named', () => {
    const failure = new Failure('hostError', { retryAfter: 3_600_000 });
    const told = paceAfter(freshPace, { isNews: false, failure }, 1_000);
    assert.equal(told.notBefore, 3_601_000);
    assert.equal(told.delay, 3_600_000);
  });
});
