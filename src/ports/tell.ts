import type { RepoPath } from '../core/model/repoPath.ts';

/** What a person should know though they asked for nothing. */
export interface News {
  readonly kind: 'recovered';
  /** The API, or several that share the folder. */
  readonly apis: readonly string[];
  /** Of the checkout: the URI of the workspace's folder, and its own in that one. */
  readonly workspaceFolder: string;
  readonly folder: string;
  /** What was cut off, by its name in `operations`. */
  readonly operation: string;
  readonly outcome: 'finished' | 'undone';
  /** Files that were changed between the end and now: they stay as they are. */
  readonly kept: readonly RepoPath[];
  /** Copies of what has no place in the folder any more; `folder` is relative to the checkout's. */
  readonly backup?: { readonly folder: string; readonly files: number };
}

/** Says something without waiting for an answer. */
export interface Tell {
  tell(news: News): void;
}
