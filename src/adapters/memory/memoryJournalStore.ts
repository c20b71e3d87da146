import type { Journal } from '../../core/sync/journal.ts';
import { decodeJournal, encodeJournal } from '../../core/sync/journalCodec.ts';
import type { JournalStore } from '../../ports/journalStore.ts';

/** Keeps the text that a disk would keep. */
export class MemoryJournalStore implements JournalStore {
  /** The file's text; `undefined`: no file. */
  text: string | undefined;

  load(): Promise<Journal | undefined> {
    return Promise.resolve(this.text).then((text) => (text === undefined ? undefined : decodeJournal(text)));
  }

  save(journal: Journal): Promise<void> {
    this.text = encodeJournal(journal);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.text = undefined;
    return Promise.resolve();
  }
}
