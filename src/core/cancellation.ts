import { Failure } from './errors.ts';

/** A point at which work can still stop without a trace. @throws Failure `cancelled`. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Failure('cancelled');
}

/**
 * Waits for what cannot be stopped itself, until the person stops waiting; what it comes to then is nobody's any more.
 * @throws Failure `cancelled`
 */
export function untilCancelled<T>(work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => reject(new Failure('cancelled'));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    const settled = (): void => signal.removeEventListener('abort', cancel);
    work.then(
      (value) => {
        settled();
        resolve(value);
      },
      (error: unknown) => {
        settled();
        reject(error as Error);
      },
    );
  });
}
