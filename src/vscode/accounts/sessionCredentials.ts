import type { AuthenticationSession, AuthenticationSessionsChangeEvent } from 'vscode';
import { Failure } from '../../core/errors.ts';
import type { Event } from '../../core/events.ts';
import type { Credential } from '../../ports/accounts.ts';
import type { ListedAccount, SessionKey } from './accountList.ts';
import type { CredentialSource } from './credentialSource.ts';

/** As much of `vscode.authentication` as is used without a click. */
export interface SilentSessions {
  readonly onDidChangeSessions: Event<AuthenticationSessionsChangeEvent>;
  getSession(
    provider: string,
    scopes: readonly string[],
    options: { readonly silent: true; readonly account: { readonly id: string; readonly label: string } },
  ): Thenable<AuthenticationSession | undefined>;
}

/** Sessions of VS Code's own providers: asked for in silence, renewed and ended by VS Code alone. */
export class SessionCredentials implements CredentialSource {
  constructor(private readonly sessions: SilentSessions) {}

  async credential({ session }: ListedAccount): Promise<Credential | undefined> {
    return session && this.#silent(session);
  }

  async renewed(account: ListedAccount, refused: Credential): Promise<Credential | undefined> {
    const now = await this.credential(account);
    return JSON.stringify(now) === JSON.stringify(refused) ? undefined : now;
  }

  /** The session is VS Code's, and other extensions' too: it ends in VS Code's Accounts menu. */
  forget(): Promise<void> {
    return Promise.resolve();
  }

  async #silent({ provider, id, label, scopes }: SessionKey): Promise<Credential | undefined> {
    let found: AuthenticationSession | undefined;
    try {
      found = await this.sessions.getSession(provider, scopes, { silent: true, account: { id, label } });
    } catch (cause) {
      // Its extension is disabled, or did not start in time: that says nothing about the session.
      throw new Failure('unsupported', { account: label, detail: `noSessions: ${provider}` }, { cause });
    }
    return found && { kind: 'bearer', token: found.accessToken };
  }
}
