import type { RepoPath } from '../core/model/repoPath.ts';
import type { OperationContext } from '../ports/progress.ts';
import { checkoutKeyOf } from './apiKeys.ts';
import type { ApiKey } from './apiNode.ts';
import type { Checkouts } from './checkout/checkouts.ts';
import type { Look } from './look/look.ts';

/** The host's page of a repository, or of one file, on the branch that is worked on. */
export class WebPage {
  constructor(
    private readonly checkouts: Checkouts,
    private readonly look: Look,
  ) {}

  /** `undefined` where the host has no pages. The host is asked first: it may have been renamed since. */
  async run(key: ApiKey, path: RepoPath | undefined, context: OperationContext): Promise<string | undefined> {
    const checkout = await this.checkouts.open(checkoutKeyOf(this.checkouts.nodeOf(key)));
    const { host, repository } = checkout;
    if (host.webUrl === undefined) return undefined;
    const { branch } = await this.look.stateOf(checkout);
    await host.repository(repository.id, context);
    return host.webUrl(repository.id, branch, path);
  }
}
