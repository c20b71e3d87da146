import type { ApiNode } from '../app/apiNode.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { PlanItem } from '../core/sync/planItem.ts';

/** How a file stands, as its letter, colour and words all need it. */
export type ChangeMark =
  | 'added'
  | 'modified'
  | 'deleted'
  | 'renamed'
  | 'incomingAdded'
  | 'incomingModified'
  | 'incomingDeleted'
  | 'incomingRenamed'
  | 'conflict'
  /** Both sides changed it and pull joins them by itself. */
  | 'mergeable';

export function changeMark(item: PlanItem): ChangeMark | undefined {
  switch (item.kind) {
    case 'outgoing':
      return isNewName(item) ? 'renamed' : item.change;
    case 'incoming':
      if (isNewName(item)) return 'incomingRenamed';
      return item.change === 'added'
        ? 'incomingAdded'
        : item.change === 'deleted'
          ? 'incomingDeleted'
          : 'incomingModified';
    case 'conflict':
      return item.mergeable === true ? 'mergeable' : 'conflict';
    case 'converged':
      return undefined;
  }
}

/** The item that stands for a renamed file. */
function isNewName({ path, rename }: PlanItem): boolean {
  return rename !== undefined && path !== rename.from;
}

export function planItemOf(node: ApiNode, path: RepoPath): PlanItem | undefined {
  return node.sync?.plan.find((item) => item.path === path);
}
