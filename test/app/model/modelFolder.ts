import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MemoryStorage } from '../../../src/adapters/memory/memoryStorages.ts';
import type { MemoryWorkingCopy } from '../../../src/adapters/memory/memoryWorkingCopy.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { ModelFile } from './modelRepository.ts';

/** A person's folder, as they see it in their editor. */
export interface ModelFolder {
  read(path: string): ModelFile | undefined;
  write(path: string, file: ModelFile): void;
  remove(path: string): void;
  /** Every copy that was put where people find it. */
  backups(): readonly string[];
}

export class MemoryFolder implements ModelFolder {
  constructor(private readonly storage: () => MemoryStorage) {}

  private get files(): MemoryWorkingCopy {
    return this.storage().files;
  }

  read(path: string): ModelFile | undefined {
    const text = this.files.text(path as RepoPath);
    const executable = this.files.modeOf(path as RepoPath) === 'executable';
    return text === undefined ? undefined : { text, executable };
  }

  write(path: string, { text, executable }: ModelFile): void {
    this.files.edit(path as RepoPath, text, executable ? 'executable' : 'regular');
  }

  remove(path: string): void {
    this.files.remove(path as RepoPath);
  }

  backups(): readonly string[] {
    const folders = [...this.storage().backups.folders.values()];
    return folders.flatMap((files) => [...files.values()].map((bytes) => new TextDecoder().decode(bytes)));
  }
}

export class DiskFolder implements ModelFolder {
  constructor(private readonly root: string) {}

  read(path: string): ModelFile | undefined {
    const place = join(this.root, path);
    if (!existsSync(place)) return undefined;
    return { text: readFileSync(place, 'utf8'), executable: (statSync(place).mode & 0o100) !== 0 };
  }

  write(path: string, { text, executable }: ModelFile): void {
    const place = join(this.root, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    chmodSync(place, executable ? 0o755 : 0o644);
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { force: true });
  }

  backups(): readonly string[] {
    const folder = join(this.root, '.api-source-control', 'backups');
    if (!existsSync(folder)) return [];
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return entries.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  }
}
