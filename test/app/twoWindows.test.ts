import assert from 'node:assert/strict';
import { decodeState } from '../../src/core/sync/stateCodec.ts';
import { KillWorld, text, type Texts } from './kills/killWorld.ts';

const isLong = process.env['LONG'] === '1';

/** Operations of each of two windows. */
const each = isLong ? 50 : 5;

describe('two processes on one folder', function () {
  this.timeout(isLong ? 0 : 120_000);
  let world: KillWorld;

  before(async () => {
    world = new KillWorld();
    await world.open();
    await world.prepare('pull');
  });

  after(() => world.close());

  it('Promise 1: come to what one window alone comes to, with no word and no state lost', async () => {
    world.restore('pull');
    const work = [
      ['one', 'a.yaml'],
      ['two', 'b.yaml'],
    ] as const;
    for (const [name, file] of work) assert.equal(await world.work(name, file, each), '');
    const alone = await settled();
    world.restore('pull');
    const strangers = strangersPush();
    assert.deepEqual(await Promise.all(work.map(([name, file]) => world.work(name, file, each))), ['', '']);
    await strangers;
    const together = await settled();
    assert.deepEqual(together.folder, alone.folder);
    assert.deepEqual(together.branch, alone.branch);
    assert.deepEqual(together.base, alone.base);
    for (const [name, file] of work) {
      for (let step = 0; step < each; step++) {
        assert.ok(together.branch.get(file)?.includes(`${name}-${String(step)}\n`), `${name}-${String(step)}`);
      }
    }
    const messages = world.repository.log('main').filter((line) => /(one|two|Stranger) \d+$/.test(line));
    const subjects = new Set(messages.map((line) => line.slice(41)));
    assert.equal(subjects.size, messages.length, 'every commit was made once');
  });

  /** Others push meanwhile, to a file that nobody here writes; what is there in the end is the same in both runs. */
  async function strangersPush(): Promise<void> {
    for (let push = 0; push < each; push++) {
      world.repository.push(
        'main',
        { 'd.yaml': text(`stranger-${String(push)}`, 'start') },
        `Stranger ${String(push)}`,
      );
      await new Promise((resolve) => setImmediate(resolve));
    }
    world.repository.push('main', { 'd.yaml': text('start', 'start') }, 'Strangers end');
  }

  /** What is there once one more window has pulled and pushed. */
  async function settled(): Promise<{ readonly folder: Texts; readonly branch: Texts; readonly base: unknown }> {
    const window = world.window();
    await window.start();
    await window.run('pull');
    if (window.plan.length > 0) await window.run('push', 'Settled');
    assert.deepEqual(window.plan, []);
    window.close();
    const { branches, intent } = decodeState(world.own('state.json') ?? '');
    assert.equal(intent, undefined);
    assert.equal(branches.get('main')?.head, world.repository.head('main'));
    assert.equal(world.own('journal.json'), undefined);
    assert.equal(world.own('lease.json'), undefined);
    const base = [...(branches.get('main')?.base ?? [])].map(([path, { id, mode }]) => [path, id, mode]);
    return { folder: world.folderTexts(), branch: world.branchTexts('main'), base };
  }
});
