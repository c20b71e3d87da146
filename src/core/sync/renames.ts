import type { RepoPath } from '../model/repoPath.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { sidesOf, type Moments } from './plan.ts';
import type { ConflictKind, PlanItem, Rename, SyncPlan } from './planItem.ts';

/** Git's ids of a file without a byte, by SHA-1 and by SHA-256: nothing tells one empty file from another. */
const emptyBlobs: ReadonlySet<string> = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]);

/**
 * Old name → new name of every file that got another one between two moments: a delete and an add of the same bytes.
 * Only where nothing else in `universe` has these bytes, before or after: what was copied, or swapped with another,
 * or changed by as much as a byte is never joined.
 */
export function renamesBetween(
  universe: ReadonlySet<RepoPath>,
  before: Snapshot,
  after: Snapshot,
): ReadonlyMap<RepoPath, RepoPath> {
  const sources = onlyHolders(universe, before);
  const targets = onlyHolders(universe, after);
  const renames = new Map<RepoPath, RepoPath>();
  for (const [id, from] of sources) {
    const to = targets.get(id);
    if (from === null || to === null || to === undefined) continue;
    if (!after.has(from) && !before.has(to)) renames.set(from, to);
  }
  return renames;
}

/** Blob id → the one path that has it; `null`: several have. */
function onlyHolders(universe: ReadonlySet<RepoPath>, snapshot: Snapshot): ReadonlyMap<string, RepoPath | null> {
  const holders = new Map<string, RepoPath | null>();
  for (const path of universe) {
    const id = snapshot.get(path)?.id;
    if (id !== undefined && !emptyBlobs.has(id)) holders.set(id, holders.has(id) ? null : path);
  }
  return holders;
}

/**
 * Says of a plan's items which of them are one file under two names, and what that makes of the other side's change:
 * - an edit of the other side follows the file to its new name: `mergeable`, pull does it;
 * - another name on the other side, or a delete there, is a conflict.
 * A new name that is taken on the other side is followed by nothing: both files stay what they were in the plan.
 */
export function withRenames(plan: SyncPlan, universe: ReadonlySet<RepoPath>, moments: Moments): SyncPlan {
  const { base, local, remote } = moments;
  const here = renamesBetween(universe, base, local);
  const there = renamesBetween(universe, base, remote);
  const renamed = new Map<RepoPath, PlanItem>();
  const items = new Map(plan.map((item) => [item.path, item]));
  for (const from of new Set([...here.keys(), ...there.keys()])) {
    const rename = renameOf(from, free(here.get(from), remote), free(there.get(from), local));
    for (const path of pathsOf(rename)) {
      const item = items.get(path);
      if (item !== undefined) renamed.set(path, joined(item, rename, moments));
    }
  }
  return plan.map((item) => renamed.get(item.path) ?? item);
}

/** `paths`, and with the name of a renamed file all other names that the plan knows it by: they are decided at once. */
export function withOtherNames(plan: SyncPlan, paths: Iterable<RepoPath>): ReadonlySet<RepoPath> {
  const named = new Set(paths);
  for (const { path, rename } of plan) {
    if (rename !== undefined && named.has(path)) for (const other of pathsOf(rename)) named.add(other);
  }
  return named;
}

function free(name: RepoPath | undefined, other: Snapshot): RepoPath | undefined {
  return name === undefined || other.has(name) ? undefined : name;
}

function renameOf(from: RepoPath, here: RepoPath | undefined, there: RepoPath | undefined): Rename {
  return { from, ...(here === undefined ? {} : { here }), ...(there === undefined ? {} : { there }) };
}

/** Empty where nothing is left of the rename. */
function pathsOf({ from, here, there }: Rename): readonly RepoPath[] {
  const names = [here, there].filter((name) => name !== undefined);
  return names.length === 0 ? [] : [from, ...names];
}

function joined(item: PlanItem, rename: Rename, moments: Moments): PlanItem {
  const conflict = conflictOf(rename, moments);
  if (conflict !== undefined) return { ...sidesOf(item.path, moments), rename, kind: 'conflict', conflict };
  // Its bytes are the ones that were agreed on, so that joining them with the other side's edit always works.
  return item.kind === 'conflict' ? { ...item, rename, mergeable: true } : { ...item, rename };
}

function conflictOf({ from, here, there }: Rename, { local, remote }: Moments): ConflictKind | undefined {
  if (here !== undefined && there !== undefined) return 'renamedDifferently';
  if (here !== undefined && !remote.has(from)) return 'deletedThere';
  if (there !== undefined && !local.has(from)) return 'deletedHere';
  return undefined;
}
