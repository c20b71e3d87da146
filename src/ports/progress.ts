/** One step of a running operation, as data: surfaces have the words. `count`: files. */
export type ProgressStep =
  | { readonly step: 'askingHost' | 'comparing' | 'creatingBranch' | 'creatingPullRequest' }
  /** Another window, or a script, has the folder; `operation` is its kind, empty where nobody can tell. */
  | { readonly step: 'waitingForTurn'; readonly operation: string; readonly machine: string }
  | { readonly step: 'readingFiles' | 'writingFiles' | 'sendingFiles'; readonly count: number };

/** What a running operation tells people. */
export interface Progress {
  report(step: ProgressStep): void;
}

/** Everything an operation gets from whoever started it. */
export interface OperationContext {
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** A person's click started it, so it may ask for credentials. Background work never asks. */
  readonly interactive: boolean;
}
