import { posix } from 'node:path';
import { ownFolderName } from '../../core/model/pathRules.ts';
import type { BackupFile, Backups } from '../../ports/backups.ts';
import type { OwnFolder } from './ownFolder.ts';

const backupsFolder = 'backups';

/** Copies in `.api-source-control/backups/`. */
export class DiskBackups implements Backups {
  constructor(
    private readonly own: OwnFolder,
    /** From the checkout's folder to where the own folder lies; `''`: there. */
    private readonly way: string,
  ) {}

  async write(name: string, files: readonly BackupFile[], note: string): Promise<string> {
    const folder = await this.own.makeNew(backupsFolder, name);
    for (const { path, bytes } of files) await this.own.write(`${folder}/${path}`, bytes);
    await this.own.write(`${folder}.json`, note);
    return posix.join(this.way, ownFolderName, folder);
  }

  list(): Promise<readonly string[]> {
    return this.own.list(backupsFolder);
  }

  read(path: string): Promise<Uint8Array | undefined> {
    return this.own.read(`${backupsFolder}/${path}`);
  }
}
