import type { Event } from '../core/events.ts';

/**
 * The clones that another part of the window has open, such as VS Code's Git view. Hints: where nobody watches there
 * are none, and everything works all the same.
 */
export interface OpenClones {
  /** URIs of their top folders: workspace folders, folders below one, or around one. */
  readonly roots: readonly string[];
  /** The top folder of a clone in which something moved: HEAD, a branch, the index, a stash, a file. */
  readonly onDidChange: Event<string>;
}
