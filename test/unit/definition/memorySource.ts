import type { DefinitionSource } from '../../../src/core/definition/definition.ts';
import type { BlobId } from '../../../src/core/model/ids.ts';
import { asRepoPath, type RepoPath } from '../../../src/core/model/repoPath.ts';

/** A repository in memory that remembers what was asked of it. */
export class MemorySource implements DefinitionSource {
  readonly reads: (readonly RepoPath[])[] = [];
  listings = 0;
  private readonly files: ReadonlyMap<RepoPath, Uint8Array>;

  constructor(
    files: Readonly<Record<string, string | Uint8Array>> | ReadonlyMap<string, string | Uint8Array>,
    private readonly ids: ReadonlyMap<string, BlobId> = new Map(),
  ) {
    const entries = files instanceof Map ? [...files] : Object.entries(files);
    this.files = new Map(
      entries.map(([path, content]): [RepoPath, Uint8Array] => [
        asRepoPath(path),
        typeof content === 'string' ? new TextEncoder().encode(content) : content,
      ]),
    );
  }

  has(path: RepoPath): boolean {
    return this.files.has(path);
  }

  *paths(): Iterable<RepoPath> {
    this.listings += 1;
    yield* this.files.keys();
  }

  idOf(path: RepoPath): BlobId | undefined {
    return this.ids.get(path);
  }

  async read(paths: readonly RepoPath[]): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    this.reads.push(paths);
    return new Map(
      paths.flatMap((path) => {
        const bytes = this.files.get(path);
        return bytes === undefined ? [] : [[path, bytes] as const];
      }),
    );
  }
}
