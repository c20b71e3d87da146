import { Failure } from '../core/errors.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApiKey } from './apiNode.ts';
import type { Checkout } from './checkout/checkout.ts';
import type { CheckoutWork } from './checkoutWork.ts';
import type { Look } from './look/look.ts';
import type { PullRequest, PullRequestDraft } from './useCases.ts';

/** Asks others to take over what is on the checkout's branch. */
export class CreatePullRequest {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
  ) {}

  /** @throws Failure `pullRequestExists` with its page, `unsupported`, `forbidden` … */
  run(key: ApiKey, draft: PullRequestDraft, context: OperationContext): Promise<PullRequest> {
    return this.work.run(key, 'createPullRequest', context, async ({ checkout }) => {
      const { branch } = await this.look.stateOf(checkout);
      return this.create(checkout, branch, draft, context);
    });
  }

  async create(
    { host, repository }: Checkout,
    from: string,
    draft: PullRequestDraft,
    context: OperationContext,
  ): Promise<PullRequest> {
    if (host.createPullRequest === undefined) {
      throw new Failure('unsupported', { repository: repository.name, detail: 'createPullRequest' });
    }
    context.progress.report({ step: 'creatingPullRequest' });
    return host.createPullRequest(repository.id, { ...draft, from }, context);
  }
}
