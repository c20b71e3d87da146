import { Failure, type FailureFacts } from '../../core/errors.ts';
import type { FileChange } from '../../core/model/change.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { refuseOtherVersions } from '../http/rememberedTrees.ts';
import type { SourceTree } from './listTree.ts';
import { isAmbiguousName } from './multipart.ts';
import type { FileReader } from './readFiles.ts';
import type { Trees } from './tree.ts';

/**
 * The tree that a commit starts from, once every change was found to start from what it has. Files whose contents
 * nobody has read at that commit are read for it.
 * @throws Failure `stale`, `unsupported`.
 */
export async function checkExpected(
  { trees, reader, facts }: { readonly trees: Trees; readonly reader: FileReader; readonly facts: FailureFacts },
  repository: string,
  parent: CommitId | undefined,
  changes: readonly FileChange[],
  call: CallContext,
): Promise<SourceTree> {
  refuseNames(changes, facts);
  if (parent === undefined) return refuseOthers(new Map(), changes, facts);
  const before = await trees.get(repository, parent, call);
  const kept = changes.filter(({ path }) => before.get(path)?.lfs === true).map(({ path }) => path);
  if (kept.length > 0) throw unsupported(facts, kept, 'Git LFS keeps these files');
  const unread = changes.filter(({ path, expected }) => expected !== null && before.get(path)?.id === undefined);
  if (unread.length > 0) await reader.read(repository, parent, unread, call);
  return refuseOthers(await trees.get(repository, parent, call), changes, facts);
}

function refuseOthers(tree: SourceTree, changes: readonly FileChange[], facts: FailureFacts): SourceTree {
  try {
    refuseOtherVersions(tree, changes);
  } catch (error) {
    throw Failure.is(error) ? new Failure(error.reason, { ...facts, ...error.facts }) : error;
  }
  refuseOtherKinds(tree, changes, facts);
  return tree;
}

/** A link or a submodule has no id here that could tell it from the file that was expected. */
function refuseOtherKinds(tree: SourceTree, changes: readonly FileChange[], facts: FailureFacts): void {
  const left = new Set(tree.keys());
  for (const change of changes) if (change.kind === 'delete') left.delete(change.path);
  const folders = new Set([...left].flatMap(foldersOf));
  const paths = changes
    .filter(({ path, kind, expected }) => {
      if (expected !== null && tree.get(path)?.id === undefined) return true;
      // The host would make room for a file where a folder is, and the other way round.
      return kind === 'write' && (folders.has(path) || foldersOf(path).some((folder) => left.has(folder)));
    })
    .map(({ path }) => path);
  if (paths.length > 0) throw new Failure('stale', { ...facts, paths });
}

function refuseNames(changes: readonly FileChange[], facts: FailureFacts): void {
  const ambiguous = changes
    .filter(({ path, kind }) => kind === 'write' && isAmbiguousName(path))
    .map(({ path }) => path);
  if (ambiguous.length > 0) throw unsupported(facts, ambiguous, 'its API cannot tell these names from others');
}

function unsupported(facts: FailureFacts, paths: readonly RepoPath[], why: string): Failure {
  return new Failure('unsupported', { ...facts, paths, detail: `${why}: ${paths.join(', ')}` });
}

function foldersOf(path: RepoPath): RepoPath[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/') as RepoPath);
}
