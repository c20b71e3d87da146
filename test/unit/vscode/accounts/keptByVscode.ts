import { Emitter } from '../../../../src/core/events.ts';
import type { Grant, OAuthServer } from '../../../../src/ports/oauth.ts';
import { AccountList } from '../../../../src/vscode/accounts/accountList.ts';
import { GrantCredentials } from '../../../../src/vscode/accounts/grantCredentials.ts';
import { KeptAccounts } from '../../../../src/vscode/accounts/keptAccounts.ts';
import { SecretRecords } from '../../../../src/vscode/accounts/secretRecords.ts';
import { SessionCredentials } from '../../../../src/vscode/accounts/sessionCredentials.ts';
import { TokenCredentials } from '../../../../src/vscode/accounts/tokenCredentials.ts';

/** What VS Code keeps of one person; every window sees it. */
export class KeptByVscode {
  readonly secretValues = new Map<string, string>();
  readonly stateValues = new Map<string, unknown>();
  /** Tokens of VS Code's own sessions, by `provider account`. */
  readonly sessionTokens = new Map<string, string>();
  readonly asked: { readonly provider: string; readonly scopes: readonly string[]; readonly options: object }[] = [];
  readonly sessionChanges = new Emitter<{ readonly provider: { readonly id: string; readonly label: string } }>();
  refuseSecrets = false;
  /** As when the extension of a provider is disabled. */
  brokenSessions = false;
  renew: (refreshToken: string) => Promise<Grant> = () => Promise.reject(new Error('nothing is renewed here'));
  readonly revoked: Grant[] = [];
  now = 0;
  private readonly changes = new Emitter<{ readonly key: string }>();

  readonly secrets = {
    onDidChange: this.changes.event as never,
    get: (key: string): Promise<string | undefined> => Promise.resolve(this.secretValues.get(key)),
    store: (key: string, value: string): Promise<void> => {
      if (this.refuseSecrets) return Promise.reject(new Error('locked'));
      this.secretValues.set(key, value);
      this.changes.fire({ key });
      return Promise.resolve();
    },
    delete: (key: string): Promise<void> => {
      this.secretValues.delete(key);
      this.changes.fire({ key });
      return Promise.resolve();
    },
  };

  readonly globalState = {
    get: <T>(key: string): T | undefined => this.stateValues.get(key) as T | undefined,
    update: (key: string, value: unknown): Promise<void> => {
      // As JSON, which is what a store on disk gives back.
      this.stateValues.set(key, JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
  };

  window(): KeptAccounts {
    const records = new SecretRecords(this.secrets);
    const server = {
      renew: (refreshToken: string) => this.renew(refreshToken),
      revoke: (grant: Grant) => Promise.resolve(void this.revoked.push(grant)),
    } as Partial<OAuthServer> as OAuthServer;
    const sessions = {
      onDidChangeSessions: this.sessionChanges.event,
      getSession: (provider: string, scopes: readonly string[], options: { account: { id: string } }) => {
        this.asked.push({ provider, scopes, options });
        if (this.brokenSessions) return Promise.reject(new Error(`Timed out waiting for provider '${provider}'`));
        const accessToken = this.sessionTokens.get(`${provider} ${options.account.id}`);
        return Promise.resolve(accessToken === undefined ? undefined : { accessToken });
      },
    } as never;
    return new KeptAccounts({
      list: new AccountList(this.globalState as never),
      secrets: this.secrets,
      sessions,
      token: new TokenCredentials(records),
      oauth: new GrantCredentials({
        records,
        servers: { open: () => Promise.resolve(server) },
        clock: { now: () => this.now },
        timer: {
          after: (milliseconds, work) => {
            this.now += milliseconds;
            queueMicrotask(work);
            return { dispose: () => undefined };
          },
        },
      }),
      vscode: new SessionCredentials(sessions),
    });
  }
}
