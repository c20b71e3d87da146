import {
  authentication,
  EventEmitter,
  type AuthenticationProvider,
  type AuthenticationProviderAuthenticationSessionsChangeEvent,
  type AuthenticationProviderSessionOptions,
  type AuthenticationSession,
} from 'vscode';
import { Failure } from '../../core/errors.ts';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import type { HostId } from '../../core/model/repository.ts';
import type { Account, Accounts } from '../../ports/accounts.ts';
import type { SignIns } from '../../ports/signIn.ts';
import { accountName } from './accountNames.ts';
import type { SignIn } from './tokenSignIn.ts';

export interface ProviderServices {
  readonly accounts: Accounts;
  readonly signIn: SignIn;
  readonly signIns: Pick<SignIns, 'signOut'>;
}

/** The accounts of a host that VS Code has no provider for, where people look for accounts: in VS Code's own menu. */
export class HostAuthenticationProvider implements AuthenticationProvider, Disposable {
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(
    new EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>(),
  );
  private known: readonly Account[];

  readonly onDidChangeSessions = this.changes.event;

  constructor(
    private readonly host: HostId,
    id: string,
    label: string,
    private readonly services: ProviderServices,
  ) {
    this.known = this.accounts();
    this.owned.add(services.accounts.onDidChange(() => void this.tell()));
    this.owned.add(authentication.registerAuthenticationProvider(id, label, this, { supportsMultipleAccounts: true }));
  }

  async getSessions(
    scopes: readonly string[] | undefined,
    { account }: AuthenticationProviderSessionOptions = {},
  ): Promise<AuthenticationSession[]> {
    const wanted = this.accounts().filter(
      (each) =>
        (account === undefined || account.id === each.id) &&
        (scopes ?? []).every((scope) => each.scopes?.includes(scope) ?? true),
    );
    const sessions = await Promise.all(wanted.map((each) => this.session(each, scopes ?? [])));
    return sessions.filter((session) => session !== undefined);
  }

  async createSession(scopes: readonly string[]): Promise<AuthenticationSession> {
    const account = await this.services.signIn({ host: this.host });
    const session = account && (await this.session(account, scopes));
    if (session === undefined) throw new Failure('cancelled');
    return session;
  }

  async removeSession(id: string): Promise<void> {
    await this.services.signIns.signOut(id);
  }

  dispose(): void {
    this.owned.dispose();
  }

  private accounts(): readonly Account[] {
    return this.services.accounts.list().filter(({ host, state }) => host === this.host && state === undefined);
  }

  /** Several servers are one menu: the label says which one it is. */
  private async session(account: Account, scopes: readonly string[]): Promise<AuthenticationSession | undefined> {
    const credential = await this.services.accounts.credential(account.id);
    if (credential === undefined) return undefined;
    const accessToken = credential.kind === 'bearer' ? credential.token : credential.password;
    const { id } = account;
    return { id, accessToken, account: { id, label: accountName(account) }, scopes: account.scopes ?? scopes };
  }

  private tell(): void {
    const before = this.known;
    this.known = this.accounts();
    const isIn = (list: readonly Account[], { id }: Account): boolean => list.some((each) => each.id === id);
    const added = this.known.filter((account) => !isIn(before, account)).map(named);
    const removed = before.filter((account) => !isIn(this.known, account)).map(named);
    const changed = this.known.filter((account) => isIn(before, account)).map(named);
    this.changes.fire({ added, removed, changed });
  }
}

/** What VS Code looks at in such news is the account alone: no token goes along. */
function named(account: Account): AuthenticationSession {
  const { id } = account;
  return { id, accessToken: '', account: { id, label: accountName(account) }, scopes: account.scopes ?? [] };
}
