import { Failure, type FailureFacts } from '../../core/errors.ts';
import type { FileChange, WriteFile } from '../../core/model/change.ts';
import type { Tree } from '../../core/model/snapshot.ts';

/**
 * Refuses what no push through the API can do, before anything is sent: the mode of a file (a new one is a plain
 * one, an old one keeps its own), a link or a submodule in place of which a file would be written, and a file that
 * takes the place of a folder or gives way to one in the same commit.
 * @throws Failure `unsupported` naming the paths.
 */
export function refuseImpossible(tree: Tree, changes: readonly FileChange[], facts: FailureFacts): void {
  const writes = changes.filter((change) => change.kind === 'write');
  refuse(
    writes.filter((change) => changesMode(tree, change)),
    'whether a file is executable',
    facts,
  );
  refuse(
    changes.filter(({ path }) => isSpecial(tree, path)),
    'links and submodules',
    facts,
  );
  const added = writes.filter(({ path }) => !tree.has(path));
  if (added.length === 0) return;
  const folders = foldersOf(tree);
  const isTaken = ({ path }: WriteFile) => folders.has(path) || above(path).some((folder) => tree.has(folder));
  refuse(added.filter(isTaken), 'a file in the place of a folder, or a folder in the place of a file', facts);
}

function refuse(changes: readonly FileChange[], what: string, facts: FailureFacts): void {
  if (changes.length === 0) return;
  const paths = changes.map(({ path }) => path);
  const some = paths.slice(0, 3).join(', ') + (paths.length > 3 ? ' …' : '');
  throw new Failure('unsupported', {
    ...facts,
    paths,
    detail: `the API of Azure DevOps cannot change ${what}: ${some}`,
  });
}

function changesMode(tree: Tree, { path, mode }: WriteFile): boolean {
  const kind = tree.get(path)?.kind ?? 'regular';
  return (kind === 'regular' || kind === 'executable') && kind !== mode;
}

function isSpecial(tree: Tree, path: FileChange['path']): boolean {
  const kind = tree.get(path)?.kind;
  return kind === 'link' || kind === 'submodule';
}

function foldersOf(tree: Tree): ReadonlySet<string> {
  return new Set([...tree.keys()].flatMap(above));
}

/** The folders that a path lies in. */
function above(path: FileChange['path']): readonly FileChange['path'][] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/') as FileChange['path']);
}
