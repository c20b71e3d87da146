/** Inserted and deleted lines up to which the shortest edit is looked for: 4 MB of trace at most. */
const maximalEdits = 1_000;

/**
 * Pairs of equal lines of a shortest edit from `a` to `b` (Myers, "An O(ND) Difference Algorithm", 1986);
 * none when more than a bounded number of lines differ.
 */
export function shortestEdit(a: Int32Array, b: Int32Array): readonly (readonly [number, number])[] {
  const trace = search(a, b);
  return trace === undefined ? [] : walkBack(trace, a.length, b.length);
}

/** `trace[d]` holds, for each diagonal `k` of `-d..d`, how far `d` edits get; index `k + d`. */
function search(a: Int32Array, b: Int32Array): readonly Int32Array[] | undefined {
  const trace: Int32Array[] = [];
  const most = Math.min(a.length + b.length, maximalEdits);
  for (let d = 0; d <= most; d++) {
    const reach = new Int32Array(2 * d + 1);
    trace.push(reach);
    for (let k = -d; k <= d; k += 2) {
      let x = d === 0 ? 0 : start(trace[d - 1] as Int32Array, d, k).x;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach[k + d] = x;
      if (x >= a.length && x - k >= b.length) return trace;
    }
  }
  return undefined;
}

/** Where edit number `d` sets down on diagonal `k`, coming down (an insertion) or from the left (a deletion). */
function start(before: Int32Array, d: number, k: number): { readonly x: number; readonly from: number } {
  const at = (diagonal: number): number => before[diagonal + d - 1] ?? -1;
  const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
  return down ? { x: at(k + 1), from: k + 1 } : { x: at(k - 1) + 1, from: k - 1 };
}

function walkBack(trace: readonly Int32Array[], endX: number, endY: number): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  let x = endX;
  let k = endX - endY;
  for (let d = trace.length - 1; d >= 0; d--) {
    const step = d === 0 ? { x: 0, from: 0 } : start(trace[d - 1] as Int32Array, d, k);
    while (x > step.x) {
      x--;
      pairs.push([x, x - k]);
    }
    if (d > 0) x = (trace[d - 1] as Int32Array)[step.from + d - 1] as number;
    k = step.from;
  }
  return pairs;
}
