import type { SecretStorage } from 'vscode';
import { Failure } from '../../core/errors.ts';
import { DisposableStore, Emitter, type Disposable } from '../../core/events.ts';
import type { Account, Accounts, Credential, NewAccount } from '../../ports/accounts.ts';
import type { Grant, OAuthClient } from '../../ports/oauth.ts';
import { accountId, nameInId, type AccountList, type ListedAccount, type SessionKey } from './accountList.ts';
import type { CredentialSource } from './credentialSource.ts';
import type { GrantCredentials } from './grantCredentials.ts';
import { secretPrefix } from './secretRecords.ts';
import type { SessionCredentials, SilentSessions } from './sessionCredentials.ts';
import type { TokenCredentials } from './tokenCredentials.ts';

export interface AccountParts {
  readonly list: AccountList;
  readonly secrets: Pick<SecretStorage, 'onDidChange'>;
  readonly sessions: Pick<SilentSessions, 'onDidChangeSessions'>;
  readonly token: TokenCredentials;
  readonly oauth: GrantCredentials;
  readonly vscode: SessionCredentials;
}

/**
 * Everybody who is signed in, wherever the credential comes from: a pasted token, a host's grant, a session of VS
 * Code's own. The list is written first: whoever hears of a secret, in any window, finds whose it is.
 */
export class KeptAccounts implements Accounts, Disposable {
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new Emitter<void>());

  readonly onDidChange = this.changes.event;

  constructor(private readonly parts: AccountParts) {
    // Another window's too.
    this.owned.add(parts.secrets.onDidChange(({ key }) => key.startsWith(secretPrefix) && this.changes.fire()));
    this.owned.add(parts.sessions.onDidChangeSessions(({ provider }) => void this.lookAgain(provider.id)));
  }

  list(): readonly Account[] {
    return this.parts.list.all();
  }

  nameOf(account: string): string | undefined {
    return this.parts.list.find(account)?.name ?? nameInId(account);
  }

  async credential(account: string): Promise<Credential | undefined> {
    const known = this.parts.list.find(account);
    if (known === undefined || known.state === 'signedOut') return undefined;
    const credential = await this.source(known).credential(known);
    if (credential === undefined) await this.mark(account, true);
    return credential;
  }

  async refused(account: string, credential: Credential): Promise<Credential | undefined> {
    const known = this.parts.list.find(account);
    if (known === undefined) return undefined;
    const renewed = await this.source(known).renewed(known, credential);
    if (renewed === undefined) await this.mark(account, true);
    return renewed;
  }

  add(account: NewAccount, credential: Credential): Promise<Account> {
    return this.keep({ ...account, id: accountId(account), source: 'token' }, ({ id }) =>
      this.parts.token.keep(id, credential),
    );
  }

  addGrant(account: NewAccount, grant: Grant, client: OAuthClient): Promise<Account> {
    return this.keep({ ...account, id: accountId(account), source: 'oauth' }, ({ id }) =>
      this.parts.oauth.keep(id, grant, client),
    );
  }

  addSession(account: NewAccount, session: SessionKey): Promise<Account> {
    const added: ListedAccount = { ...account, id: accountId(account), source: 'vscode', session };
    // What was pasted for the same person before is of no use any more.
    return this.keep(added, (listed) => this.parts.token.forget(listed));
  }

  async remove(account: string): Promise<void> {
    const known = this.parts.list.find(account);
    if (known === undefined) return;
    await this.parts.list.drop(account);
    await this.source(known).forget(known);
    this.changes.fire();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private source({ source }: Account): CredentialSource {
    return this.parts[source];
  }

  private async keep(account: ListedAccount, secret: (account: ListedAccount) => Promise<void>): Promise<Account> {
    const before = this.parts.list.all();
    await this.parts.list.put(account);
    try {
      await secret(account);
    } catch (error) {
      await this.parts.list.write(before);
      throw error;
    }
    this.changes.fire();
    return account;
  }

  private async mark(account: string, isSignedOut: boolean): Promise<void> {
    if (await this.parts.list.mark(account, isSignedOut)) this.changes.fire();
  }

  /** A person signed in or out in VS Code's own Accounts menu. */
  private async lookAgain(provider: string): Promise<void> {
    for (const account of this.parts.list.all()) {
      if (account.session?.provider !== provider) continue;
      try {
        await this.mark(account.id, (await this.parts.vscode.credential(account)) === undefined);
      } catch (error) {
        // Nobody can tell now: the next request sees.
        if (!Failure.is(error, 'unsupported')) throw error;
      }
    }
  }
}
