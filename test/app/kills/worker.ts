/** `node worker.mjs <place> <remote> <name> <file> <count>`: a window of its own that works in a folder beside others. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../../src/core/errors.ts';
import { Window, type Operation } from './window.ts';

const [place = '', remote = '', name = '', file = '', count = '0'] = process.argv.slice(2);

/** What another window's work, or a person's own writing, may answer: trying again later is all there is to do. */
const expected = ['nothingToPush', 'changedMeanwhile', 'busy', 'stale', 'incomingOverlap'] as const;

const window = new Window(place, remote);
await window.start();
const operations: readonly Operation[] = ['push', 'pull', 'push'];
for (let step = 0; step < Number(count); step++) {
  appendFileSync(join(place, 'work', 'repo', file), `${name}${String(step)}: ${name}-${String(step)}\n`);
  try {
    await window.run(operations[step % operations.length] ?? 'pull', `${name} ${String(step)}`);
  } catch (error) {
    if (!Failure.is(error, ...expected)) throw error;
  }
}
window.close();
