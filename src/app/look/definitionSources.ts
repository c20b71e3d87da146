import type { DefinitionSource } from '../../core/definition/definition.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Ground } from './ground.ts';

export function baseSource({ base, understood, call }: Ground): DefinitionSource {
  return {
    has: (path) => base.versions.has(path),
    paths: () => base.versions.keys(),
    idOf: (path) => base.versions.get(path)?.id,
    read: async (paths) => understood(await base.read(paths, call)),
  };
}

export function remoteSource({ remote, understood, call }: Ground): DefinitionSource {
  return {
    has: (path) => remote.has(path),
    paths: () => remote.paths(),
    idOf: (path) => remote.idOf(path),
    read: async (paths) => understood(await remote.read(paths, call)),
  };
}

/**
 * The folder as it will be after a pull: a file on disk always wins, a file that is only in the repository resolves a
 * reference too (so that pull fetches it), and what was deleted here stays deleted.
 */
export class LocalSource implements DefinitionSource {
  /** Paths that were asked for and of which the disk was not asked before: the answer about them was a guess. */
  readonly guessed = new Set<RepoPath>();

  constructor(private readonly ground: Ground) {}

  has(path: RepoPath): boolean {
    if (this.isHere(path)) return true;
    if (!this.ground.local.isKnown(path)) this.guessed.add(path);
    return !this.ground.base.versions.has(path) && this.ground.remote.has(path);
  }

  *paths(): Iterable<RepoPath> {
    yield* this.ground.local.known();
    for (const path of this.ground.remote.paths())
      if (!this.isHere(path) && !this.ground.base.versions.has(path)) yield path;
  }

  idOf(path: RepoPath): ReturnType<DefinitionSource['idOf']> {
    return this.ground.local.versionOf(path)?.id ?? this.ground.remote.idOf(path);
  }

  async read(paths: readonly RepoPath[]): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    const here = await this.ground.local.read(paths.filter((path) => this.isHere(path)));
    const there = await this.ground.remote.read(
      paths.filter((path) => !this.isHere(path)),
      this.ground.call,
    );
    return this.ground.understood(new Map([...there, ...here]));
  }

  private isHere(path: RepoPath): boolean {
    return this.ground.local.versionOf(path) !== undefined;
  }
}
