import type { PlanItem } from '../../core/sync/planItem.ts';
import { listsOf, type PlanList } from '../../core/sync/planLists.ts';
import { changeMark, type ChangeMark } from '../changeMark.ts';

export interface MarkedItem {
  readonly item: PlanItem;
  readonly mark: ChangeMark;
}

export interface GroupedItems {
  readonly conflicts: readonly MarkedItem[];
  readonly changes: readonly MarkedItem[];
  readonly incoming: readonly MarkedItem[];
}

/** What the lists of a plan show, each with its mark. */
export function groupItems(plan: readonly PlanItem[]): GroupedItems {
  const lists: Record<PlanList, MarkedItem[]> = { conflicts: [], outgoing: [], incoming: [] };
  for (const item of plan) {
    const mark = changeMark(item);
    if (mark === undefined) continue;
    for (const list of listsOf(item)) lists[list].push({ item, mark });
  }
  return { conflicts: lists.conflicts, changes: lists.outgoing, incoming: lists.incoming };
}
