import { Failure } from '../../core/errors.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type { ApiKey, ApiNode } from '../apiNode.ts';
import type { ReadonlyApiStore } from '../apiStore.ts';
import { checkoutKeyOf } from '../apiKeys.ts';
import { isSameRepository } from '../checkout/checkouts.ts';
import type { LookAll } from '../lookAll.ts';
import type { Bindings } from './bindings.ts';

/** Another account works on a repository from now on; everything that shows it is looked at again, as that account. */
export class UseAccount {
  constructor(
    private readonly bindings: Bindings,
    private readonly store: ReadonlyApiStore,
    private readonly looks: LookAll,
  ) {}

  /** @throws Failure `notApproved`, `signInNeeded` for an account that is not signed in at the repository's server. */
  async run(key: ApiKey, account: string, context: OperationContext): Promise<void> {
    const repository = this.store.get(key)?.api.connection?.repository;
    if (repository === undefined) throw new Failure('notApproved');
    if (this.bindings.of(repository, account) === undefined) {
      throw new Failure('signInNeeded', { origin: repository.origin });
    }
    await this.bindings.bind(repository, account);
    const checkouts = new Set(this.store.apis.filter((node) => isOf(node, repository)).map(checkoutKeyOf));
    await Promise.all([...checkouts].map((checkout) => this.looks.refresh(checkout, context)));
  }
}

function isOf({ state, api }: ApiNode, repository: RepositoryRef): boolean {
  return (
    state === 'connected' && api.connection !== undefined && isSameRepository(api.connection.repository, repository)
  );
}
