import type { OperationContext } from '../../ports/progress.ts';

/** For what is shown as waiting in place, so that steps on the way need no words. */
export function inPlaceContext(signal: AbortSignal, interactive: boolean): OperationContext {
  return { signal, interactive, progress: { report: () => undefined } };
}
