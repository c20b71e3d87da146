import { defaultCollectionFolder } from '../../core/model/api.ts';
import { folderOf, isBelow, type RepoPath } from '../../core/model/repoPath.ts';

/**
 * Where an API of this root file has its collections: of the folders that hold some, the nearest to which no other
 * root is nearer; else the default. `folders`: those that hold collections.
 */
export function proposedCollectionFolder(
  root: RepoPath,
  roots: readonly RepoPath[],
  folders: readonly RepoPath[],
): RepoPath {
  const place = folderOf(root);
  const own = folders.filter((folder) => nearestPlace(folder, roots) === place);
  if (own.length === 0 || own.includes(defaultCollectionFolder)) return defaultCollectionFolder;
  return own.reduce((nearest, folder) => (depthOf(folder) < depthOf(nearest) ? folder : nearest));
}

/** The folder of the root file that is next above; `undefined`: there is none. */
function nearestPlace(folder: RepoPath, roots: readonly RepoPath[]): RepoPath | '' | undefined {
  return roots
    .map(folderOf)
    .filter((place) => place === '' || place === folder || isBelow(folder, place))
    .reduce<RepoPath | '' | undefined>(
      (nearest, place) => (nearest === undefined || place.length > nearest.length ? place : nearest),
      undefined,
    );
}

function depthOf(folder: RepoPath): number {
  return folder.split('/').length;
}
