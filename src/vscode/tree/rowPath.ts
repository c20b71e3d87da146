import type { RepoPath } from '../../core/model/repoPath.ts';
import type { TreeRow } from './treeRow.ts';

/** The file that a row stands for or stands in. */
export function rowPath(row: TreeRow): RepoPath | undefined {
  switch (row.kind) {
    case 'definitionFile':
      return row.file.path;
    case 'collection':
      return row.collection.path;
    case 'collectionFolder':
    case 'request':
      return row.path;
    case 'documentProblem':
      return row.problem.path;
    case 'referenceProblem':
      return row.problem.from;
    case 'notice':
    case 'api':
    case 'definition':
    case 'folder':
    case 'collections':
      return undefined;
  }
}
