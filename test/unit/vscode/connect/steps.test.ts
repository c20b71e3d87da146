import assert from 'node:assert/strict';
import { runSteps, type Step, type StepEnd } from '../../../../src/vscode/connect/steps.ts';

type Trail = readonly string[];

/** Runs named steps; each ends as the script says, in turn, and the trail holds what was seen. */
async function walk(
  names: readonly string[],
  script: readonly (StepEnd<Trail>['kind'] | `to ${string}`)[],
  applies: (name: string) => boolean = () => true,
) {
  const seen: string[] = [];
  const ends = [...script];
  const steps = names.map((name): Step<Trail> => {
    return {
      name,
      applies: () => applies(name),
      run: (state, { step, totalSteps, isFirst }) => {
        seen.push(`${name} ${step}/${totalSteps}${isFirst ? ' first' : ''}`);
        const kind = ends.shift() ?? 'cancel';
        if (kind === 'next') return Promise.resolve({ kind, state: [...state, name] });
        if (kind.startsWith('to ')) return Promise.resolve({ kind: 'to', step: kind.slice(3) });
        return Promise.resolve({ kind: kind as 'back' | 'cancel' });
      },
    };
  });
  return { end: await runSteps('Title', steps, []), seen };
}

describe('steps of quick inputs', () => {
  it('go one after the other', async () => {
    const { end, seen } = await walk(['a', 'b', 'c'], ['next', 'next', 'next']);
    assert.deepEqual(seen, ['a 1/3 first', 'b 2/3', 'c 3/3']);
    assert.deepEqual(end, ['a', 'b', 'c']);
  });

  it('go back and on again', async () => {
    const { seen } = await walk(['a', 'b'], ['next', 'back', 'next', 'next']);
    assert.deepEqual(seen, ['a 1/2 first', 'b 2/2', 'a 1/2 first', 'b 2/2']);
  });

  it('leave out steps that do not apply, forwards, backwards and in the numbers', async () => {
    const { seen } = await walk(['x', 'a', 'x', 'b'], ['next', 'back', 'next', 'next'], (name) => name !== 'x');
    assert.deepEqual(seen, ['a 1/2 first', 'b 2/2', 'a 1/2 first', 'b 2/2']);
  });

  it('jump to a step by its name', async () => {
    const { seen } = await walk(['a', 'b', 'c'], ['next', 'next', 'to a', 'cancel']);
    assert.equal(seen.at(-1), 'a 1/3 first');
  });

  it('end without an answer when one is cancelled', async () => {
    const { end, seen } = await walk(['a', 'b'], ['next', 'cancel']);
    assert.deepEqual([end, seen.length], [undefined, 2]);
  });
});
