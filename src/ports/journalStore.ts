import type { Journal } from '../core/sync/journal.ts';

/** The transaction that a checkout is in the middle of, in `.api-source-control/journal.json` of its folder. */
export interface JournalStore {
  /** `undefined`: none. @throws Failure `invalidFile` when it cannot be read: never guesses. */
  load(): Promise<Journal | undefined>;
  /** By temporary file and rename: a reader sees the whole journal or none. */
  save(journal: Journal): Promise<void>;
  clear(): Promise<void>;
}
