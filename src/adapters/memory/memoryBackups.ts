import { ownFolderName } from '../../core/model/pathRules.ts';
import { Failure } from '../../core/errors.ts';
import type { BackupFile, Backups } from '../../ports/backups.ts';

/** Copies for as long as the object lives. */
export class MemoryBackups implements Backups {
  /** Folder → path → contents. */
  readonly folders = new Map<string, ReadonlyMap<string, Uint8Array>>();
  /** Folder → what is noted of it. */
  readonly notes = new Map<string, string>();
  /** The disk is full. */
  refuse = false;

  write(name: string, files: readonly BackupFile[], note: string): Promise<string> {
    if (this.refuse) return Promise.reject(new Failure('writeFailed', { detail: 'ENOSPC' }));
    let folder = `${ownFolderName}/backups/${name}`;
    for (let number = 2; this.folders.has(folder); number++) {
      folder = `${ownFolderName}/backups/${name} ${String(number)}`;
    }
    this.folders.set(folder, new Map(files.map(({ path, bytes }) => [path, bytes.slice()])));
    this.notes.set(folder, note);
    return Promise.resolve(folder);
  }

  list(): Promise<readonly string[]> {
    const paths = [...this.folders].flatMap(([folder, files]) => [...files.keys()].map((path) => `${folder}/${path}`));
    const notes = [...this.notes.keys()].map((folder) => `${folder}.json`);
    return Promise.resolve([...paths, ...notes].map((path) => path.slice(`${ownFolderName}/backups/`.length)));
  }

  read(path: string): Promise<Uint8Array | undefined> {
    const [name = '', ...rest] = path.split('/');
    const folder = `${ownFolderName}/backups/${name}`;
    if (rest.length > 0) return Promise.resolve(this.folders.get(folder)?.get(rest.join('/')));
    const note = this.notes.get(folder.replace(/\.json$/, ''));
    return Promise.resolve(note === undefined ? undefined : new TextEncoder().encode(note));
  }

  /** What a person would read there. */
  text(folder: string, path: string): string | undefined {
    const bytes = this.folders.get(folder)?.get(path);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }
}
