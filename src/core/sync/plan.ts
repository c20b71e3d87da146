import type { RepoPath } from '../model/repoPath.ts';
import { sameVersion } from '../model/snapshot.ts';
import type { BaseVersion, Snapshot } from '../model/snapshot.ts';
import type { ChangeKind, ConflictKind, PlanItem, Sides, SyncPlan } from './planItem.ts';

/** What is compared: what was last agreed on, the folder, and the repository. */
export interface Moments {
  readonly base: ReadonlyMap<RepoPath, BaseVersion>;
  readonly local: Snapshot;
  readonly remote: Snapshot;
}

/**
 * Compares three moments of every path of `universe`, and of no other path.
 * `remote` is the whole tree of the head and `local` what is on disk: a path missing from either was deleted there,
 * however few references still lead to it. Paths that are the same everywhere are left out.
 */
export function plan(
  universe: Iterable<RepoPath>,
  base: ReadonlyMap<RepoPath, BaseVersion>,
  local: Snapshot,
  remote: Snapshot,
): SyncPlan {
  const items: PlanItem[] = [];
  // The default order of strings is by code unit, the same on every machine.
  for (const path of [...new Set(universe)].sort()) {
    const item = planPath(sidesOf(path, { base, local, remote }));
    if (item !== undefined) items.push(item);
  }
  return items;
}

/** The versions of `path` at the three moments. */
export function sidesOf(path: RepoPath, moments: Moments): Sides {
  const base = moments.base.get(path);
  const local = moments.local.get(path);
  const remote = moments.remote.get(path);
  return {
    path,
    ...(base === undefined ? {} : { base }),
    ...(local === undefined ? {} : { local }),
    ...(remote === undefined ? {} : { remote }),
  };
}

function planPath(sides: Sides): PlanItem | undefined {
  const { base, local, remote } = sides;
  const changedHere = !sameVersion(base, local);
  const changedThere = !sameVersion(base, remote);
  if (!changedHere && !changedThere) return undefined;
  if (!changedThere) return { ...sides, kind: 'outgoing', change: changeOf(base, local) };
  if (!changedHere) return { ...sides, kind: 'incoming', change: changeOf(base, remote) };
  if (sameVersion(local, remote)) return { ...sides, kind: 'converged' };
  return { ...sides, kind: 'conflict', conflict: conflictOf(sides) };
}

function changeOf(before: unknown, after: unknown): ChangeKind {
  if (before === undefined) return 'added';
  return after === undefined ? 'deleted' : 'modified';
}

function conflictOf({ base, local, remote }: Sides): ConflictKind {
  if (remote === undefined) return 'deletedThere';
  if (local === undefined) return 'deletedHere';
  return base === undefined ? 'bothAdded' : 'bothModified';
}
