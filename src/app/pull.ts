import { Failure } from '../core/errors.ts';
import type { PathPlatform } from '../core/model/pathRules.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import { withBranch } from '../core/sync/checkoutState.ts';
import { moveBase } from '../core/sync/moves.ts';
import type { SyncPlan } from '../core/sync/planItem.ts';
import { withOtherNames } from '../core/sync/renames.ts';
import type { Ask } from '../ports/ask.ts';
import type { Editors } from '../ports/editors.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApiKey } from './apiNode.ts';
import { localCopies, type BackUp } from './backup/backUp.ts';
import type { LoadCloneVerbs } from './clone/cloneVerbs.ts';
import { settledView } from './checkout/remoteView.ts';
import { transact } from './checkout/transact.ts';
import type { CheckoutWork, Workplace } from './checkoutWork.ts';
import { refuseTyped, refuseUnsaved } from './guards.ts';
import { branchFacts } from './look/branchFacts.ts';
import { surveyOf, type Look, type Sight } from './look/look.ts';
import { prepareTaking, type Taking } from './take.ts';
import { uncancelled } from './uncancelled.ts';
import type { Backup } from './undoable.ts';
import type { PullResult } from './useCases.ts';

const nothing: PullResult = { taken: 0, merged: 0, conflicts: [] };

/** Takes everything incoming of one API: every file of it, or none. Conflicts stay as they are. */
export class Pull {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
    private readonly editors: Editors,
    private readonly ask: Ask,
    private readonly backUp: BackUp,
    private readonly platform: PathPlatform,
    private readonly cloneVerbs: LoadCloneVerbs,
  ) {}

  run(key: ApiKey, context: OperationContext): Promise<PullResult> {
    return this.work.run(key, 'pull', context, (place) => this.pull(place, context));
  }

  /** What a connection begins with. A clone has its files, and when they move is for its owner to say. */
  async first(place: Workplace, context: OperationContext): Promise<void> {
    if (place.checkout.clone === undefined) await this.pull(place, context);
    else await this.look.insist(place.checkout, context);
  }

  /** For operations that have the checkout to themselves already. `without`: paths that are left as they are. */
  async pull(
    { checkout, key, api }: Workplace,
    context: OperationContext,
    without: ReadonlySet<RepoPath> = new Set(),
  ): Promise<PullResult> {
    const sight = await this.look.insist(checkout, context);
    const survey = surveyOf(sight, api);
    const plan = survey.plan.filter(({ path }) => !without.has(path));
    const replaced = checkout.clone === undefined ? replacedPaths(plan) : [];
    await refuseUnusual(sight, this.ask, replaced);
    if (checkout.clone !== undefined) {
      // Git takes whole commits: what is wanted of some files only waits for a pull.
      if (without.size > 0) return nothing;
      return (await this.cloneVerbs()).pull.run(checkout.clone, sight, { checkout, key, api }, context);
    }
    const universe = [...survey.universe].filter((path) => !without.has(path));
    refuseUnsaved(this.editors, checkout, incomingPaths(plan));
    const taking = await prepareTaking(
      checkout,
      plan,
      { base: checkout.baseFiles(sight.branch), remote: sight.remote.files, beside: membersOfAll(sight), universe },
      this.platform,
      context,
    );
    const kept = sight.remote.standing === 'rewritten' ? await this.keep(sight, replaced) : {};
    await this.take(sight, taking, without.size === 0, context);
    return { taken: taking.taken.length, merged: taking.merged.length, conflicts: taking.conflicts, ...kept };
  }

  /** A version that was pushed and that a force-push threw away is nowhere else any more. */
  private async keep({ checkout, state }: Sight, paths: readonly RepoPath[]): Promise<{ readonly backup?: Backup }> {
    const occasion = { reason: 'rewritten', branch: state.branch } as const;
    return this.backUp.run(checkout, occasion, await localCopies(checkout, paths));
  }

  /** Files and base move together. */
  private async take(sight: Sight, taking: Taking, isWhole: boolean, context: OperationContext): Promise<void> {
    const { checkout, state, branch, remote } = sight;
    if (remote.head === undefined) return;
    const moved = { ...branch, base: moveBase(branch.base, taking.moves, remote.head) };
    const next = withBranch(state, state.branch, isWhole ? { ...moved, head: remote.head } : moved);
    refuseTyped(this.editors, checkout, taking.changes);
    await transact(checkout, { operation: 'pull', changes: taking.changes, next }, context);
    const view = isWhole ? settledView(state.branch, remote.head, remote.files) : remote;
    checkout.seen.set(state.branch, view);
    await this.look.see(checkout, next, view, uncancelled(context));
  }
}

/**
 * @param replaced what the operation replaces or deletes here.
 * @throws Failure `branchDeleted`, `cancelled` when a rewritten one is not to be compared with.
 */
export async function refuseUnusual(
  { remote, checkout, state }: Sight,
  ask: Ask,
  replaced: readonly RepoPath[] = [],
): Promise<void> {
  const facts = { branch: state.branch, repository: checkout.repository.name };
  if (remote.standing === 'deleted') {
    const { successor } = branchFacts(checkout, state, remote);
    throw new Failure('branchDeleted', { ...facts, ...(successor === undefined ? {} : { detail: successor }) });
  }
  if (remote.standing !== 'rewritten') return;
  if ((await ask.ask('rewrittenBranch', { ...facts, replaced })) === 'cancel') throw new Failure('cancelled');
}

/** Files of every API of the checkout: what is next to each other on disk, whosever it is. */
function membersOfAll({ surveys }: Sight): ReadonlySet<RepoPath> {
  const members = new Set<RepoPath>();
  for (const survey of surveys.values()) for (const path of survey.members) members.add(path);
  return members;
}

/** Files that are here as both sides agreed on them last, and that a pull replaces or deletes. */
function replacedPaths(plan: SyncPlan): readonly RepoPath[] {
  return plan.filter(({ kind, local }) => kind === 'incoming' && local !== undefined).map(({ path }) => path);
}

/** Paths whose contents a pull reads or replaces. */
function incomingPaths(plan: SyncPlan): readonly RepoPath[] {
  const taken = plan.filter(({ kind }) => kind === 'incoming' || kind === 'conflict').map(({ path }) => path);
  return [...withOtherNames(plan, taken)];
}
