import { Failure } from '../core/errors.ts';
import type { CommitId } from '../core/model/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApiStore } from './apiStore.ts';
import type { BesideDefault, Checkout } from './checkout/checkout.ts';
import type { Checkouts } from './checkout/checkouts.ts';
import { branchFacts } from './look/branchFacts.ts';
import type { Sight } from './look/look.ts';

/** Milliseconds after which looks by the clock ask again. */
const stale = 15 * 60_000;
/** Commits that are counted; there may be more. */
export const mostCounted = 100;

/**
 * Sees how far a branch is behind the repository's default one, and, once it is deleted, whether that one holds
 * everything of it: it was merged, or the default branch has another name now. Nobody waits for it and nothing fails
 * because of it.
 */
export class DefaultBranch {
  constructor(
    private readonly checkouts: Checkouts,
    private readonly store: ApiStore,
    private readonly clock: Clock,
  ) {}

  async refresh(sight: Sight, context: OperationContext): Promise<void> {
    const { checkout, state, branch, remote } = sight;
    const head = remote.head ?? branch.head;
    if (remote.failure !== undefined || head === undefined || !this.isDue(sight, head, context)) return;
    try {
      const seen = await this.see(sight, head, context);
      checkout.besideDefault = seen;
    } catch (error) {
      if (!Failure.is(error) || error.reason === 'cancelled') throw error;
      return;
    }
    const { parked: _, ...facts } = branchFacts(checkout, state, remote);
    const keys = this.checkouts.nodesOf(checkout.key).map(({ key }) => key);
    this.store.update(keys, (node) => {
      if (node.sync?.branch !== state.branch) return node;
      const { behindDefault: _behind, successor: _successor, ...sync } = node.sync;
      return { ...node, sync: { ...sync, ...facts } };
    });
  }

  private isDue({ checkout, state, remote }: Sight, head: CommitId, { interactive }: OperationContext): boolean {
    const known = checkout.besideDefault;
    if (known !== undefined && known.branch === state.branch) {
      if (remote.standing === 'deleted' && known.head === head && known.isGone) return false;
      return interactive || this.clock.now() - known.at >= stale;
    }
    // The branch that a connection starts on is the default one nearly always: that is worth no question.
    const [api] = this.checkouts.apisOf(checkout.key);
    return remote.standing === 'deleted' || state.branch !== api?.connection.branch;
  }

  private async see(
    { checkout, state, remote }: Sight,
    head: CommitId,
    context: OperationContext,
  ): Promise<BesideDefault> {
    const { host, repository } = checkout;
    const isGone = remote.standing === 'deleted';
    const { defaultBranch: name = state.branch } = await host.repository(repository.id, context);
    const seen = { branch: state.branch, head, name, isGone, at: this.clock.now() };
    const theirs = name === state.branch ? undefined : await host.head(repository.id, name, context);
    if (theirs === undefined) return { ...seen, behind: 0, holdsAll: false };
    const holdsAll = isGone && (await host.isAncestor(repository.id, head, theirs, context));
    return { ...seen, holdsAll, behind: isGone ? 0 : await behind(checkout, head, theirs, context) };
  }
}

async function behind(
  { host, repository }: Checkout,
  ours: CommitId,
  theirs: CommitId,
  context: OperationContext,
): Promise<number> {
  if (ours === theirs) return 0;
  return (await host.commitsBetween(repository.id, ours, theirs, mostCounted, context)).length;
}
