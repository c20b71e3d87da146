import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { GitBench } from '../contract/git/gitBench.ts';
import { InGit, InMemory } from './model/modelRepository.ts';
import { steps, who, type Step } from './model/steps.ts';
import { World } from './model/world.ts';

const isLong = process.env['LONG'] !== undefined;
// Found once, found every time: only the long run looks somewhere else each time.
const seed = Number(process.env['SEED'] ?? (isLong ? Date.now() % 2 ** 31 : 4711));

/** fast-check's own way to shrink what was done, step by step. */
class Taking implements fc.AsyncCommand<object, World> {
  constructor(private readonly step: Step) {}

  check(): boolean {
    return true;
  }

  run(_model: object, world: World): Promise<void> {
    return world.take(this.step);
  }

  toString(): string {
    return JSON.stringify(this.step);
  }
}

const commands = (maxCommands: number): fc.Arbitrary<Iterable<fc.AsyncCommand<object, World>>> =>
  fc.commands(
    steps.map((step) => step.map((taken) => new Taking(taken))),
    { maxCommands, size: 'max' },
  );

async function live(world: World, taken: Iterable<fc.AsyncCommand<object, World>>): Promise<void> {
  await fc.asyncModelRun(() => ({ model: {}, real: world }), taken);
  await world.settle();
  await world.converged();
}

describe(`three people, strangers, crashes (SEED=${String(seed)})`, () => {
  it('in memory: every word is where it should be', async function () {
    this.timeout(isLong ? 7_200_000 : 300_000);
    let taken = 0;
    const numRuns = isLong ? 1_000 : 20;
    await fc.assert(
      fc.asyncProperty(commands(40), async (run) => {
        const world = new World(new InMemory());
        await world.start();
        await live(world, run);
        taken += world.taken;
      }),
      { numRuns, seed },
    );
    if (isLong) process.stdout.write(`      ${String(numRuns)} runs, ${String(taken)} steps\n`);
  });

  it('on the disk, with Git: and Git agrees', async function () {
    this.timeout(isLong ? 7_200_000 : 300_000);
    await fc.assert(
      fc.asyncProperty(commands(isLong ? 25 : 10), async (run) => {
        const bench = await GitBench.open();
        const folder = mkdtempSync(join(tmpdir(), 'model-'));
        try {
          const world = new World(
            new InGit(bench),
            who.map((name) => join(folder, name)),
          );
          await world.start();
          await live(world, run);
        } finally {
          rmSync(folder, { recursive: true, force: true });
          await bench.close();
        }
      }),
      { numRuns: isLong ? 20 : 1, seed },
    );
  });
});
