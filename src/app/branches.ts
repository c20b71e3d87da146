import type { Branch } from '../core/model/repository.ts';
import type { OperationContext } from '../ports/progress.ts';
import { checkoutKeyOf } from './apiKeys.ts';
import type { ApiKey } from './apiNode.ts';
import type { Checkouts } from './checkout/checkouts.ts';
import type { ResolveRepository } from './connect/resolveRepository.ts';
import type { AskedRepository } from './connectRequest.ts';

/** Lists branches, page by page; waits for no operation, since nothing here is changed. */
export class Branches {
  constructor(
    private readonly checkouts: Checkouts,
    private readonly resolve: ResolveRepository,
  ) {}

  async *ofApi(key: ApiKey, query: string, context: OperationContext): AsyncIterable<readonly Branch[]> {
    const { host, repository } = await this.checkouts.open(checkoutKeyOf(this.checkouts.nodeOf(key)));
    yield* host.listBranches(repository.id, query, context);
  }

  async *atAddress(asked: AskedRepository, query: string, context: OperationContext): AsyncIterable<readonly Branch[]> {
    const { ref, host } = await this.resolve.run(asked, context);
    yield* host.listBranches(ref.id, query, context);
  }
}
