import { ownFolderName } from '../../core/model/pathRules.ts';
import type { BackupFile, Backups } from '../../ports/backups.ts';
import type { FolderFileSystem } from '../../ports/folderFileSystem.ts';
import { replaceOwn } from './replaceOwn.ts';

/** Copies in `.api-source-control/backups/`. */
export class VirtualBackups implements Backups {
  constructor(private readonly fs: FolderFileSystem) {}

  async write(name: string, files: readonly BackupFile[]): Promise<string> {
    let folder = `${ownFolderName}/backups/${name}`;
    for (let number = 2; (await this.fs.stat(folder)) !== undefined; number++) {
      folder = `${ownFolderName}/backups/${name} ${String(number)}`;
    }
    for (const { path, bytes } of files) await replaceOwn(this.fs, `${folder}/${path}`, bytes);
    return folder;
  }
}
