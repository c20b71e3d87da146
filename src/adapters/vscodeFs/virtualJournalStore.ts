import { ownFolderName } from '../../core/model/pathRules.ts';
import type { Journal } from '../../core/sync/journal.ts';
import { decodeJournal, encodeJournal } from '../../core/sync/journalCodec.ts';
import type { FolderFileSystem } from '../../ports/folderFileSystem.ts';
import type { JournalStore } from '../../ports/journalStore.ts';
import { replaceOwn } from './replaceOwn.ts';

const journalPath = `${ownFolderName}/journal.json`;

/** A checkout's transaction on a virtual file system. */
export class VirtualJournalStore implements JournalStore {
  constructor(private readonly fs: FolderFileSystem) {}

  async load(): Promise<Journal | undefined> {
    if ((await this.fs.stat(journalPath))?.kind !== 'file') return undefined;
    return decodeJournal(new TextDecoder().decode(await this.fs.read(journalPath)));
  }

  save(journal: Journal): Promise<void> {
    return replaceOwn(this.fs, journalPath, new TextEncoder().encode(encodeJournal(journal)));
  }

  async clear(): Promise<void> {
    if ((await this.fs.stat(journalPath)) !== undefined) await this.fs.delete(journalPath);
  }
}
