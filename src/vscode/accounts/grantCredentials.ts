import { Renewal, type GrantStore } from '../../app/accounts/renewal.ts';
import type { Credential } from '../../ports/accounts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Grant, OAuthClient, OAuthServers } from '../../ports/oauth.ts';
import type { Timer } from '../../ports/timer.ts';
import { hasTexts } from './accountList.ts';
import type { ListedAccount } from './accountList.ts';
import type { CredentialSource } from './credentialSource.ts';
import type { SecretRecords } from './secretRecords.ts';

/** A grant, and whom it was given to: nobody else can renew it. */
interface GrantRecord extends Grant {
  readonly kind: 'grant';
  readonly client: OAuthClient;
}

export interface GrantPorts {
  readonly records: SecretRecords;
  readonly servers: OAuthServers;
  readonly clock: Clock;
  readonly timer: Timer;
}

/** What hosts granted: renewed before it ends, and when it is refused. */
export class GrantCredentials implements CredentialSource {
  readonly #renewal: Renewal;

  constructor(private readonly ports: GrantPorts) {
    const { clock, timer } = ports;
    this.#renewal = new Renewal({ store: this.#store, clock, timer });
  }

  credential(account: ListedAccount): Promise<Credential | undefined> {
    return this.#fresh(account);
  }

  renewed(account: ListedAccount, refused: Credential): Promise<Credential | undefined> {
    return this.#fresh(account, refused.kind === 'bearer' ? refused.token : undefined);
  }

  async keep(account: string, grant: Grant, client: OAuthClient): Promise<void> {
    await this.ports.records.write(account, { ...grant, kind: 'grant', client } satisfies GrantRecord);
  }

  async forget({ id }: ListedAccount): Promise<void> {
    await this.ports.records.forget(id);
  }

  /** Ends the grant at its host, where the host can; answers whether it did. */
  async revoke({ id, host, origin }: ListedAccount, signal: AbortSignal): Promise<boolean> {
    const record = await this.#read(id);
    if (record === undefined) return false;
    const server = await this.ports.servers.open(host, origin, record.client);
    if (server.revoke === undefined) return false;
    await server.revoke(record, signal);
    return true;
  }

  async #fresh({ id, host, origin }: ListedAccount, refused?: string): Promise<Credential | undefined> {
    const renew = async (refreshToken: string): Promise<Grant> => {
      const record = await this.#read(id);
      const server = await this.ports.servers.open(host, origin, record?.client ?? { id: '' });
      // Not to be cancelled: what the host has renewed must be kept, or it is lost.
      return server.renew(refreshToken, new AbortController().signal);
    };
    const grant = await this.#renewal.fresh(id, renew, refused);
    return grant && { kind: 'bearer', token: grant.accessToken };
  }

  get #store(): GrantStore {
    return {
      read: (account) => this.#read(account),
      write: async (account, grant) => {
        const record = await this.#read(account);
        if (record !== undefined) await this.keep(account, grant, record.client);
      },
    };
  }

  async #read(account: string): Promise<GrantRecord | undefined> {
    const stored = await this.ports.records.read(account);
    if (!hasTexts(stored, ['kind', 'accessToken']) || stored.kind !== 'grant') return undefined;
    const { client } = stored as { readonly client?: unknown };
    return hasTexts(client, ['id']) ? (stored as unknown as GrantRecord) : undefined;
  }
}
