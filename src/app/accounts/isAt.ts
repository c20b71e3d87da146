import type { RepositoryRef } from '../../core/model/repository.ts';
import type { Account } from '../../ports/accounts.ts';

/** Whether the account is of this server. */
export function isAt(account: Account, { host, origin }: Pick<RepositoryRef, 'host' | 'origin'>): boolean {
  return account.host === host && account.origin === origin;
}
