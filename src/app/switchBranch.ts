import { Failure } from '../core/errors.ts';
import type { ApiId } from '../core/model/ids.ts';
import type { PathPlatform } from '../core/model/pathRules.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import { branchState, parkedOn, type BranchState, type CheckoutState } from '../core/sync/checkoutState.ts';
import { changedItems, setAside, type SetAside } from '../core/sync/parking.ts';
import type { PlanItem, SyncPlan } from '../core/sync/planItem.ts';
import type { Ask } from '../ports/ask.ts';
import type { Editors } from '../ports/editors.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApiKey } from './apiNode.ts';
import { stateAfter, universeOf, type Journey } from './arrival.ts';
import { parkedCopies, type BackUp } from './backup/backUp.ts';
import type { BaseFiles } from './checkout/baseFiles.ts';
import type { Checkout } from './checkout/checkout.ts';
import type { Checkouts } from './checkout/checkouts.ts';
import { settledView, type RemoteView } from './checkout/remoteView.ts';
import { transact } from './checkout/transact.ts';
import { viewRemote } from './checkout/viewRemote.ts';
import type { LoadCloneVerbs } from './clone/cloneVerbs.ts';
import type { CheckoutWork } from './checkoutWork.ts';
import { refuseTyped, refuseUnsafe, refuseUnsaved } from './guards.ts';
import { groundOf } from './look/ground.ts';
import type { Look } from './look/look.ts';
import { surveyApi, type ApiSurvey } from './look/survey.ts';
import { keepContents, prepareReturn } from './parkedWork.ts';
import { prepareTaking, type Taking } from './take.ts';
import { uncancelled } from './uncancelled.ts';
import type { SwitchResult } from './useCases.ts';

/** Whether a person is asked before changes that were not pushed come along. */
export type TakeAlong = 'ask' | 'always';

/** Everything that switching comes to, before the first byte is written. */
export interface PreparedSwitch {
  readonly checkout: Checkout;
  readonly journey: Journey;
  readonly taking: Taking;
}

/**
 * Moves a checkout, with every API on it, to another branch. Changes that were not pushed come along or wait on the
 * branch that is left; what waits on the other one is back.
 */
export class SwitchBranch {
  constructor(
    private readonly work: CheckoutWork,
    private readonly checkouts: Checkouts,
    private readonly look: Look,
    private readonly editors: Editors,
    private readonly ask: Ask,
    private readonly backUp: BackUp,
    private readonly platform: PathPlatform,
    private readonly cloneVerbs: LoadCloneVerbs,
  ) {}

  run(key: ApiKey, branch: string, context: OperationContext): Promise<SwitchResult> {
    return this.work.run(key, 'switchBranch', context, async ({ checkout }) => {
      const state = await this.look.stateOf(checkout);
      if (state.branch === branch) return { parked: [], restored: [] };
      const { clone } = checkout;
      if (clone !== undefined) return (await this.cloneVerbs()).switching.run(clone, checkout, branch, context);
      context.progress.report({ step: 'askingHost' });
      const target = await viewRemote(checkout, branch, branchState(state, branch), context);
      if (target.failure !== undefined) throw target.failure;
      return this.carryOut(await this.prepare(checkout, state, target, 'ask', context), context);
    });
  }

  /**
   * Plans from the old branch's base to the target: what was not touched here follows, what was stays or is parked.
   * @throws Failure `branchNotFound`, `pushInDoubt`, `unsavedEditors`, `cancelled`; `conflicts` where what was touched
   *   on both sides shall come along.
   */
  async prepare(
    checkout: Checkout,
    state: CheckoutState,
    target: RemoteView,
    along: TakeAlong,
    context: OperationContext,
  ): Promise<PreparedSwitch> {
    if (state.intent !== undefined) throw new Failure('pushInDoubt', { branch: state.intent.branch });
    const waiting = parkedOn(state, target.branch);
    // Who parked on a branch that a teammate deleted gets there all the same.
    if (target.head === undefined && waiting.size === 0) throw branchNotFound(checkout, target);
    context.progress.report({ step: 'comparing' });
    const from = branchState(state);
    const both = { ...from, members: joinMembers(from, branchState(state, target.branch)) };
    const ground = await groundOf(checkout, both, target.files, this.platform, context);
    const surveys = new Map<ApiId, ApiSurvey>();
    for (const api of this.checkouts.apisOf(checkout.key)) surveys.set(api.id, await surveyApi(api, ground));
    refuseUnsaved(this.editors, checkout, [...universeOf(surveys), ...waiting.keys()]);
    const plan = planOf(surveys);
    const aside = await this.setAside(checkout, state, target, plan, along);
    await keepContents(checkout, aside.parked);
    const back = await prepareReturn(checkout, waiting, ground.local);
    const carried = new Set(aside.plan.filter(({ kind }) => kind === 'outgoing').map(({ path }) => path));
    const rest = aside.plan.filter(({ path }) => !back.restored.has(path));
    const journey = { state, target, surveys, parked: aside.parked, carried, back };
    return { checkout, journey, taking: await this.take(checkout, rest, journey, ground.base, context) };
  }

  async carryOut({ checkout, journey, taking }: PreparedSwitch, context: OperationContext): Promise<SwitchResult> {
    const { state, target, parked, back } = journey;
    const superseded = [...parkedOn(state, state.branch)].filter(([path]) => parked.has(path));
    await this.backUp.run(
      checkout,
      { reason: 'park', branch: state.branch },
      await parkedCopies(checkout, new Map([[state.branch, new Map(superseded)]])),
    );
    const next = await stateAfter(journey, context);
    refuseTyped(this.editors, checkout, taking.changes);
    await transact(checkout, { operation: 'switchBranch', changes: taking.changes, next }, context);
    const { branch, head, files } = target;
    const view = head === undefined ? target : settledView(branch, head, files);
    checkout.seen.set(branch, view);
    await this.look.see(checkout, next, view, uncancelled(context));
    return { parked: [...parked.keys()], restored: [...back.restored.keys()] };
  }

  private async take(
    checkout: Checkout,
    plan: SyncPlan,
    { target, surveys, back }: Journey,
    base: BaseFiles,
    context: OperationContext,
  ): Promise<Taking> {
    const universe = universeOf(surveys);
    const members = [...surveys.values()].flatMap((survey) => [...survey.members]);
    const written = back.changes.filter(({ kind }) => kind === 'write').map(({ path }) => path);
    // A file that comes back may have a name by now that the platform takes for one of the target's.
    refuseUnsafe(written, (await target.files.snapshot(universe, context)).keys(), this.platform);
    const sides = { base, remote: target.files, beside: new Set([...members, ...written]), universe };
    const taking = await prepareTaking(checkout, plan, sides, this.platform, context);
    return { ...taking, changes: [...taking.changes, ...back.changes] };
  }

  /** Asks, where there is anything to ask about. */
  private async setAside(
    checkout: Checkout,
    state: CheckoutState,
    target: RemoteView,
    plan: SyncPlan,
    along: TakeAlong,
  ): Promise<SetAside> {
    const changed = changedItems(plan);
    const carry: SetAside = { parked: new Map(), plan };
    if (changed.length === 0) return carry;
    const waiting = parkedOn(state, target.branch);
    const clashing = changed.filter(({ kind, path }) => kind === 'conflict' || waiting.has(path));
    const conflicts = clashing.map(({ path }) => path);
    const answer = along === 'always' ? 'takeAlong' : await this.confirm(checkout, state, target, changed, conflicts);
    if (answer === 'cancel') throw new Failure('cancelled');
    if (answer === 'park') return setAside(plan);
    if (conflicts.length === 0) return carry;
    throw new Failure('conflicts', { branch: target.branch, repository: checkout.repository.name, paths: conflicts });
  }

  private confirm(
    checkout: Checkout,
    state: CheckoutState,
    target: RemoteView,
    changed: SyncPlan,
    conflicts: readonly RepoPath[],
  ): Promise<'takeAlong' | 'park' | 'cancel'> {
    const apis = this.checkouts.apisOf(checkout.key).map(({ name }) => name);
    const paths = changed.map(({ path }) => path);
    return this.ask.ask('switchWithChanges', { from: state.branch, to: target.branch, apis, paths, conflicts });
  }
}

function branchNotFound({ repository }: Checkout, { branch }: RemoteView): Failure {
  return new Failure('branchNotFound', { branch, repository: repository.name });
}

function joinMembers(a: BranchState, b: BranchState): BranchState['members'] {
  const members = new Map<ApiId, ReadonlySet<RepoPath>>(a.members);
  for (const [id, paths] of b.members) members.set(id, new Set([...(members.get(id) ?? []), ...paths]));
  return members;
}

/** APIs may share files; each path is planned once. */
function planOf(surveys: ReadonlyMap<ApiId, ApiSurvey>): readonly PlanItem[] {
  const items = new Map<RepoPath, PlanItem>();
  for (const { plan } of surveys.values()) for (const item of plan) items.set(item.path, item);
  return [...items.values()];
}
