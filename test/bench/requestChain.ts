import type { CountedRequest } from '../forge/http/forge.ts';

/** When a request came to the forge, and when its answer left. */
type Span = Pick<CountedRequest, 'started' | 'ended'>;

/** What the longest rows of requests say of which each came after the answer to the one before it had left. */
export interface RequestChain {
  /** As many round trips as nobody could have had in less time: by need, or because nobody asked earlier. */
  readonly length: number;
  /** The most milliseconds of the forge's own work, beyond its delay of each answer, that lie on one row. */
  readonly work: number;
}

export function requestChain(requests: readonly Span[], delay: number): RequestChain {
  const length = longest(requests, () => 1);
  const work = longest(requests, ({ started, ended = started }) => Math.max(0, ended - started - delay));
  return { length, work };
}

/** The greatest sum of values on a row. */
function longest(requests: readonly Span[], value: (request: Span) => number): number {
  const rows: { readonly end: number; readonly sum: number }[] = [];
  for (const request of [...requests].sort((one, other) => one.started - other.started)) {
    const before = rows.filter(({ end }) => end <= request.started).map(({ sum }) => sum);
    rows.push({ end: request.ended ?? Infinity, sum: Math.max(0, ...before) + value(request) });
  }
  return Math.max(0, ...rows.map(({ sum }) => sum));
}
