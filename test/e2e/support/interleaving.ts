/** What one window does, one thing at a time. */
export type Deed = 'edit' | 'push' | 'pull' | 'switch' | 'refresh';

export interface Step {
  /** Unique: it is in what is written, so that every word and every commit can be found again. */
  readonly number: number;
  readonly deed: Deed;
  /** The window that does it. */
  readonly window: number;
  /** Which of the files an edit is in. */
  readonly file: number;
  /** What the other window does in the same moment; whichever comes first, it comes to the same. */
  readonly beside?: 'pull' | 'refresh';
}

/** As often as each deed is in it. */
const deck: readonly Deed[] = ['edit', 'push', 'edit', 'pull', 'switch', 'push', 'refresh', 'edit'];

/** `count` operations of two windows in an order that follows from the seed; each deed is among them. */
export function interleave(seed: number, count: number, files: number): readonly Step[] {
  const random = randomOf(seed);
  const deeds = shuffled(
    Array.from({ length: count }, (_, index) => deck[index % deck.length] ?? 'edit'),
    random,
  );
  const steps: Step[] = [];
  for (let next = 0; next < deeds.length; next++) {
    const deed = deeds[next] ?? 'edit';
    const step = { number: steps.length + 1, deed, window: pick(random, 2), file: pick(random, files) };
    const beside = deed === 'edit' || deed === 'push' ? deeds[next + 1] : undefined;
    if (beside !== 'pull' && beside !== 'refresh') {
      steps.push(step);
      continue;
    }
    steps.push({ ...step, beside });
    next++;
  }
  return steps;
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function pick(random: () => number, below: number): number {
  return Math.floor(random() * below);
}

/** Mulberry32. */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
