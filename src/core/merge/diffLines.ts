import { shortestEdit } from './shortestEdit.ts';

/** Lines `[start, end)` of the one side that stand where lines `[otherStart, otherEnd)` of the other stand. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly otherStart: number;
  readonly otherEnd: number;
}

interface Range {
  readonly a0: number;
  readonly a1: number;
  readonly b0: number;
  readonly b1: number;
}

/**
 * What makes `b` of `a`, in order; between two hunks there is at least one equal line.
 *
 * Lines that occur once on both sides are matched first (patience), what lies between them by a shortest edit.
 * The work is bounded: past the bound, lines are taken for changed, which is a coarser answer and never a wrong one.
 */
export function diffLines(a: readonly string[], b: readonly string[]): readonly Hunk[] {
  const numbers = new Map<string, number>();
  const numbered = (lines: readonly string[]): Int32Array => Int32Array.from(lines, (line) => numberOf(line, numbers));
  return hunksOf(new Matcher(numbered(a), numbered(b)).run(), b.length);
}

/** Equal lines get equal numbers: comparing is then cheap. */
function numberOf(line: string, numbers: Map<string, number>): number {
  const known = numbers.get(line);
  if (known !== undefined) return known;
  const next = numbers.size;
  numbers.set(line, next);
  return next;
}

function hunksOf(matches: Int32Array, length: number): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let start = 0;
  let otherStart = 0;
  const close = (end: number, otherEnd: number): void => {
    if (end > start || otherEnd > otherStart) hunks.push({ start, end, otherStart, otherEnd });
  };
  matches.forEach((other, index) => {
    if (other < 0) return;
    close(index, other);
    start = index + 1;
    otherStart = other + 1;
  });
  close(matches.length, length);
  return hunks;
}

/** Line visits of the search for unique lines, for both files together: a second of work, reached by no real file. */
const maximalVisits = 50_000_000;

class Matcher {
  /** For each line of `a` the line of `b` that it is, or -1. */
  private readonly matches: Int32Array;
  private readonly open: Range[];
  private visits = 0;

  constructor(
    private readonly a: Int32Array,
    private readonly b: Int32Array,
  ) {
    this.matches = new Int32Array(a.length).fill(-1);
    this.open = [{ a0: 0, a1: a.length, b0: 0, b1: b.length }];
  }

  run(): Int32Array {
    for (let range = this.open.pop(); range !== undefined; range = this.open.pop()) {
      const rest = this.matchEnds(range);
      this.visits += rest.a1 - rest.a0 + (rest.b1 - rest.b0);
      if (rest.a0 < rest.a1 && rest.b0 < rest.b1 && this.visits < maximalVisits) this.matchMiddle(rest);
    }
    return this.matches;
  }

  private matchEnds({ a0, a1, b0, b1 }: Range): Range {
    while (a0 < a1 && b0 < b1 && this.a[a0] === this.b[b0]) this.matches[a0++] = b0++;
    while (a0 < a1 && b0 < b1 && this.a[a1 - 1] === this.b[b1 - 1]) this.matches[--a1] = --b1;
    return { a0, a1, b0, b1 };
  }

  private matchMiddle(range: Range): void {
    const anchors = this.anchors(range);
    if (anchors.length === 0) {
      this.matchByEdit(range);
      return;
    }
    let { a0, b0 } = range;
    for (const [ai, bi] of anchors) {
      this.matches[ai] = bi;
      this.open.push({ a0, a1: ai, b0, b1: bi });
      a0 = ai + 1;
      b0 = bi + 1;
    }
    this.open.push({ a0, a1: range.a1, b0, b1: range.b1 });
  }

  private matchByEdit({ a0, a1, b0, b1 }: Range): void {
    for (const [x, y] of shortestEdit(this.a.subarray(a0, a1), this.b.subarray(b0, b1))) this.matches[a0 + x] = b0 + y;
  }

  /** Lines that occur once in each half of the range, as many as stand in the same order in both. */
  private anchors({ a0, a1, b0, b1 }: Range): readonly Pair[] {
    const inA = uniqueLines(this.a, a0, a1);
    const inB = uniqueLines(this.b, b0, b1);
    const pairs: Pair[] = [];
    for (const [line, ai] of inA) {
      const bi = inB.get(line);
      if (ai >= 0 && bi !== undefined && bi >= 0) pairs.push([ai, bi]);
    }
    return longestRising(pairs);
  }
}

type Pair = readonly [number, number];

/** Line → where it is; -1: more than once. In the order of the first occurrence. */
function uniqueLines(lines: Int32Array, from: number, to: number): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (let index = from; index < to; index++) {
    const line = lines[index] as number;
    places.set(line, places.has(line) ? -1 : index);
  }
  return places;
}

/** The longest subsequence that rises on the second side, of pairs that rise on the first (patience sorting). */
function longestRising(pairs: readonly Pair[]): readonly Pair[] {
  const tops: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, value], index) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] as number] as Pair)[1] < value) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[index] = tops[low - 1] as number;
    tops[low] = index;
  });
  const rising: Pair[] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = before[index] as number) rising.push(pairs[index] as Pair);
  return rising.reverse();
}
