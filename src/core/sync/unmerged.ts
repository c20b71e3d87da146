import type { RepoPath } from '../model/repoPath.ts';
import type { UnmergedFile, UnmergedFiles } from '../model/unmergedFile.ts';
import type { Moments } from './plan.ts';
import type { ConflictKind, PlanItem, SyncPlan } from './planItem.ts';

/**
 * The plan with Git's own conflicts in the place of what comparing says of these files: the file here is Git's attempt
 * then, and nobody's version. Those that are not in `universe` are no business of the plan.
 */
export function withUnmerged(
  plan: SyncPlan,
  unmerged: UnmergedFiles,
  universe: ReadonlySet<RepoPath>,
  moments: Pick<Moments, 'base' | 'local'>,
): SyncPlan {
  const open = [...unmerged].filter(([path]) => universe.has(path));
  if (open.length === 0) return plan;
  const compared = plan.filter(({ path }) => !unmerged.has(path));
  const conflicts = open.map(([path, sides]) => conflictOf(path, sides, moments));
  return [...compared, ...conflicts].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function conflictOf(path: RepoPath, sides: UnmergedFile, moments: Pick<Moments, 'base' | 'local'>): PlanItem {
  const { mine, theirs } = sides;
  const base = moments.base.get(path);
  return {
    path,
    ...(base === undefined ? {} : { base }),
    ...(mine === undefined ? {} : { local: moments.local.get(path) ?? mine }),
    ...(theirs === undefined ? {} : { remote: theirs }),
    kind: 'conflict',
    conflict: kindOf(sides),
    mergeable: false,
    unmerged: sides,
  };
}

function kindOf({ base, mine, theirs }: UnmergedFile): ConflictKind {
  if (theirs === undefined) return 'deletedThere';
  if (mine === undefined) return 'deletedHere';
  return base === undefined ? 'bothAdded' : 'bothModified';
}
