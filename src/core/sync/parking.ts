import type { RepoPath } from '../model/repoPath.ts';
import { sameVersion } from '../model/snapshot.ts';
import type { ParkedFile, ParkedFiles } from './checkoutState.ts';
import type { PlanItem, SyncPlan } from './planItem.ts';

/** What a person changed, whether the other side changed it as well or not. */
export function changedItems(plan: SyncPlan): SyncPlan {
  return plan.filter(({ kind }) => kind !== 'incoming');
}

/** A plan for a folder in which nothing of a person's stays, and what of theirs has to be remembered then. */
export interface SetAside {
  readonly parked: ParkedFiles;
  /** Every path goes to its remote version, whatever was made of it here. */
  readonly plan: SyncPlan;
}

export function setAside(plan: SyncPlan): SetAside {
  const parked = new Map<RepoPath, ParkedFile>();
  for (const { path, base, local } of changedItems(plan)) {
    parked.set(path, {
      ...(base === undefined ? {} : { base }),
      local: local === undefined ? null : { id: local.id, mode: local.mode },
    });
  }
  return { parked, plan: plan.flatMap((item) => (parked.has(item.path) ? toRemote(item) : [item])) };
}

function toRemote({ path, base, local, remote }: PlanItem): SyncPlan {
  if (sameVersion(local, remote)) return [];
  const change = remote === undefined ? 'deleted' : local === undefined ? 'added' : 'modified';
  return [
    {
      kind: 'incoming',
      change,
      path,
      ...(base === undefined ? {} : { base }),
      ...(local === undefined ? {} : { local }),
      ...(remote === undefined ? {} : { remote }),
    },
  ];
}
