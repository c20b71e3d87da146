import { mergeFile } from '../../core/merge/mergeFile.ts';
import type { PlanItem, SyncPlan } from '../../core/sync/planItem.ts';
import type { Ground } from './ground.ts';

type Conflict = Extract<PlanItem, { kind: 'conflict' }>;

/** Says of each file that both sides changed whether pull can join them. Where a side cannot be read, it stays open. */
export async function tryMerges(plan: SyncPlan, ground: Ground): Promise<SyncPlan> {
  const untried = plan.filter(isJoinable).filter((item) => !ground.knowledge.merges.has(mergeKey(item)));
  if (untried.length > 0) await learn(untried, ground);
  return plan.map((item) => {
    const mergeable = isJoinable(item) ? ground.knowledge.merges.get(mergeKey(item)) : undefined;
    return mergeable === undefined ? item : { ...item, mergeable };
  });
}

function isJoinable(item: PlanItem): item is Conflict {
  // What Git could not join has its attempt in the working tree.
  if (item.kind === 'conflict' && item.unmerged !== undefined) return false;
  return item.kind === 'conflict' && (item.conflict === 'bothModified' || item.conflict === 'bothAdded');
}

async function learn(items: readonly Conflict[], { base, local, remote, knowledge, call }: Ground): Promise<void> {
  const paths = items.map(({ path }) => path);
  const before = await base.read(paths, call);
  const here = await local.read(paths);
  const there = await remote.read(paths, call);
  for (const item of items) {
    const ours = here.get(item.path);
    const theirs = there.get(item.path);
    if (ours === undefined || theirs === undefined || (item.base && !before.has(item.path))) continue;
    const merged = await mergeFile(item.path, before.get(item.path), ours, theirs);
    knowledge.merges.set(mergeKey(item), merged.kind === 'clean');
  }
}

/** By name too: whether a merged text has to parse depends on what it is called. */
function mergeKey({ path, base, local, remote }: Conflict): string {
  return JSON.stringify([path, base?.id, local?.id, remote?.id]);
}
