import { posix } from 'node:path';
import { ownFolderName } from '../../core/model/pathRules.ts';
import type { BackupFile, Backups } from '../../ports/backups.ts';
import type { OwnFolder } from './ownFolder.ts';

/** Copies in `.api-source-control/backups/`. */
export class DiskBackups implements Backups {
  constructor(
    private readonly own: OwnFolder,
    /** From the checkout's folder to where the own folder lies; `''`: there. */
    private readonly way: string,
  ) {}

  async write(name: string, files: readonly BackupFile[]): Promise<string> {
    const folder = await this.own.makeNew('backups', name);
    for (const { path, bytes } of files) await this.own.write(`${folder}/${path}`, bytes);
    return posix.join(this.way, ownFolderName, folder);
  }
}
