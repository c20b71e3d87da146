import assert from 'node:assert/strict';
import type { FailureReason } from '../../src/core/errors.ts';
import { Failure } from '../../src/core/errors.ts';
import type { RepoPath } from '../../src/core/model/repoPath.ts';
import { context } from './person.ts';
import { filesOf, result, scene, verbs, type Deed, type Scene } from './scenes.ts';

/** What changes something at the host: its answer may be lost after it did. */
const writing: readonly string[] = ['commit', 'createBranch', 'deleteBranch'];
const asking: readonly string[] = [
  'head',
  'tree',
  'readFiles',
  'isAncestor',
  'commitsBetween',
  'changes',
  'listBranches',
];

/** What needs no network. */
const atHome: readonly string[] = ['discard', 'acceptTheirs', 'restoreBackup'];

const table = new Map<string, number>();

describe('the network goes away', () => {
  after(() => {
    if (process.env['LONG'] !== '1' && process.env['NETWORK'] !== '1') return;
    for (const [row, times] of table) process.stdout.write(`${row.padEnd(70)} ${String(times)}\n`);
  });

  for (const [name, deed] of Object.entries(verbs)) {
    it(`at any call of ${name}: nothing is lost, what needs no network goes on, and later it comes to the same`, async () => {
      const { wanted, files } = await undisturbed(deed);
      for (let nth = 1; ; nth++) {
        const way = await tried(name, deed, nth, 'before', wanted, files);
        if (way === 'never reached') break;
        if (writing.includes(way)) await tried(name, deed, nth, 'after', wanted, files);
      }
    });
  }

  it('is told by every deed that asks the host, and the others are done without it', async () => {
    for (const [name, { before, verb }] of Object.entries(verbs)) {
      const here = await scene();
      await before(here);
      here.me.host.faults.offline = true;
      const outcome = await outcomeOf(verb(here, context()));
      assert.equal(outcome, atHome.includes(name) ? 'done' : 'offline', name);
    }
  });
});

/** What the deed comes to with a network. */
async function undisturbed({ before, verb }: Deed): Promise<{ wanted: unknown; files: readonly unknown[] }> {
  const here = await scene();
  await before(here);
  const start = filesOf(here);
  await verb(here, context());
  await here.me.look(here.api);
  return { wanted: result(here), files: [start, filesOf(here)] };
}

/** The deed with the network away from the nth call on; answers the method that it was away for. */
async function tried(
  name: string,
  { before, verb, again = verb }: Deed,
  nth: number,
  when: 'before' | 'after',
  wanted: unknown,
  files: readonly unknown[],
): Promise<string> {
  const here = await scene();
  await before(here);
  const calls = goAwayAt(here, nth, when);
  const outcome = await outcomeOf(verb(here, context()));
  if (calls.count < nth) return 'never reached';
  const place = `${name}, away ${when} call ${String(nth)}, ${calls.method}: ${outcome}`;
  const row = `${name} | ${calls.method}, ${when} it | ${outcome}`;
  table.set(row, (table.get(row) ?? 0) + 1);

  // Promises 1, 3 and 7: the folder is as before or as after, and looking and comparing need no network.
  assert.ok(
    files.some((side) => JSON.stringify(side) === JSON.stringify(filesOf(here))),
    `${place}: half of it`,
  );
  await here.me.look(here.api);
  assert.equal(here.me.node(here.api).failure?.reason, 'offline', place);
  assert.notEqual(await here.me.use.contents(here.api, 'a.yaml' as RepoPath, 'base'), undefined, place);

  // It is back: promise 6, what landed is not sent again.
  calls.comeBack();
  await here.me.look(here.api);
  if (outcome !== 'done') await again(here, context()).catch(unlessDone);
  await here.me.look(here.api);
  assert.deepEqual(result(here), wanted, place);
  assert.equal((await here.me.state())?.intent, undefined, place);
  return calls.method;
}

async function outcomeOf(work: Promise<unknown>): Promise<'done' | FailureReason> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (Failure.is(error, 'offline', 'answerLost', 'pushInDoubt')) return error.reason;
    throw error;
  }
}

/** What landed and could not say so is not there to be done again. */
function unlessDone(error: unknown): void {
  if (!Failure.is(error, 'nothingToPush', 'branchExists', 'branchNotFound', 'invalidName')) throw error;
}

interface Away {
  count: number;
  method: string;
  comeBack(): void;
}

function goAwayAt({ me: { host } }: Scene, nth: number, when: 'before' | 'after'): Away {
  const away: Away = { count: 0, method: '', comeBack: () => (host.faults.offline = false) };
  const holder = host as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const method of [...asking, ...writing]) {
    const original = holder[method];
    assert.ok(original !== undefined, method);
    holder[method] = (...args) => {
      if (++away.count !== nth) return original.apply(host, args);
      away.method = method;
      if (when === 'before') host.faults.offline = true;
      if (when === 'before') return original.apply(host, args);
      return (original.apply(host, args) as Promise<unknown>).then(() => {
        host.faults.offline = true;
        throw new Failure(method === 'commit' ? 'answerLost' : 'offline', { origin: host.origin });
      });
    };
  }
  return away;
}
