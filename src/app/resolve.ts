import { Failure } from '../core/errors.ts';
import { hasMarkers } from '../core/merge/markers.ts';
import { mergeMode } from '../core/merge/mergeMode.ts';
import { undecidedPlaces } from '../core/merge/undecidedPlaces.ts';
import type { FileChange } from '../core/model/change.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import { withBranch } from '../core/sync/checkoutState.ts';
import { moveBase } from '../core/sync/moves.ts';
import type { PlanItem } from '../core/sync/planItem.ts';
import { withOtherNames } from '../core/sync/renames.ts';
import type { Ask } from '../ports/ask.ts';
import type { Editors } from '../ports/editors.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApiKey } from './apiNode.ts';
import { localCopies, type BackUp } from './backup/backUp.ts';
import { replacedFile, type UndoFiles } from './backup/undoFiles.ts';
import type { Checkout } from './checkout/checkout.ts';
import { transact } from './checkout/transact.ts';
import type { CheckoutWork, Workplace } from './checkoutWork.ts';
import type { LoadCloneVerbs } from './clone/cloneVerbs.ts';
import { refuseTooLarge, refuseTyped, refuseUnsaved } from './guards.ts';
import { surveyOf, type Look, type Sight } from './look/look.ts';
import { uncancelled } from './uncancelled.ts';
import type { Undoable } from './undoable.ts';
import type { MergeResult } from './useCases.ts';

type Conflict = Extract<PlanItem, { kind: 'conflict' }>;

/** Ends conflicts: the base moves to what is there, and what is here is then a change, or gone by name. */
export class Resolve {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
    private readonly editors: Editors,
    private readonly ask: Ask,
    private readonly backUp: BackUp,
    private readonly undo: UndoFiles,
    private readonly cloneVerbs: LoadCloneVerbs,
  ) {}

  /** What is here goes out with the next push. `undefined`: no file was touched. */
  acceptMine(key: ApiKey, paths: readonly RepoPath[], context: OperationContext): Promise<Undoable | undefined> {
    return this.work.run(key, 'resolve', context, async (place) => {
      const { clone } = place.checkout;
      if (clone !== undefined) return (await this.cloneVerbs()).resolve.take(clone, place, 'mine', paths, context);
      const { sight, conflicts } = await this.find(place, paths, context);
      await this.agree(sight, conflicts, [], context);
      return undefined;
    });
  }

  /** What is there replaces what is here, deletions included. `undefined`: there was no conflict. */
  acceptTheirs(key: ApiKey, paths: readonly RepoPath[], context: OperationContext): Promise<Undoable | undefined> {
    return this.work.run(key, 'resolve', context, async (place) => {
      const { clone } = place.checkout;
      if (clone !== undefined) return (await this.cloneVerbs()).resolve.take(clone, place, 'theirs', paths, context);
      const { sight, conflicts } = await this.find(place, paths, context);
      if (conflicts.length === 0) return undefined;
      const named = conflicts.map(({ path }) => path);
      refuseUnsaved(this.editors, place.checkout, named);
      if ((await this.ask.ask('acceptTheirs', { paths: named })) === 'cancel') throw new Failure('cancelled');
      const changes = await theirs(sight, conflicts, context);
      const occasion = { reason: 'accept-theirs', branch: sight.state.branch } as const;
      const kept = await this.backUp.run(place.checkout, occasion, await localCopies(place.checkout, named));
      await this.agree(sight, conflicts, changes, context);
      const files = conflicts.map((item) => replacedFile(item, item.remote, item.remote));
      const replaced = { key, operation: 'resolve', branch: sight.state.branch, files } as const;
      return { ...kept, undo: (again) => this.undo.run(replaced, again) };
    });
  }

  markResolved(
    key: ApiKey,
    paths: readonly RepoPath[],
    context: OperationContext,
    merged: ReadonlyMap<RepoPath, MergeResult> = new Map(),
  ): Promise<Undoable | undefined> {
    return this.work.run(key, 'resolve', context, async (place) => {
      const { clone } = place.checkout;
      if (clone !== undefined) {
        await (await this.cloneVerbs()).resolve.markResolved(clone, place, paths, context);
        return undefined;
      }
      const { sight, conflicts } = await this.find(place, paths, context);
      refuseUnsaved(this.editors, place.checkout, paths);
      refuseOutdated(merged, conflicts);
      refuseUnseen(place.checkout, conflicts);
      const marked: RepoPath[] = [];
      for (const { path } of conflicts) {
        const bytes = merged.get(path)?.bytes ?? (await place.checkout.storage.files.read(path));
        if (bytes !== undefined && hasMarkers(bytes)) marked.push(path);
      }
      if (marked.length > 0) throw new Failure('markersLeft', { paths: marked });
      const writes = conflicts.flatMap((item) => writeOf(item, merged.get(item.path)?.bytes));
      await this.refuseUndecided(sight, conflicts, merged, context);
      return this.takeResults(key, sight, conflicts, writes, context);
    });
  }

  /** @throws Failure `cancelled` when a person does not want what they have not decided. */
  private async refuseUndecided(
    { checkout, branch, remote }: Sight,
    conflicts: readonly Conflict[],
    merged: ReadonlyMap<RepoPath, MergeResult>,
    context: OperationContext,
  ): Promise<void> {
    const made = conflicts.map(({ path }) => path).filter((path) => merged.has(path));
    if (made.length === 0) return;
    const before = await checkout.baseFiles(branch).read(made, context);
    const there = await remote.files.read(made, context);
    const undecided = new Map<RepoPath, number>();
    for (const path of made) {
      const ours = await checkout.storage.files.read(path);
      const [theirs, result] = [there.get(path), merged.get(path)?.bytes];
      if (ours === undefined || theirs === undefined || result === undefined) continue;
      const places = undecidedPlaces(before.get(path), ours, theirs, result);
      if (places > 0) undecided.set(path, places);
    }
    if (undecided.size === 0) return;
    const places = [...undecided.values()].reduce((sum, count) => sum + count, 0);
    const answer = await this.ask.ask('undecided', { paths: [...undecided.keys()], places });
    if (answer === 'cancel') throw new Failure('cancelled');
  }

  /** What is here is copied before a result takes its place. `undefined`: no file was touched. */
  private async takeResults(
    key: ApiKey,
    sight: Sight,
    conflicts: readonly Conflict[],
    writes: readonly FileChange[],
    context: OperationContext,
  ): Promise<Undoable | undefined> {
    const { checkout, state } = sight;
    const replaced = writes.map(({ path }) => path);
    const occasion = { reason: 'accept-result', branch: state.branch } as const;
    const kept = await this.backUp.run(checkout, occasion, await localCopies(checkout, replaced));
    await this.agree(sight, conflicts, writes, context);
    if (replaced.length === 0) return undefined;
    const now = await checkout.storage.files.snapshot(replaced, uncancelled(context).signal);
    const files = conflicts.map((item) => replacedFile(item, now.get(item.path) ?? item.local, item.remote));
    const done = { key, operation: 'resolve', branch: state.branch, files } as const;
    return { ...kept, undo: (again) => this.undo.run(done, again) };
  }

  private async find(
    { checkout, api }: Workplace,
    paths: readonly RepoPath[],
    context: OperationContext,
  ): Promise<{ readonly sight: Sight; readonly conflicts: readonly Conflict[] }> {
    const sight = await this.look.remember(checkout, context);
    const { plan } = surveyOf(sight, api);
    const named = withOtherNames(plan, paths);
    const conflicts = plan.filter((item): item is Conflict => item.kind === 'conflict' && named.has(item.path));
    return { sight, conflicts };
  }

  /** Both sides are said to agree on what is there; `changes` to files go with it. */
  private async agree(
    sight: Sight,
    conflicts: readonly Conflict[],
    changes: readonly FileChange[],
    context: OperationContext,
  ): Promise<void> {
    const { checkout, state, branch, remote } = sight;
    if (remote.head === undefined || conflicts.length === 0) return;
    await remote.files.keep(
      conflicts.filter((item) => item.remote !== undefined).map(({ path }) => path),
      context,
    );
    const moves = new Map(conflicts.map((item) => [item.path, item.remote ?? null] as const));
    const next = withBranch(state, state.branch, { ...branch, base: moveBase(branch.base, moves, remote.head) });
    refuseTyped(this.editors, checkout, changes);
    await transact(checkout, { operation: 'resolve', changes, next }, context);
    await this.look.remember(checkout, uncancelled(context));
  }
}

function writeOf({ path, base, local, remote }: Conflict, bytes: Uint8Array | undefined): readonly FileChange[] {
  if (bytes === undefined) return [];
  const mine = local?.mode ?? base?.mode ?? 'regular';
  const mode = mergeMode(base?.mode, mine, remote?.mode ?? mine);
  return [{ kind: 'write', path, bytes, mode, expected: local?.id ?? null }];
}

/**
 * A merge knows nothing of what was written or pushed after it began.
 * @throws Failure `changedMeanwhile` (detail `mergeResult`).
 */
function refuseOutdated(merged: ReadonlyMap<RepoPath, MergeResult>, conflicts: readonly Conflict[]): void {
  const sides = new Map(conflicts.map((item) => [item.path, item]));
  const outdated = [...merged].filter(([path, { mine, theirs }]) => {
    const now = sides.get(path);
    return now?.local?.id !== mine || now.remote?.id !== theirs;
  });
  if (outdated.length === 0) return;
  throw new Failure('changedMeanwhile', { paths: outdated.map(([path]) => path), detail: 'mergeResult' });
}

/**
 * What came in since a person compared is not in what they made of it. Said once: then they know.
 * @throws Failure `changedThere`.
 */
function refuseUnseen({ shown }: Checkout, conflicts: readonly Conflict[]): void {
  const unseen = conflicts.filter(({ path, remote }) => shown.has(path) && shown.get(path) !== remote?.id);
  for (const { path } of unseen) shown.delete(path);
  if (unseen.length > 0) throw new Failure('changedThere', { paths: unseen.map(({ path }) => path) });
}

async function theirs(
  { remote }: Sight,
  conflicts: readonly Conflict[],
  context: OperationContext,
): Promise<readonly FileChange[]> {
  const there = conflicts.filter((item) => item.remote !== undefined).map(({ path }) => path);
  refuseTooLarge(there, remote.files);
  const contents = await remote.files.read(there, context);
  refuseTooLarge(there, remote.files);
  return conflicts.flatMap((item): FileChange[] => {
    const { path, local } = item;
    if (item.remote === undefined) return local === undefined ? [] : [{ kind: 'delete', path, expected: local.id }];
    const bytes = contents.get(path);
    if (bytes === undefined) throw new Failure('offline', { paths: [path] });
    return [{ kind: 'write', path, bytes, mode: item.remote.mode, expected: local?.id ?? null }];
  });
}
