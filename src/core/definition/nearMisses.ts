import type { RepoPath } from '../model/repoPath.ts';
import type { DefinitionSource } from './definition.ts';

/** Finds files whose names differ from a missing one by case or by Unicode form only. */
export class NearMisses {
  private index: ReadonlyMap<string, RepoPath> | undefined;

  /** `source.paths()` is asked when the first near miss is looked for, and never again. */
  constructor(private readonly source: Pick<DefinitionSource, 'paths'>) {}

  /** The near miss of the first of `paths` that has one. */
  of(paths: readonly RepoPath[]): RepoPath | undefined {
    if (paths.length === 0) return undefined;
    this.index ??= indexOf(this.source.paths());
    for (const path of paths) {
      const near = this.index.get(folded(path));
      if (near !== undefined) return near;
    }
    return undefined;
  }
}

/** Of several files that fold to one name, the first in the order of their names is proposed. */
function indexOf(paths: Iterable<RepoPath>): ReadonlyMap<string, RepoPath> {
  const index = new Map<string, RepoPath>();
  for (const path of paths) {
    const key = folded(path);
    const known = index.get(key);
    if (known === undefined || path < known) index.set(key, path);
  }
  return index;
}

/** Upper case first, so that `ß` and `SS` meet. */
function folded(path: RepoPath): string {
  return path.normalize('NFC').toUpperCase().toLowerCase();
}
