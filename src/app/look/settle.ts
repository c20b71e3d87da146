import type { CommitId } from '../../core/model/ids.ts';
import type { CommitInfo } from '../../core/model/repository.ts';
import { branchState, type CheckoutState, type PushIntent } from '../../core/sync/checkoutState.ts';
import { moveBase } from '../../core/sync/moves.ts';
import type { CallContext, CommitResult, RepositoryHost } from '../../ports/repositoryHost.ts';
import type { Checkout } from '../checkout/checkout.ts';
import { RemoteFiles } from '../checkout/remoteFiles.ts';

export interface Settlement {
  readonly outcome: 'landed' | 'notLanded' | 'unknown';
  readonly state: CheckoutState;
  /** What the lost answer said; there where it landed. */
  readonly result?: CommitResult;
}

/** Commits that are searched for one of ours; more of them leave the question open. */
const searchLimit = 1_000;

/**
 * Finds out what became of a push whose answer was never understood. Nothing is sent again: either the commit is
 * there and the base follows it, or it is not and its changes are outgoing as before.
 * @throws Failure when the host cannot be asked: the push stays in doubt.
 */
export async function settle(
  checkout: Checkout,
  state: CheckoutState,
  intent: PushIntent,
  call: CallContext,
): Promise<Settlement> {
  const found = await search(checkout, intent, call);
  if (found === 'unknown') return { outcome: 'unknown', state };
  const { intent: _, ...settled } = state;
  const next = found === undefined ? settled : withLanded(settled, intent, found.commit);
  await checkout.storage.state.save(next);
  return found === undefined
    ? { outcome: 'notLanded', state: next }
    : { outcome: 'landed', state: next, result: found };
}

/** The state once the intent's commit is known to be in the branch. */
export function withLanded(state: CheckoutState, intent: PushIntent, commit: CommitId): CheckoutState {
  const branch = branchState(state, intent.branch);
  const landed = { ...branch, head: commit, base: moveBase(branch.base, intent.changes, commit) };
  return { ...state, branches: new Map([...state.branches, [intent.branch, landed]]) };
}

async function search(
  checkout: Checkout,
  intent: PushIntent,
  call: CallContext,
): Promise<CommitResult | 'unknown' | undefined> {
  const { host, repository } = checkout;
  const head = await host.head(repository.id, intent.branch, call);
  if (head === undefined || head === intent.expectedHead) return undefined;
  const commits = await host.commitsBetween(repository.id, intent.expectedHead, head, searchLimit, call);
  for (const commit of commits) {
    const mayBe = isAlike(commit, intent) && isPlacedLike(commit, intent, host);
    if (mayBe && (await holds(checkout, commit.id, intent, call)))
      return { commit: commit.id, parent: commit.parents[0] };
  }
  return commits.length < searchLimit ? undefined : 'unknown';
}

/** Hosts may cut white space from the end of a message. */
function isAlike({ message }: CommitInfo, intent: PushIntent): boolean {
  return message.trimEnd() === intent.message.trimEnd();
}

/** Where heads are not compared, it may be on top of a teammate's commit that came in between. */
function isPlacedLike({ parents }: CommitInfo, { expectedHead }: PushIntent, host: RepositoryHost): boolean {
  const isOnNewerHead = host.landsOnNewerHead === true && expectedHead !== undefined && parents.length > 0;
  return parents[0] === expectedHead || isOnNewerHead;
}

async function holds(checkout: Checkout, commit: CommitId, intent: PushIntent, call: CallContext): Promise<boolean> {
  const tree = await checkout.host.tree(checkout.repository.id, commit, call);
  const files = RemoteFiles.ofTree(commit, tree, checkout.storage.blobs, checkout.fetch);
  const there = await files.snapshot(intent.changes.keys(), call);
  return [...intent.changes].every(([path, version]) => there.get(path)?.id === version?.id);
}
