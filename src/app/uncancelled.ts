import type { OperationContext } from '../ports/progress.ts';

/** For what follows once files or commits are made: it is too late to cancel, and what was done has to be shown. */
export function uncancelled(context: OperationContext): OperationContext {
  return { ...context, signal: new AbortController().signal };
}
