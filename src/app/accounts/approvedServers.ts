import type { RepositoryRef } from '../../core/model/repository.ts';
import type { Accounts } from '../../ports/accounts.ts';
import type { Personal } from '../../ports/personal.ts';
import { serverKey } from '../approvals.ts';

/**
 * Servers that the person approved by name: once each, for every folder of theirs. What a workspace names is no
 * approval; a server where they are signed in is one, for they named it then.
 */
export class ApprovedServers {
  constructor(
    private readonly personal: Pick<Personal, 'isApproved' | 'approve'>,
    private readonly accounts: Pick<Accounts, 'list'>,
  ) {}

  has(server: Pick<RepositoryRef, 'origin'>): boolean {
    if (this.personal.isApproved(serverKey(server))) return true;
    return this.accounts.list().some(({ origin }) => origin === server.origin);
  }

  async approve(server: Pick<RepositoryRef, 'origin'>): Promise<void> {
    await this.personal.approve(serverKey(server));
  }
}
