import type { DefinitionSource } from '../../core/definition/definition.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { BaseFiles } from '../checkout/baseFiles.ts';
import type { LocalFiles } from '../checkout/localFiles.ts';
import type { RemoteFiles } from '../checkout/remoteFiles.ts';

export function baseSource(base: BaseFiles, call: CallContext): DefinitionSource {
  return {
    has: (path) => base.versions.has(path),
    paths: () => base.versions.keys(),
    idOf: (path) => base.versions.get(path)?.id,
    read: (paths) => base.read(paths, call),
  };
}

export function remoteSource(remote: RemoteFiles, call: CallContext): DefinitionSource {
  return {
    has: (path) => remote.has(path),
    paths: () => remote.paths(),
    idOf: (path) => remote.idOf(path),
    read: (paths) => remote.read(paths, call),
  };
}

/**
 * The folder as it will be after a pull: a file on disk always wins, a file that is only in the repository resolves a
 * reference too (so that pull fetches it), and what was deleted here stays deleted.
 */
export class LocalSource implements DefinitionSource {
  /** Paths that were asked for and of which the disk was not asked before: the answer about them was a guess. */
  readonly guessed = new Set<RepoPath>();

  constructor(
    private readonly local: LocalFiles,
    private readonly base: BaseFiles,
    private readonly remote: RemoteFiles,
    private readonly call: CallContext,
  ) {}

  has(path: RepoPath): boolean {
    if (this.isHere(path)) return true;
    if (!this.local.isKnown(path)) this.guessed.add(path);
    return !this.base.versions.has(path) && this.remote.has(path);
  }

  *paths(): Iterable<RepoPath> {
    yield* this.local.known();
    for (const path of this.remote.paths()) if (!this.isHere(path) && !this.base.versions.has(path)) yield path;
  }

  idOf(path: RepoPath): ReturnType<DefinitionSource['idOf']> {
    return this.local.versionOf(path)?.id ?? this.remote.idOf(path);
  }

  async read(paths: readonly RepoPath[]): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    const here = await this.local.read(paths.filter((path) => this.isHere(path)));
    const there = await this.remote.read(
      paths.filter((path) => !this.isHere(path)),
      this.call,
    );
    return new Map([...there, ...here]);
  }

  private isHere(path: RepoPath): boolean {
    return this.local.versionOf(path) !== undefined;
  }
}
