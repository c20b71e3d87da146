import { Failure } from '../core/errors.ts';
import { branchNameProblem } from '../core/model/branchName.ts';
import type { CommitId } from '../core/model/ids.ts';
import { branchState, type CheckoutState } from '../core/sync/checkoutState.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApiKey } from './apiNode.ts';
import type { Checkout } from './checkout/checkout.ts';
import { viewRemote } from './checkout/viewRemote.ts';
import { RemoteFiles } from './checkout/remoteFiles.ts';
import type { LoadCloneVerbs } from './clone/cloneVerbs.ts';
import type { CheckoutWork } from './checkoutWork.ts';
import type { Look } from './look/look.ts';
import { headSent, sendBranch } from './sendBranch.ts';
import type { SwitchBranch, TakeAlong } from './switchBranch.ts';
import { uncancelled } from './uncancelled.ts';
import type { SwitchResult } from './useCases.ts';

export interface NewBranch {
  readonly name: string;
  /** The branch at whose head it starts. */
  readonly from: string;
  readonly along: TakeAlong;
}

/** Makes a branch at the head of another and moves the checkout to it. */
export class CreateBranch {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
    private readonly switching: SwitchBranch,
    private readonly cloneVerbs: LoadCloneVerbs,
  ) {}

  /** @throws Failure `invalidName`, `branchExists`, `branchNotFound`, and what switching throws. */
  async run(key: ApiKey, name: string, from: string, context: OperationContext): Promise<SwitchResult> {
    const rule = branchNameProblem(name);
    if (rule !== undefined) throw new Failure('invalidName', { branch: name, detail: rule });
    const wanted: NewBranch = { name, from, along: 'ask' };
    return this.work.run(key, 'createBranch', context, ({ checkout }) => this.create(checkout, wanted, context));
  }

  /** Within an operation that has the checkout to itself. Throws only while there is no branch yet, or when switching does. */
  async create(checkout: Checkout, { name, from, along }: NewBranch, context: OperationContext): Promise<SwitchResult> {
    const { host, repository, clone } = checkout;
    if (clone !== undefined) {
      return (await this.cloneVerbs()).switching.create(clone, checkout, { name, from }, context);
    }
    if (host.createBranch === undefined) throw new Failure('unsupportedRepository', { detail: 'createBranch' });
    const there = await host.head(repository.id, name, context);
    if (there !== undefined && there !== headSent(checkout, 'made', name)) {
      throw new Failure('branchExists', { branch: name, repository: repository.name });
    }
    const state = await this.look.stateOf(checkout);
    const { head, files } = await startOf(checkout, state, there === undefined ? from : name, context);
    const target = { branch: name, head, standing: 'upToDate', files } as const;
    // Whatever refuses to switch does so before the branch exists.
    const prepared = await this.switching.prepare(checkout, state, target, along, context);
    context.progress.report({ step: 'creatingBranch' });
    const { createBranch } = host;
    const make = (): Promise<void> => createBranch.call(host, repository.id, name, head, context);
    if (there === undefined) await sendBranch(checkout, { change: 'made', branch: name, head }, make, context);
    checkout.unheard = undefined;
    // The branch is there: stopping now would leave the person beside it.
    return this.switching.carryOut(prepared, uncancelled(context));
  }
}

/** Where `from` is; for a branch that was deleted under us, where we last saw it. */
async function startOf(
  checkout: Checkout,
  state: CheckoutState,
  from: string,
  context: OperationContext,
): Promise<{ readonly head: CommitId; readonly files: RemoteFiles }> {
  const known = branchState(state, from);
  const view = await viewRemote(checkout, from, known, context);
  if (view.failure !== undefined) throw view.failure;
  if (view.head !== undefined) return { head: view.head, files: view.files };
  if (known.head === undefined)
    throw new Failure('branchNotFound', { branch: from, repository: checkout.repository.name });
  const tree = await checkout.host.tree(checkout.repository.id, known.head, context);
  return { head: known.head, files: RemoteFiles.ofTree(known.head, tree, checkout.storage.blobs, checkout.fetch) };
}
