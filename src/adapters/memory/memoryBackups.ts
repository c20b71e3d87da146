import { ownFolderName } from '../../core/model/pathRules.ts';
import { Failure } from '../../core/errors.ts';
import type { BackupFile, Backups } from '../../ports/backups.ts';

/** Copies for as long as the object lives. */
export class MemoryBackups implements Backups {
  /** Folder → path → contents. */
  readonly folders = new Map<string, ReadonlyMap<string, Uint8Array>>();
  /** The disk is full. */
  refuse = false;

  write(name: string, files: readonly BackupFile[]): Promise<string> {
    if (this.refuse) return Promise.reject(new Failure('writeFailed', { detail: 'ENOSPC' }));
    let folder = `${ownFolderName}/backups/${name}`;
    for (let number = 2; this.folders.has(folder); number++) {
      folder = `${ownFolderName}/backups/${name} ${String(number)}`;
    }
    this.folders.set(folder, new Map(files.map(({ path, bytes }) => [path, bytes.slice()])));
    return Promise.resolve(folder);
  }

  /** What a person would read there. */
  text(folder: string, path: string): string | undefined {
    const bytes = this.folders.get(folder)?.get(path);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }
}
