import { Emitter } from '../../core/events.ts';
import type { Account, Accounts, Credential, NewAccount } from '../../ports/accounts.ts';

/** Accounts that are gone with the process. */
export class MemoryAccounts implements Accounts {
  readonly #changed = new Emitter<void>();
  readonly #names = new Map<string, string>();
  readonly #accounts = new Map<string, { readonly account: Account; readonly credential: Credential }>();

  readonly onDidChange = this.#changed.event;

  list(): readonly Account[] {
    return [...this.#accounts.values()].map(({ account }) => account).reverse();
  }

  nameOf(account: string): string | undefined {
    return this.#names.get(account);
  }

  credential(account: string): Promise<Credential | undefined> {
    const kept = this.#accounts.get(account);
    return Promise.resolve(kept?.account.state === 'signedOut' ? undefined : kept?.credential);
  }

  add(added: NewAccount, credential: Credential): Promise<Account> {
    const { host, origin, name } = added;
    const account: Account = { ...added, id: JSON.stringify([host, origin, name]), source: 'token' };
    this.#names.set(account.id, name);
    this.#accounts.delete(account.id);
    this.#accounts.set(account.id, { account, credential });
    this.#changed.fire();
    return Promise.resolve(account);
  }

  refused(account: string, credential: Credential): Promise<undefined> {
    const kept = this.#accounts.get(account);
    if (kept !== undefined && kept.credential === credential) {
      this.#accounts.set(account, { ...kept, account: { ...kept.account, state: 'signedOut' } });
      this.#changed.fire();
    }
    return Promise.resolve(undefined);
  }

  remove(account: string): Promise<void> {
    if (this.#accounts.delete(account)) this.#changed.fire();
    return Promise.resolve();
  }
}
