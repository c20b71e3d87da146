import assert from 'node:assert/strict';
import type { KillWorld, Texts } from './killWorld.ts';
import type { Operation } from './window.ts';

/** The folder around an operation that nobody interrupts. */
export interface Sides {
  readonly before: Texts;
  readonly after: Texts;
}

/** What a person does between the end of a process and the next start; `undefined`: nothing. */
export type Meanwhile = { readonly path: string; readonly text: string } | undefined;

export type EndState = 'before' | 'after';

/** Promises 1 and 3, by bytes: every file of before, or every file of after, and the person's own as they left it. */
export function endStateOf(world: KillWorld, { before, after }: Sides, meanwhile: Meanwhile): EndState {
  const now = new Map(world.folderTexts());
  if (meanwhile !== undefined) assert.equal(now.get(meanwhile.path), meanwhile.text, 'what was typed meanwhile');
  const rest = (texts: Texts): readonly (readonly [string, string])[] =>
    [...texts].filter(([path]) => path !== meanwhile?.path).sort(([a], [b]) => (a < b ? -1 : 1));
  const isAfter = JSON.stringify(rest(now)) === JSON.stringify(rest(after));
  if (!isAfter) assert.deepEqual(rest(now), rest(before), 'neither all of before nor all of after');
  return isAfter && JSON.stringify(rest(after)) !== JSON.stringify(rest(before)) ? 'after' : 'before';
}

/** Nothing is left to be done. A lease of a process that is gone may lie there: it is in nobody's way. */
export function nothingUnderway(world: KillWorld): void {
  assert.equal(world.own('journal.json'), undefined, 'journal');
}

const written: Readonly<Record<Operation, readonly string[]>> = {
  connect: [],
  pull: ['mine-b', 'theirs-a', 'theirs-b', 'theirs-e'],
  push: ['mine-a', 'mine-f'],
  switch: ['mine-d', 'theirs-a', 'theirs-b', 'theirs-e'],
  disconnect: [],
};

/**
 * Goes on working as a person would, until both sides are the same; then every word that anybody wrote is in Git, and
 * what somebody deleted is not (promise 1).
 */
export async function converge(world: KillWorld, operation: Operation, meanwhile: Meanwhile): Promise<void> {
  const window = world.window();
  await window.start();
  if (window.node === undefined) await window.run('connect');
  if (operation === 'switch' && window.node?.sync?.branch === 'main') {
    // A file of one's own in the place of a new one is refused by name: a person moves it out of the way.
    if (meanwhile?.path === 'e.yaml') world.edit(meanwhile.path, null);
    await window.run('switch');
    if (meanwhile?.path === 'e.yaml') world.append(meanwhile.path);
  }
  await window.run('pull');
  const branch = window.node?.sync?.branch ?? '';
  const conflicts = (window.node?.sync?.plan ?? []).filter(({ kind }) => kind === 'conflict').map(({ path }) => path);
  for (const path of conflicts) {
    const theirs = world.branchTexts(branch).get(path) ?? '';
    const mine = world.folderTexts().get(path) ?? '';
    world.edit(path, [...new Set([...theirs.split('\n'), ...mine.split('\n')])].join('\n'));
  }
  if (conflicts.length > 0) {
    await window.start();
    await window.markResolved(conflicts);
  }
  if (window.plan.some((item) => item.startsWith('outgoing'))) await window.run('push', 'Afterwards');
  assert.deepEqual(window.plan, [], 'everything is in step');
  window.close();
  assert.equal(world.own('lease.json'), undefined, 'lease');
  const there = world.branchTexts(branch);
  const words = [...there.values()].join('\n');
  const all = meanwhile === undefined ? written[operation] : [...written[operation], 'meanwhile'];
  assert.deepEqual(
    all.filter((word) => !words.includes(word)),
    [],
    'words are nowhere in Git',
  );
  if (operation !== 'connect') assert.ok(!there.has('c.yaml'), 'what was deleted came back');
  assert.equal(world.folderTexts().get('notes.txt'), 'mine-notes\n');
  for (const [path, text] of there) assert.equal(world.folderTexts().get(path), text, path);
}
