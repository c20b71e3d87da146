import type { RepositoryRef } from '../../core/model/repository.ts';
import type { Account, Accounts } from '../../ports/accounts.ts';
import type { Personal, RepositoryKey } from '../../ports/personal.ts';
import { isAt } from './isAt.ts';

type Server = Pick<RepositoryRef, 'host' | 'origin'>;

/** Which account works on which repository: what the person chose, and never a guess where there is a choice. */
export class Bindings {
  constructor(
    private readonly personal: Pick<Personal, 'accountOf' | 'bindAccount'>,
    private readonly accounts: Pick<Accounts, 'list' | 'nameOf'>,
  ) {}

  /** Id of the account that was chosen for the repository, whether or not it is still signed in. */
  chosen(repository: RepositoryKey): string | undefined {
    return this.personal.accountOf(repository);
  }

  /** Whoever a repository is asked as; `undefined`: nobody. */
  account(repository: RepositoryKey): Account | undefined {
    const chosen = this.chosen(repository);
    const there = this.at(repository);
    return chosen === undefined ? there[0] : there.find(({ id }) => id === chosen);
  }

  /** Name of whoever was chosen for the repository and signed out: nobody asks in their place. */
  absent(repository: RepositoryKey): string | undefined {
    const chosen = this.chosen(repository);
    return chosen === undefined || this.account(repository) !== undefined ? undefined : this.accounts.nameOf(chosen);
  }

  /** Whoever is signed in at a server, the last one first. */
  at(server: Server): readonly Account[] {
    return this.accounts.list().filter((account) => isAt(account, server));
  }

  /** `account`, if it is one of that server: an address may lead to another server than the one it was chosen for. */
  of(server: Server, account: string | undefined): string | undefined {
    return this.at(server).find(({ id }) => id === account)?.id;
  }

  /** From now on the repository is asked as this account, whatever connection it is of. */
  async bind(repository: RepositoryKey, account: string | undefined): Promise<void> {
    if (this.chosen(repository) !== account) await this.personal.bindAccount(repository, account);
  }
}
