import type { RepoPath } from '../../core/model/repoPath.ts';

interface OfFile {
  readonly file: { readonly path: RepoPath };
}

/**
 * A backup may have a file as it was in the folder and as it waited on branches, and only one of them can be written:
 * what was ticked just now takes the place of what was `before`.
 */
export function oneOfEach<T extends OfFile>(ticked: readonly T[], before: readonly T[]): readonly T[] {
  const chosen = new Map<RepoPath, T>();
  const isNew = (item: T): boolean => !before.includes(item);
  for (const item of [...ticked.filter(isNew), ...ticked.filter((each) => !isNew(each))]) {
    if (!chosen.has(item.file.path)) chosen.set(item.file.path, item);
  }
  return ticked.filter((item) => chosen.get(item.file.path) === item);
}
