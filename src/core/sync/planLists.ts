import type { PlanItem } from './planItem.ts';

/** What people see of a plan: what is to push, what is to pull, and what they must decide. */
export type PlanList = 'outgoing' | 'incoming' | 'conflicts';

/**
 * The lists that show an item. A conflict that pull can join by itself is a change on both sides; a renamed file is
 * shown once, by its new name.
 */
export function listsOf(item: PlanItem): readonly PlanList[] {
  switch (item.kind) {
    case 'converged':
      return [];
    case 'outgoing':
    case 'incoming':
      return item.path === item.rename?.from ? [] : [item.kind];
    case 'conflict':
      if (item.mergeable === true) return joinedLists(item);
      return item.rename === undefined || item.path === (item.rename.here ?? item.rename.there) ? ['conflicts'] : [];
  }
}

/** Of a renamed file that the other side edited, the new name is in the list of who renamed it. */
function joinedLists({ rename }: PlanItem): readonly PlanList[] {
  if (rename === undefined) return ['outgoing', 'incoming'];
  return [rename.here === undefined ? 'outgoing' : 'incoming'];
}
