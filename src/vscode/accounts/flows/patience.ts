import { Failure } from '../../../core/errors.ts';

/** Milliseconds that a person has for a browser, a password and a second factor. */
export const patience = 10 * 60_000;

/**
 * Runs what waits for a person, with a signal that ends both when they cancel and when their time is over.
 * @throws Failure `timeout` when it was the time
 */
export async function withPatience<T>(
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  limit = AbortSignal.timeout(patience),
): Promise<T> {
  try {
    return await work(AbortSignal.any([signal, limit]));
  } catch (error) {
    throw Failure.is(error, 'cancelled') && limit.aborted && !signal.aborted ? nobodyCame() : error;
  }
}

/** Told apart from a server that does not answer: nothing is wrong but that nobody came back in time. */
export function nobodyCame(): Failure {
  return new Failure('timeout', { detail: 'nobodyCame' });
}
