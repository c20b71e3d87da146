import type { OperationContext } from '../ports/progress.ts';

/** For work that nobody waits for: it asks for nothing and shows nothing. */
export function quietContext(signal: AbortSignal = new AbortController().signal): OperationContext {
  return { signal, interactive: false, progress: { report: () => undefined } };
}
