import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import { ownFolderName } from '../../core/model/pathRules.ts';
import type { BackupFile, Backups } from '../../ports/backups.ts';
import type { FolderFileSystem } from '../../ports/folderFileSystem.ts';
import { replaceOwn } from './replaceOwn.ts';

const backupsFolder = `${ownFolderName}/backups`;

/** Copies in `.api-source-control/backups/`. */
export class VirtualBackups implements Backups {
  constructor(private readonly fs: FolderFileSystem) {}

  async write(name: string, files: readonly BackupFile[], note: string): Promise<string> {
    let folder = `${backupsFolder}/${name}`;
    for (let number = 2; (await this.fs.stat(folder)) !== undefined; number++) {
      folder = `${backupsFolder}/${name} ${String(number)}`;
    }
    for (const { path, bytes } of files) await replaceOwn(this.fs, `${folder}/${path}`, bytes);
    await replaceOwn(this.fs, `${folder}.json`, new TextEncoder().encode(note));
    return folder;
  }

  async list(): Promise<readonly string[]> {
    const files: string[] = [];
    if ((await this.fs.stat(backupsFolder))?.kind !== 'folder') return [];
    const open = [backupsFolder];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const { name, kind } of await this.fs.list(next)) {
        if (kind === 'file') files.push(`${next}/${name}`);
        else if (kind === 'folder') open.push(`${next}/${name}`);
      }
    }
    return files.map((path) => path.slice(backupsFolder.length + 1));
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const at = `${backupsFolder}/${path}`;
    const facts = await this.fs.stat(at);
    if (facts?.kind !== 'file') return undefined;
    if (facts.size > limits.fileBytes) throw new Failure('tooLarge', { paths: [at] });
    return this.fs.read(at);
  }
}
