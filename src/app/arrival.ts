import type { ApiId } from '../core/model/ids.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { BaseVersion } from '../core/model/snapshot.ts';
import {
  branchState,
  parkedOn,
  withBranch,
  withParked,
  type BranchState,
  type CheckoutState,
  type ParkedFiles,
} from '../core/sync/checkoutState.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { RemoteView } from './checkout/remoteView.ts';
import type { ApiSurvey } from './look/survey.ts';
import type { Return } from './parkedWork.ts';

/** How a checkout leaves one branch, and what it finds on the other. */
export interface Journey {
  readonly state: CheckoutState;
  readonly target: RemoteView;
  readonly surveys: ReadonlyMap<ApiId, ApiSurvey>;
  /** Stays behind, on the branch that is left. */
  readonly parked: ParkedFiles;
  /** Changes that come along. */
  readonly carried: ReadonlySet<RepoPath>;
  readonly back: Return;
}

/** The state once the folder holds the target's files: what was parked, what is back, and what both sides agree on. */
export async function stateAfter(journey: Journey, context: OperationContext): Promise<CheckoutState> {
  const { state, target, parked, back } = journey;
  const left = withParked(leave(journey), state.branch, new Map([...parkedOn(state, state.branch), ...parked]));
  const arrived = withBranch({ ...left, branch: target.branch }, target.branch, await arrive(journey, context));
  return withParked(arrived, target.branch, back.left);
}

/** What is parked stays on its API's list. */
function leave({ state, surveys, parked }: Journey): CheckoutState {
  if (parked.size === 0) return state;
  const from = branchState(state);
  const members = new Map(from.members);
  for (const [id, survey] of surveys) {
    const waiting = [...survey.universe].filter((path) => parked.has(path));
    members.set(id, new Set([...(from.members.get(id) ?? []), ...waiting]));
  }
  return withBranch(state, state.branch, { ...from, members });
}

/** The target's version of everything is the new base, except where parked work is based on an older one. */
async function arrive(
  { state, target, surveys, carried, back }: Journey,
  context: OperationContext,
): Promise<BranchState> {
  const universe = universeOf(surveys);
  const base = await targetBase(state, target, universe, context);
  for (const [path, { base: older }] of back.restored) {
    if (older === undefined) base.delete(path);
    else base.set(path, older);
  }
  const belongs = (path: RepoPath): boolean => base.has(path) || carried.has(path) || back.restored.has(path);
  const members = new Map([...surveys].map(([id, survey]) => [id, new Set([...survey.universe].filter(belongs))]));
  const head = target.head ?? branchState(state, target.branch).head;
  return { ...(head === undefined ? {} : { head }), base, members };
}

async function targetBase(
  state: CheckoutState,
  { branch, head, files }: RemoteView,
  universe: ReadonlySet<RepoPath>,
  context: OperationContext,
): Promise<Map<RepoPath, BaseVersion>> {
  // Deleted at the host: nobody has another version than the one that was agreed on last.
  if (head === undefined) return new Map(branchState(state, branch).base);
  const base = new Map<RepoPath, BaseVersion>();
  const there = await files.snapshot(universe, context);
  await files.keep(there.keys(), context);
  for (const [path, { id, mode }] of there) base.set(path, { id, mode, commit: head });
  for (const path of universe) {
    const known = branchState(state).base.get(path);
    if (known !== undefined && files.isOpaque(path)) base.set(path, known);
  }
  return base;
}

export function universeOf(surveys: ReadonlyMap<ApiId, ApiSurvey>): ReadonlySet<RepoPath> {
  return new Set([...surveys.values()].flatMap(({ universe }) => [...universe]));
}
