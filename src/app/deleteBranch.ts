import { Failure } from '../core/errors.ts';
import type { CommitId } from '../core/model/ids.ts';
import { parkedOn, withBranch, withParked, type CheckoutState } from '../core/sync/checkoutState.ts';
import type { Ask } from '../ports/ask.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApiKey } from './apiNode.ts';
import { parkedCopies, type BackUp } from './backup/backUp.ts';
import type { Checkout } from './checkout/checkout.ts';
import type { CheckoutWork, Workplace } from './checkoutWork.ts';
import type { Look } from './look/look.ts';
import { headSent, sendBranch } from './sendBranch.ts';
import type { Undoable } from './undoable.ts';

/** What goes when a branch is deleted. */
interface Deleted {
  readonly branch: string;
  readonly head: CommitId;
  readonly state: CheckoutState;
}

/** Deletes a branch of the repository, as it was when the person was asked; of one that is gone, what is parked on it. */
export class DeleteBranch {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
    private readonly ask: Ask,
    private readonly backUp: BackUp,
  ) {}

  /** @throws Failure `branchInUse` for the branch that is worked on, `branchNotFound`, `stale`, `protectedBranch` … */
  run(key: ApiKey, branch: string, context: OperationContext): Promise<Undoable> {
    return this.work.run(key, 'deleteBranch', context, (place) => this.delete(place, branch, context));
  }

  private async delete(place: Workplace, branch: string, context: OperationContext): Promise<Undoable> {
    const { checkout, key } = place;
    const { host, repository } = checkout;
    const facts = { branch, repository: repository.name };
    const state = await this.look.stateOf(checkout);
    if (state.branch === branch) throw new Failure('branchInUse', facts);
    if (state.intent?.branch === branch) throw new Failure('pushInDoubt', facts);
    context.progress.report({ step: 'askingHost' });
    const there = await host.head(repository.id, branch, context);
    const head = there ?? headSent(checkout, 'deleted', branch);
    const parked = parkedOn(state, branch);
    if (head === undefined) {
      if (parked.size === 0) throw new Failure('branchNotFound', facts);
      return this.drop(place, { branch, state }, context);
    }
    if (host.deleteBranch === undefined) throw new Failure('unsupported', { ...facts, detail: 'deleteBranch' });
    const answer = await this.ask.ask('deleteBranch', { ...facts, parked: [...parked.keys()] });
    if (answer === 'cancel') throw new Failure('cancelled');
    const kept = await this.keepParked(checkout, state, branch);
    const { deleteBranch } = host;
    const remove = (): Promise<void> => deleteBranch.call(host, repository.id, branch, head, context);
    if (there !== undefined) await sendBranch(checkout, { change: 'deleted', branch, head }, remove, context);
    checkout.unheard = undefined;
    // A branch of that name that comes later is another one.
    await checkout.storage.state.save(without(await this.look.stateOf(checkout), branch));
    checkout.seen.delete(branch);
    return { ...kept, undo: (again) => this.bringBack(key, { branch, head, state }, again) };
  }

  /** Somebody else deleted the branch: what is parked on it is all that there is of it. */
  private async drop(
    { checkout, key }: Workplace,
    { branch, state }: Omit<Deleted, 'head'>,
    context: OperationContext,
  ): Promise<Undoable> {
    const parked = [...parkedOn(state, branch).keys()];
    const answer = await this.ask.ask('dropParked', { branch, repository: checkout.repository.name, parked });
    if (answer === 'cancel') throw new Failure('cancelled');
    const kept = await this.keepParked(checkout, state, branch);
    await checkout.storage.state.save(without(await this.look.stateOf(checkout), branch));
    await this.look.glance(checkout, context);
    return {
      ...kept,
      undo: (again) =>
        this.work.run(key, 'createBranch', again, async (place) => {
          await this.remember(place.checkout, branch, state);
          await this.look.glance(place.checkout, again);
        }),
    };
  }

  private async keepParked(
    checkout: Checkout,
    state: CheckoutState,
    branch: string,
  ): Promise<Pick<Undoable, 'backup'>> {
    const copies = await parkedCopies(checkout, new Map([[branch, parkedOn(state, branch)]]));
    return this.backUp.run(checkout, { reason: 'delete-branch', branch: state.branch }, copies);
  }

  private async remember(checkout: Checkout, branch: string, before: CheckoutState): Promise<void> {
    const known = before.branches.get(branch);
    const now = await this.look.stateOf(checkout);
    const remembered = known === undefined ? now : withBranch(now, branch, known);
    await checkout.storage.state.save(withParked(remembered, branch, parkedOn(before, branch)));
  }

  /** @throws Failure `branchExists` when somebody made one of that name since. */
  private bringBack(key: ApiKey, { branch, head, state }: Deleted, context: OperationContext): Promise<void> {
    return this.work.run(key, 'createBranch', context, async ({ checkout }) => {
      const { host, repository } = checkout;
      if (host.createBranch === undefined) throw new Failure('unsupportedRepository', { detail: 'createBranch' });
      if ((await host.head(repository.id, branch, context)) !== undefined)
        throw new Failure('branchExists', { branch, repository: repository.name });
      await host.createBranch(repository.id, branch, head, context);
      await this.remember(checkout, branch, state);
    });
  }
}

function without(state: CheckoutState, branch: string): CheckoutState {
  const branches = new Map([...state.branches].filter(([name]) => name !== branch));
  return withParked({ ...state, branches }, branch, new Map());
}
