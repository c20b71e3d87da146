import { Failure } from '../core/errors.ts';
import type { HostId, RepositoryRef } from '../core/model/repository.ts';
import type { Account, Accounts, Credential, Session } from '../ports/accounts.ts';
import type { HostDescription, Hosts } from '../ports/hosts.ts';
import type { RepositoryHost } from '../ports/repositoryHost.ts';

/** One host of the catalogue. Only `create` may load the adapter, so that no host costs anything before its first use. */
export interface HostEntry {
  readonly description: HostDescription;
  /** @throws Failure `unsafeUrl` */
  parse(address: string): RepositoryRef;
  /** An address that `parse` reads as the same repository. */
  address(repository: RepositoryRef): string;
  /** A server as a person names it, in the form of `RepositoryRef.origin`. @throws Failure `unsafeUrl` */
  parseOrigin(address: string): string;
  create(origin: string, session: Session): Promise<RepositoryHost>;
}

/** The hosts that work here, in the order in which people are offered them. */
export class HostCatalogue implements Hosts {
  readonly descriptions: readonly HostDescription[];
  readonly #entries: ReadonlyMap<HostId, HostEntry>;
  readonly #open = new Map<string, Promise<RepositoryHost>>();

  constructor(
    entries: readonly HostEntry[],
    private readonly accounts: Accounts,
  ) {
    this.descriptions = entries.map(({ description }) => description);
    this.#entries = new Map(entries.map((entry) => [entry.description.id, entry]));
  }

  open(host: HostId, origin: string, account?: string): Promise<RepositoryHost> {
    const key = JSON.stringify([host, origin, account]);
    const known = this.#open.get(key);
    if (known) return known;
    const created = this.openAs(host, origin, new AccountSession(this.accounts, { host, origin, id: account }));
    this.#open.set(key, created);
    created.catch(() => this.#open.delete(key));
    return created;
  }

  async openAs(host: HostId, origin: string, session: Session): Promise<RepositoryHost> {
    const entry = this.#entry(host);
    refuseStrangeOrigin(entry, origin);
    return entry.create(origin, session);
  }

  parse(host: HostId, address: string): RepositoryRef {
    return this.#entry(host).parse(address);
  }

  parseOrigin(host: HostId, address: string): string {
    return this.#entry(host).parseOrigin(address);
  }

  address(repository: RepositoryRef): string {
    return this.#entry(repository.host).address(repository);
  }

  #entry(host: HostId): HostEntry {
    const entry = this.#entries.get(host);
    // A shared file may name a host that only the desktop has, or that a newer version brought.
    if (!entry) throw new Failure('unsupported', { detail: `hostAbsent: ${host}` });
    return entry;
  }
}

/**
 * A shared file may name any origin: only one that a person could have named, as it would be written then, is asked.
 * (Plain Git looks at each address anew.)
 */
function refuseStrangeOrigin({ description, parseOrigin }: HostEntry, origin: string): void {
  if (description.addressing !== 'list' || parseOrigin(origin) === origin) return;
  throw new Failure('unsafeUrl', { detail: 'the server is not named as its host names it' });
}

/** The account that was chosen, and where none was, whoever signed in last; looked up at each request. */
class AccountSession implements Session {
  constructor(
    private readonly accounts: Accounts,
    private readonly chosen: Pick<Account, 'host' | 'origin'> & { readonly id: string | undefined },
  ) {}

  get account(): string | undefined {
    return this.#account()?.name;
  }

  get absent(): string | undefined {
    const { id } = this.chosen;
    return id === undefined || this.accounts.list().some((each) => each.id === id)
      ? undefined
      : this.accounts.nameOf(id);
  }

  async credential(): Promise<Credential | undefined> {
    const account = this.#account();
    if (account?.state === 'signedOut') {
      throw new Failure('signInNeeded', { account: account.name, origin: account.origin });
    }
    return account && this.accounts.credential(account.id);
  }

  async refused(credential: Credential): Promise<Credential | undefined> {
    const account = this.#account();
    return account && this.accounts.refused(account.id, credential);
  }

  /** Also of a chosen one the server is compared: no file and no setting sends a credential elsewhere. */
  #account(): Account | undefined {
    const { host, origin, id: chosen } = this.chosen;
    return this.accounts
      .list()
      .find((each) => each.host === host && each.origin === origin && (chosen === undefined || each.id === chosen));
  }
}
