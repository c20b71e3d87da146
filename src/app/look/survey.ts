import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { Api } from '../../core/model/api.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { FileVersion, Snapshot } from '../../core/model/snapshot.ts';
import type { UnmergedFiles } from '../../core/model/unmergedFile.ts';
import { plan, type Moments } from '../../core/sync/plan.ts';
import type { SyncPlan } from '../../core/sync/planItem.ts';
import { withRenames } from '../../core/sync/renames.ts';
import { withUnmerged } from '../../core/sync/unmerged.ts';
import type { CollectionStatus, DefinitionStatus } from '../apiNode.ts';
import { closuresOf, type Closures } from './closures.ts';
import { collectionsOf, unknownRemoteCollections } from './collections.ts';
import { definitionStatus } from './definitionStatus.ts';
import type { Ground } from './ground.ts';
import { tryMerges } from './tryMerges.ts';

/** Everything that one look found out about one API. */
export interface ApiSurvey {
  readonly api: Api;
  /** Every path that the plan is made of. */
  readonly universe: ReadonlySet<RepoPath>;
  /** The API's list: what is here, or was agreed on. A file that is only in the repository joins when it is pulled. */
  readonly members: ReadonlySet<RepoPath>;
  readonly plan: SyncPlan;
  /** Who references whom, at each of the three moments. */
  readonly closures: Closures;
  readonly definition: DefinitionStatus;
  readonly collections: readonly CollectionStatus[];
}

export async function surveyApi(api: Api, ground: Ground): Promise<ApiSurvey> {
  await fetchFirstLevel(api, ground);
  const closures = await closuresOf(api.rootFile, ground);
  const collections = await collectionsOf(api, ground);
  const listed = ground.branch.members.get(api.id) ?? new Set<RepoPath>();
  const universe = universeOf(api, closures, collections, listed);
  if (universe.size > limits.apiFiles) throw new Failure('tooLarge', { detail: `${universe.size} files` });
  const remote = withOpaque(await ground.remote.snapshot(universe, ground.call), universe, ground);
  const local = await withLinks(withModes(await ground.local.snapshot(universe), remote, ground), universe, ground);
  const members = new Set([...universe].filter((path) => local.has(path) || ground.base.versions.has(path)));
  return {
    api,
    universe,
    members,
    closures,
    plan: await tryMerges(planOf(universe, { base: ground.base.versions, local, remote }, ground.unmerged), ground),
    definition: await definitionStatus(api, closures, { members, collections, local, remote }, ground),
    collections,
  };
}

function planOf(universe: ReadonlySet<RepoPath>, moments: Moments, unmerged: UnmergedFiles): SyncPlan {
  const compared = withRenames(plan(universe, moments.base, moments.local, moments.remote), universe, moments);
  return withUnmerged(compared, unmerged, universe, moments);
}

/** The root file and what may be collections come in one batch, before the levels of references. */
async function fetchFirstLevel(api: Api, ground: Ground): Promise<void> {
  const first = [...api.addedFiles, ...unknownRemoteCollections(api, ground)];
  if (api.rootFile !== undefined) first.push(api.rootFile);
  await ground.remote.keep(
    first.filter((path) => ground.remote.has(path)),
    ground.call,
  );
}

function universeOf(
  api: Api,
  { base, local, remote }: Closures,
  collections: readonly CollectionStatus[],
  listed: ReadonlySet<RepoPath>,
): ReadonlySet<RepoPath> {
  const universe = new Set<RepoPath>([...base.files, ...local.files, ...remote.files, ...api.addedFiles, ...listed]);
  if (api.rootFile !== undefined) universe.add(api.rootFile);
  for (const { path } of collections) universe.add(path);
  return universe;
}

/**
 * A link, a submodule or a file too large to read has no version to compare: it counts as unchanged, so that nothing
 * is deleted here because of it. Pushing over it is refused (`refuseOpaque`).
 */
function withOpaque(remote: Snapshot, universe: ReadonlySet<RepoPath>, ground: Ground): Snapshot {
  const whole = new Map(remote);
  for (const path of universe) {
    const base = ground.base.versions.get(path);
    if (base !== undefined && ground.remote.isOpaque(path)) whole.set(path, { id: base.id, mode: base.mode });
  }
  return whole;
}

/** A link here counts as unchanged, too: who puts one in the place of a file or a folder deletes nothing there. */
async function withLinks(
  local: Snapshot,
  universe: ReadonlySet<RepoPath>,
  { base, ...here }: Ground,
): Promise<Snapshot> {
  const missing = [...universe].filter((path) => base.versions.has(path) && !local.has(path));
  const whole = new Map(local);
  for (const path of await here.local.leftAlone(missing)) {
    const version = base.versions.get(path);
    if (version !== undefined) whole.set(path, { id: version.id, mode: version.mode });
  }
  return whole;
}

/** A file system without modes says nothing: base's mode counts, else the repository's. */
function withModes(local: Snapshot, remote: Snapshot, { base, modeless }: Ground): Snapshot {
  if (!modeless) return local;
  const moded = new Map<RepoPath, FileVersion>();
  for (const [path, { id, mode }] of local) {
    moded.set(path, { id, mode: base.versions.get(path)?.mode ?? remote.get(path)?.mode ?? mode });
  }
  return moded;
}
