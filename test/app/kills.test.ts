import assert from 'node:assert/strict';
import { KillWorld, type Ended } from './kills/killWorld.ts';
import { converge, endStateOf, nothingUnderway, type EndState, type Meanwhile, type Sides } from './kills/verify.ts';
import type { Operation } from './kills/window.ts';

const isLong = process.env['LONG'] === '1';
const operations: readonly Operation[] = ['connect', 'pull', 'push', 'switch', 'disconnect'];
// Found once, found every time: only the long run looks somewhere else each time.
const seed = Number(process.env['SEED'] ?? (isLong ? Date.now() % 2 ** 31 : 4711));

/** Of all points, how many are tried when there is no time for each. */
const sampled = 4;

describe(`a process that is killed (SEED=${String(seed)})`, function () {
  this.timeout(isLong ? 0 : 120_000);
  let world: KillWorld;
  const random = randomOf(seed);
  const table = new Map<string, Map<string, number>>();

  before(async () => {
    world = new KillWorld();
    await world.open();
  });

  after(() => {
    world.close();
    if (isLong || process.env['KILLS'] === '1') print(table);
  });

  for (const operation of operations) {
    describe(`in ${operation}`, () => {
      let sides: Sides;
      let calls: readonly string[];
      let span: number;

      before(async () => {
        await world.prepare(operation);
        const before = world.folderTexts();
        const whole = await world.run(operation);
        span = whole.span;
        assert.equal(whole.errors, '');
        assert.ok(whole.calls.length > 5, whole.calls.join());
        calls = whole.calls;
        sides = { before, after: world.folderTexts() };
      });

      it('Promise 3: is finished or undone by the next start, Promise 1: with every edit, Promise 6: and one commit', async () => {
        for (const after of pointsOf(calls.length)) {
          await check(operation, sides, { after }, (ended) => ended.calls.at(-1) ?? '(not killed)');
        }
      });

      if (isLong) {
        it('Promise 3: also at any other moment', async () => {
          for (let run = 0; run < 40; run++) {
            const within = Math.floor(random() * span);
            await check(operation, sides, { within }, (ended) => (ended.wasKilled ? '(any moment)' : '(not killed)'));
          }
        });
      }
    });
  }

  async function check(
    operation: Operation,
    sides: Sides,
    when: { readonly after?: number; readonly within?: number },
    pointOf: (ended: Ended) => string,
  ): Promise<void> {
    world.restore(operation);
    const edited = editedPath(operation, Math.floor(random() * 3));
    const ended = await world.run(operation, when);
    const point = pointOf(ended);
    try {
      const meanwhile: Meanwhile = edited === undefined ? undefined : { path: edited, text: world.append(edited) };
      const endState = await restart(operation, sides, meanwhile);
      count(`${operation.padEnd(10)} ${point.padEnd(18)}`, meanwhile === undefined ? endState : `${endState}, edited`);
      if (operation === 'disconnect') await disconnectAgain();
      else await converge(world, operation, meanwhile);
      if (operation === 'push') assert.ok(commitsOf('Mine') <= 1, 'the commit was sent twice');
    } catch (error) {
      throw new Error(`killed in ${operation} ${JSON.stringify(when)} behind ${point}`, { cause: error });
    }
  }

  /** What the folder and Git have to say once a window is opened again. */
  async function restart(operation: Operation, sides: Sides, meanwhile: Meanwhile): Promise<EndState> {
    const window = world.window();
    await window.start();
    window.close();
    if (window.node?.state === 'connected') nothingUnderway(world);
    const endState = endStateOf(world, sides, meanwhile);
    if (operation === 'switch') assert.equal(activeBranch(), endState === 'after' ? 'develop' : 'main');
    if (operation === 'push') return commitsOf('Mine') === 1 ? 'after' : 'before';
    if (operation === 'disconnect') return world.apisFile.includes('connection') ? 'before' : 'after';
    return endState;
  }

  async function disconnectAgain(): Promise<void> {
    const window = world.window();
    await window.start();
    if (world.apisFile.includes('connection')) {
      if (window.node?.state === 'connected') await window.run('disconnect');
    }
    window.close();
    assert.ok(world.folderTexts().get('a.yaml')?.includes('mine-a') ?? false);
  }

  function activeBranch(): unknown {
    return (JSON.parse(world.own('state.json') ?? '{}') as { readonly branch?: unknown }).branch;
  }

  function commitsOf(message: string): number {
    return world.repository.log('main').filter((line) => line.endsWith(` ${message}`)).length;
  }

  function pointsOf(length: number): readonly number[] {
    const all = Array.from({ length }, (_, index) => index + 1);
    if (isLong) return all;
    const stride = length / sampled;
    return Array.from({ length: sampled }, (_, index) => Math.floor((index + random()) * stride) + 1);
  }

  function count(point: string, endState: string): void {
    const row = table.get(point) ?? new Map<string, number>();
    table.set(point, row.set(endState, (row.get(endState) ?? 0) + 1));
  }
});

/** What is written between end and start: nothing, a file that is there, or one where the operation makes a new one. */
function editedPath(operation: Operation, kind: number): string | undefined {
  if (kind === 0 || operation === 'disconnect') return undefined;
  if (kind === 1) return operation === 'connect' ? 'b.yaml' : 'd.yaml';
  return operation === 'connect' || operation === 'push' ? 'a.yaml' : 'e.yaml';
}

function print(table: ReadonlyMap<string, ReadonlyMap<string, number>>): void {
  for (const [point, row] of table) {
    const states = [...row].map(([state, times]) => `${state} ${String(times)}`).join('; ');
    process.stdout.write(`${point} → ${states}\n`);
  }
}

/** Mulberry32: the same numbers for the same seed. */
function randomOf(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
