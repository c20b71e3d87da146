import { listsOf } from './planLists.ts';
import type { SyncPlan } from './planItem.ts';

/** The numbers behind ↑, ↓ and the badge. */
export interface PlanCount {
  readonly outgoing: number;
  readonly incoming: number;
  /** Those that a person must decide. */
  readonly conflicts: number;
}

/** Counts what the lists show (`listsOf`). */
export function count(plan: SyncPlan): PlanCount {
  const counted = { outgoing: 0, incoming: 0, conflicts: 0 };
  for (const item of plan) for (const list of listsOf(item)) counted[list]++;
  return counted;
}
