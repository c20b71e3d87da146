import type { Journal } from '../../core/sync/journal.ts';
import { decodeJournal, encodeJournal } from '../../core/sync/journalCodec.ts';
import type { JournalStore } from '../../ports/journalStore.ts';
import { writeFailure } from './ioError.ts';
import type { OwnFolder } from './ownFolder.ts';

const journalFile = 'journal.json';

/** A checkout's transaction in `.api-source-control/journal.json`. */
export class DiskJournalStore implements JournalStore {
  constructor(private readonly own: OwnFolder) {}

  async load(): Promise<Journal | undefined> {
    const bytes = await this.own.read(journalFile);
    return bytes === undefined ? undefined : decodeJournal(new TextDecoder().decode(bytes));
  }

  save(journal: Journal): Promise<void> {
    return this.own.write(journalFile, encodeJournal(journal));
  }

  async clear(): Promise<void> {
    try {
      await this.own.remove(journalFile);
    } catch (error) {
      throw writeFailure(error, journalFile);
    }
  }
}
