import type { Failure } from '../core/errors.ts';

const minute = 60_000;

/** Between two looks while something happens, and at most. */
export const pace = { first: 3 * minute, last: 30 * minute, afterHint: 300, betweenFocuses: 10_000 } as const;

/** What one look came to, as far as the pace of the next is concerned. */
export interface LookOutcome {
  readonly isNews: boolean;
  readonly failure?: Failure;
}

/** When to look at one checkout again. Immutable. */
export interface RefreshPace {
  /** Milliseconds until the next look by the clock; `undefined`: paused until something happens. */
  readonly delay: number | undefined;
  /** No look before, whatever happens: the host said so. Milliseconds since 1970. */
  readonly notBefore: number;
  readonly lastLook: number;
}

export const freshPace: RefreshPace = { delay: pace.first, notBefore: 0, lastLook: Number.NEGATIVE_INFINITY };

/** Quiet repositories are asked less and less; offline, nobody is asked until a person comes back. */
export function paceAfter(before: RefreshPace, { isNews, failure }: LookOutcome, now: number): RefreshPace {
  const wait = failure?.facts.retryAfter ?? 0;
  const notBefore = Math.max(before.notBefore, now + wait);
  if (failure?.reason === 'offline') return { delay: undefined, notBefore, lastLook: now };
  const quieter = Math.min((before.delay ?? pace.first / 2) * 2, pace.last);
  const delay = isNews && failure === undefined ? pace.first : quieter;
  return { delay: Math.max(delay, wait), notBefore, lastLook: now };
}
