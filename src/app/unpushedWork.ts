import { Failure } from '../core/errors.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import { branchState, type CheckoutState, type ParkedFiles } from '../core/sync/checkoutState.ts';
import type { PlanItem, SyncPlan } from '../core/sync/planItem.ts';
import type { OperationContext } from '../ports/progress.ts';
import { checkoutKeyOf } from './apiKeys.ts';
import type { ApiNode } from './apiNode.ts';
import type { Checkout } from './checkout/checkout.ts';
import type { Checkouts } from './checkout/checkouts.ts';
import { surveyOf, type Look } from './look/look.ts';

/** What a person wrote of one API, and nobody else has. */
export interface UnpushedWork {
  readonly checkout: Checkout;
  readonly branch: string;
  /** In the folder. */
  readonly unpushed: readonly RepoPath[];
  /** On other branches. */
  readonly parked: ReadonlyMap<string, ParkedFiles>;
}

/** Whether a person changed the file and the repository does not have the change. */
export function isChangedHere({ kind }: PlanItem): boolean {
  return kind === 'outgoing' || kind === 'conflict';
}

export function changedHere(plan: SyncPlan): readonly RepoPath[] {
  return plan.filter(isChangedHere).map(({ path }) => path);
}

/** `undefined`: nothing; also where the checkout cannot be looked at, so that nothing of it was ever worked on here. */
export async function unpushedWork(
  node: ApiNode,
  checkouts: Checkouts,
  look: Look,
  context: OperationContext,
): Promise<UnpushedWork | undefined> {
  if (node.state !== 'connected') return undefined;
  try {
    const checkout = await checkouts.open(checkoutKeyOf(node));
    const sight = await look.glance(checkout, context);
    const unpushed = changedHere(surveyOf(sight, node.api).plan);
    const parked = parkedOf(sight.state, node);
    if (unpushed.length === 0 && parked.size === 0) return undefined;
    return { checkout, branch: sight.state.branch, unpushed, parked };
  } catch (error) {
    // What cannot be looked at is left as it is: it must not keep anybody from leaving.
    if (!Failure.is(error) || error.reason === 'cancelled') throw error;
    return undefined;
  }
}

function parkedOf(state: CheckoutState, { api }: ApiNode): ReadonlyMap<string, ParkedFiles> {
  const parked = new Map<string, ParkedFiles>();
  for (const [branch, files] of state.parked ?? []) {
    const members = branchState(state, branch).members.get(api.id) ?? new Set();
    const own = new Map([...files].filter(([path]) => members.has(path)));
    if (own.size > 0) parked.set(branch, own);
  }
  return parked;
}
