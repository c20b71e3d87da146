import { branchState, type CheckoutState } from '../../core/sync/checkoutState.ts';
import type { SyncStatus } from '../apiNode.ts';
import type { Checkout } from '../checkout/checkout.ts';
import type { RemoteView } from '../checkout/remoteView.ts';

/** What people see of a branch besides its own changes. */
export function branchFacts(
  { besideDefault }: Checkout,
  state: CheckoutState,
  remote: RemoteView,
): Pick<SyncStatus, 'parked' | 'behindDefault' | 'successor'> {
  const parked = [...(state.parked ?? [])].map(([branch, files]) => ({ branch, paths: [...files.keys()].sort() }));
  const waiting = parked.length === 0 ? {} : { parked };
  const head = remote.head ?? branchState(state).head;
  if (besideDefault?.branch !== state.branch || besideDefault.head !== head) return waiting;
  const { name, behind, holdsAll } = besideDefault;
  if (remote.standing === 'deleted') return holdsAll ? { ...waiting, successor: name } : waiting;
  return behind === 0 ? waiting : { ...waiting, behindDefault: { branch: name, commits: behind } };
}
