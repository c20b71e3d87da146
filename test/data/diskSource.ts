import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefinitionSource } from '../../src/core/definition/definition.ts';
import { asRepoPath, type RepoPath } from '../../src/core/model/repoPath.ts';

/** The regular files below a folder; links are left alone, as in a checkout. */
export class DiskSource implements DefinitionSource {
  private readonly files: ReadonlySet<RepoPath>;

  constructor(private readonly folder: string) {
    this.files = new Set(regularFiles(folder, ''));
  }

  has(path: RepoPath): boolean {
    return this.files.has(path);
  }

  paths(): Iterable<RepoPath> {
    return this.files;
  }

  idOf(): undefined {
    return undefined;
  }

  async read(paths: readonly RepoPath[]): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    return new Map(paths.map((path) => [path, this.bytes(path)]));
  }

  bytes(path: RepoPath): Uint8Array {
    return readFileSync(join(this.folder, path));
  }
}

function regularFiles(folder: string, prefix: string): RepoPath[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) return regularFiles(folder, `${path}/`);
    return entry.isFile() ? [asRepoPath(path)] : [];
  });
}
