import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import type { UseCases } from '../../app/useCases.ts';
import { DisposableStore, Emitter, type Disposable } from '../../core/events.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import type { Account, Accounts } from '../../ports/accounts.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { Personal } from '../../ports/personal.ts';
import type { Workspace } from '../../ports/workspace.ts';
import { accountNotices, declineKey, type AccountNotice } from './accountNotices.ts';

export interface SignInSources {
  readonly store: Pick<ReadonlyApiStore, 'apis'>;
  readonly workspace: Pick<Workspace, 'trusted'>;
  readonly accounts: Pick<Accounts, 'onDidChange'>;
  readonly hosts: Pick<Hosts, 'descriptions'>;
  readonly personal: Pick<Personal, 'isDeclined' | 'decline'>;
  readonly useCases: Pick<UseCases, 'accountOf' | 'absentAccount'>;
}

/** What the views show of sign-ins: who works on what, and what is quietly offered. Asks nobody anything. */
export class ShownSignIns implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new Emitter<void>());

  readonly onDidChange = this.changes.event;

  constructor(private readonly sources: SignInSources) {
    this.owned.add(sources.accounts.onDidChange(() => this.changes.fire()));
  }

  /** Nothing in a folder that is not trusted: what its files name is nobody's wish. */
  notices(): readonly AccountNotice[] {
    const { store, workspace, hosts, personal, useCases } = this.sources;
    if (!workspace.trusted) return [];
    return accountNotices({
      apis: store.apis,
      hosts: hosts.descriptions,
      accountOf: (repository) => this.accountOf(repository),
      absentAccount: (repository) => useCases.absentAccount(repository),
      isDeclined: (key) => personal.isDeclined(key),
    });
  }

  accountOf(repository: RepositoryRef): Account | undefined {
    return this.sources.useCases.accountOf(repository);
  }

  /** The person does not want it offered at that server. */
  async decline(server: Pick<RepositoryRef, 'host' | 'origin'>): Promise<void> {
    await this.sources.personal.decline(declineKey(server));
    this.changes.fire();
  }

  dispose(): void {
    this.owned.dispose();
  }
}
