import type { Tree, TreeEntry } from '../../core/model/snapshot.ts';
import type { TreeChange } from '../../ports/repositoryHost.ts';

/** What differs between two trees whose blob ids are known: what was added or modified, then what was deleted. */
export function treeChanges(before: Tree, after: Tree): readonly TreeChange[] {
  return [...additions(before, after), ...deletions(before, after)];
}

function* additions(before: Tree, after: Tree): Iterable<TreeChange> {
  for (const [path, entry] of after) {
    const old = before.get(path);
    if (old !== undefined && isSame(old, entry)) continue;
    const { kind, id } = entry;
    yield { path, kind: old === undefined ? 'added' : 'modified', to: id === undefined ? { kind } : { kind, id } };
  }
}

function* deletions(before: Tree, after: Tree): Iterable<TreeChange> {
  for (const path of before.keys()) if (!after.has(path)) yield { path, kind: 'deleted' };
}

function isSame(a: TreeEntry, b: TreeEntry): boolean {
  return a.id === b.id && a.kind === b.kind;
}
