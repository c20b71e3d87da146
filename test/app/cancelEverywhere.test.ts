import assert from 'node:assert/strict';
import { Failure } from '../../src/core/errors.ts';
import { context, folderUri } from './person.ts';
import { result, scene, verbs, type Scene } from './scenes.ts';

describe('cancelled at any call to the outside', function () {
  this.timeout(60_000);
  for (const [name, { before, verb, again = verb }] of Object.entries(verbs)) {
    for (const when of ['before', 'after'] as const) {
      it(`${name}: ${when} it, and done again, comes to the same`, async () => {
        const whole = await scene();
        await before(whole);
        await verb(whole, context());
        await whole.me.look(whole.api);
        const wanted = result(whole);
        let isOver = false;
        for (let nth = 1; !isOver; nth++) {
          const here = await scene();
          await before(here);
          const stop = new AbortController();
          const calls = cancelAt(here, nth, when, stop);
          const outcome = await verb(here, context(stop.signal)).then(
            () => 'done',
            (error: unknown) => {
              if (Failure.is(error, 'cancelled')) return 'cancelled';
              throw error;
            },
          );
          isOver = calls.count < nth;
          calls.off();
          await here.me.look(here.api);
          assert.equal((await here.me.state())?.intent, undefined);
          if (outcome === 'cancelled') await again(here, context()).catch(unlessDone);
          await here.me.look(here.api);
          assert.deepEqual(result(here), wanted, `after call ${String(nth)}: ${calls.last}, which ${outcome}`);
        }
      });
    }
  }
});

/** A push that landed and could not say so has nothing more to push. */
function unlessDone(error: unknown): void {
  if (!Failure.is(error, 'nothingToPush', 'branchExists', 'invalidName')) throw error;
}

function cancelAt(
  { me }: Scene,
  nth: number,
  when: 'before' | 'after',
  stop: AbortController,
): { count: number; last: string; off: () => void } {
  const calls = { count: 0, last: '', off: (): void => offs.forEach((off) => off()) };
  const offs: (() => void)[] = [];
  const { files, state } = me.storages.at(folderUri, 'repo');
  const wrap = (label: string, object: object, methods: readonly string[]): void => {
    for (const method of methods) {
      const holder = object as Record<string, (...args: unknown[]) => Promise<unknown>>;
      const original = holder[method];
      if (original === undefined) throw new Error(method);
      holder[method] = async (...args) => {
        const isIt = ++calls.count === nth;
        if (isIt) calls.last = `${label}.${method}`;
        if (isIt && when === 'before') stop.abort();
        const answer = await original.apply(object, args);
        if (isIt && when === 'after') stop.abort();
        return answer;
      };
      offs.push(() => delete (holder as Record<string, unknown>)[method]);
    }
  };
  wrap('host', me.host, ['head', 'tree', 'readFiles', 'isAncestor', 'commitsBetween', 'commit', 'createBranch']);
  wrap('files', files, ['snapshot', 'list', 'read', 'apply']);
  wrap('state', state, ['save']);
  return calls;
}
