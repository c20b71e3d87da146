import { Failure } from './errors.ts';

/** A point at which work can still stop without a trace. @throws Failure `cancelled`. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Failure('cancelled');
}
