import { Failure } from '../core/errors.ts';
import { branchNameProblem } from '../core/model/branchName.ts';
import { outgoingOf } from '../core/sync/moves.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApiKey } from './apiNode.ts';
import type { CheckoutWork, Workplace } from './checkoutWork.ts';
import type { CreateBranch } from './createBranch.ts';
import type { CreatePullRequest } from './createPullRequest.ts';
import { surveyOf, type Look } from './look/look.ts';
import type { Push } from './push.ts';
import type { NewBranchPush, NewBranchRequest } from './useCases.ts';

/** The way around a branch that takes no push: what was changed goes to a new one, and others are asked to merge it. */
export class PushToNewBranch {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
    private readonly createBranch: CreateBranch,
    private readonly push: Push,
    private readonly pullRequests: CreatePullRequest,
  ) {}

  /** Throws as long as nothing was done; from then on the answer says what was, and why it went no further. */
  async run(key: ApiKey, request: NewBranchRequest, context: OperationContext): Promise<NewBranchPush> {
    const { branch, message } = request;
    const rule = branchNameProblem(branch);
    if (rule !== undefined) throw new Failure('invalidName', { branch, detail: rule });
    if (message.trim() === '') throw new Failure('emptyMessage');
    return this.work.run(key, 'push', context, (place) => this.carryOut(place, request, context));
  }

  private async carryOut(
    place: Workplace,
    { branch, message, title }: NewBranchRequest,
    context: OperationContext,
  ): Promise<NewBranchPush> {
    const sight = await this.look.insist(place.checkout, context);
    if (outgoingOf(surveyOf(sight, place.api).plan).size === 0) throw new Failure('nothingToPush');
    const target = sight.remote.standing === 'deleted' ? undefined : sight.state.branch;
    await this.createBranch.create(
      place.checkout,
      { name: branch, from: sight.state.branch, along: 'always' },
      context,
    );
    let done: NewBranchPush = { branch };
    try {
      done = { ...done, pushed: await this.push.push(place, message, context) };
      // Nobody can be asked to merge into a branch that is gone.
      if (target === undefined || place.checkout.host.createPullRequest === undefined) return done;
      const draft = { to: target, title, body: '' };
      return { ...done, pullRequest: await this.pullRequests.create(place.checkout, branch, draft, context) };
    } catch (error) {
      if (!Failure.is(error)) throw error;
      return { ...done, failure: error };
    }
  }
}
