import { Failure } from '../core/errors.ts';
import { mergeFile } from '../core/merge/mergeFile.ts';
import { mergeMode } from '../core/merge/mergeMode.ts';
import type { FileChange } from '../core/model/change.ts';
import type { PathPlatform } from '../core/model/pathRules.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { FileVersion } from '../core/model/snapshot.ts';
import { convergedOf, incomingOf, type Moves } from '../core/sync/moves.ts';
import type { PlanItem, SyncPlan } from '../core/sync/planItem.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { CallContext } from '../ports/repositoryHost.ts';
import type { BaseFiles } from './checkout/baseFiles.ts';
import type { Checkout } from './checkout/checkout.ts';
import type { RemoteFiles } from './checkout/remoteFiles.ts';
import { refuseTooLarge, refuseUnsafe } from './guards.ts';

/** What taking a plan's incoming side comes to, before the first byte is written. */
export interface Taking {
  /** What happens to the folder. */
  readonly changes: readonly FileChange[];
  /** What happens to the base, once the folder has changed. */
  readonly moves: Moves;
  readonly taken: readonly RepoPath[];
  readonly merged: readonly RepoPath[];
  /** Paths that a person must decide; nothing happens to them. */
  readonly conflicts: readonly RepoPath[];
}

/** Where a taking takes from, and what it has to look out for. */
export interface TakingSides {
  readonly base: BaseFiles;
  readonly remote: RemoteFiles;
  /** Files that are next to the taken ones on disk, whosever they are. */
  readonly beside: Iterable<RepoPath>;
  /** Every path that is meant, whether the plan says something of it or not. */
  readonly universe: Iterable<RepoPath>;
}

type Conflict = Extract<PlanItem, { kind: 'conflict' }>;

/** What joining both sides of one file comes to. */
type Joined = Pick<Taking, 'changes' | 'moves'>;

/** Everything from the repository that a plan needs is fetched here, in one batch. */
export async function prepareTaking(
  checkout: Checkout,
  plan: SyncPlan,
  sides: TakingSides,
  platform: PathPlatform,
  context: OperationContext,
): Promise<Taking> {
  const incoming = incomingOf(plan);
  const converged = convergedOf(plan);
  const conflicts = plan.filter((item): item is Conflict => item.kind === 'conflict');
  const joinable = conflicts.filter((item) => isJoinable(item, plan));
  const written = [...incoming].filter(([, version]) => version !== null).map(([path]) => path);
  refuseUnsafe(written, besideOf(sides.beside, plan), platform);
  const needed = [...written, ...joinable.map(({ path }) => path), ...converged.keys()];
  // A large file without an id is no change in the plan, but one in the repository all the same.
  refuseTooLarge([...needed, ...[...sides.universe].filter((path) => sides.remote.isOpaque(path))], sides.remote);
  if (needed.length > 0) context.progress.report({ step: 'readingFiles', count: needed.length });
  const contents = await sides.remote.read(needed, context);
  // Not every host tells sizes beforehand.
  refuseTooLarge(needed, sides.remote);
  const joined = await Promise.all(
    joinable.map((item) =>
      item.rename === undefined
        ? mergeBoth(checkout, item, sides.base, contents, context)
        : followRename(checkout, item, plan, contents),
    ),
  );
  const writtenByJoining = new Set(joined.flatMap(({ changes }) => changes.map(({ path }) => path)));
  const taken = plan.filter((item) => item.kind === 'incoming' && !writtenByJoining.has(item.path));
  return {
    changes: [...taken.map((item) => takeIncoming(item, contents)), ...joined.flatMap(({ changes }) => changes)],
    moves: new Map([...incoming, ...converged, ...joined.flatMap(({ moves }) => [...moves])]),
    taken: taken.map(({ path }) => path),
    merged: joinable.map(({ path }) => path),
    conflicts: conflicts.filter((item) => !joinable.includes(item)).map(({ path }) => path),
  };
}

/** A renamed file is followed where the plan has both of its names, which one with paths left out may not. */
function isJoinable({ mergeable, rename }: Conflict, plan: SyncPlan): boolean {
  const name = rename?.here ?? rename?.there;
  return mergeable === true && (name === undefined || plan.some(({ path }) => path === name));
}

/** Files that are here and stay: a new one must not have a name that the platform takes for theirs. */
function besideOf(paths: Iterable<RepoPath>, plan: SyncPlan): readonly RepoPath[] {
  const leaving = new Set(plan.filter(isLeaving).map(({ path }) => path));
  return [...paths].filter((path) => !leaving.has(path));
}

function isLeaving(item: PlanItem): boolean {
  const isFollowed = item.kind === 'conflict' && item.mergeable === true && item.rename?.there !== undefined;
  return item.remote === undefined && (item.kind === 'incoming' || isFollowed);
}

function takeIncoming({ path, local, remote }: PlanItem, contents: ReadonlyMap<RepoPath, Uint8Array>): FileChange {
  if (remote !== undefined) {
    return { kind: 'write', path, bytes: had(path, contents), mode: remote.mode, expected: local?.id ?? null };
  }
  if (local === undefined) throw new Error(`nothing to delete at ${path}`);
  return { kind: 'delete', path, expected: local.id };
}

async function mergeBoth(
  checkout: Checkout,
  { path, base, local, remote }: Conflict,
  baseFiles: BaseFiles,
  contents: ReadonlyMap<RepoPath, Uint8Array>,
  call: CallContext,
): Promise<Joined> {
  const ours = await checkout.storage.files.read(path);
  const before = (await baseFiles.read([path], call)).get(path);
  if (ours === undefined || local === undefined || remote === undefined) throw changed(path);
  const merge = await mergeFile(path, before, ours, had(path, contents));
  // It could be joined a moment ago: the file is another one by now.
  if (merge.kind === 'conflict') throw changed(path);
  const mode = mergeMode(base?.mode, local.mode, remote.mode);
  return {
    changes: [{ kind: 'write', path, bytes: merge.bytes, mode, expected: local.id }],
    moves: new Map([[path, sideOf(remote)]]),
  };
}

/** One side renamed the file and left its bytes alone, the other edited it: the edit goes to the new name. */
async function followRename(
  { storage }: Checkout,
  { path, base, local, remote, rename }: Conflict,
  plan: SyncPlan,
  contents: ReadonlyMap<RepoPath, Uint8Array>,
): Promise<Joined> {
  const name = plan.find((item) => item.path === (rename?.here ?? rename?.there));
  if (remote !== undefined && name?.local !== undefined) {
    const mode = mergeMode(base?.mode, name.local.mode, remote.mode);
    const bytes = had(path, contents);
    return {
      changes: [{ kind: 'write', path: name.path, bytes, mode, expected: name.local.id }],
      moves: new Map([[path, sideOf(remote)]]),
    };
  }
  const bytes = await storage.files.read(path);
  if (bytes === undefined || local === undefined || name?.remote === undefined) throw changed(path);
  const mode = mergeMode(base?.mode, local.mode, name.remote.mode);
  return {
    changes: [
      { kind: 'delete', path, expected: local.id },
      { kind: 'write', path: name.path, bytes, mode, expected: null },
    ],
    moves: new Map([
      [path, null],
      [name.path, sideOf(name.remote)],
    ]),
  };
}

function had(path: RepoPath, contents: ReadonlyMap<RepoPath, Uint8Array>): Uint8Array {
  const bytes = contents.get(path);
  if (bytes === undefined) throw new Failure('hostError', { paths: [path], detail: 'contents missing in the answer' });
  return bytes;
}

function changed(path: RepoPath): Failure {
  return new Failure('changedMeanwhile', { paths: [path] });
}

function sideOf(version: FileVersion | undefined): FileVersion | null {
  return version === undefined ? null : { id: version.id, mode: version.mode };
}
