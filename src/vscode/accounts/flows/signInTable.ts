import { env, UIKind, workspace, type AuthenticationSession } from 'vscode';
import { isAt } from '../../../app/accounts/isAt.ts';
import { tryCredential } from '../../../app/accounts/tryCredential.ts';
import { Failure } from '../../../core/errors.ts';
import type { HostId } from '../../../core/model/repository.ts';
import type { Account, NewAccount } from '../../../ports/accounts.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Hosts } from '../../../ports/hosts.ts';
import type { Log } from '../../../ports/log.ts';
import type { OpenLoopback } from '../../../ports/loopback.ts';
import type { Grant, OAuthClient, OAuthServers } from '../../../ports/oauth.ts';
import type {
  SignedOut,
  SignInFlow,
  SignInFlowId,
  SignInOptions,
  SignInPlace,
  SignIns,
} from '../../../ports/signIn.ts';
import type { AccountList, SessionKey } from '../accountList.ts';
import { serverName } from '../accountNames.ts';
import type { GrantCredentials } from '../grantCredentials.ts';
import type { KeptAccounts } from '../keptAccounts.ts';
import type { Callbacks } from './callbacks.ts';
import type { Clients } from './clients.ts';
import { flowsAt, sessionProvider, type Surroundings } from './flowTable.ts';
import { authorizationsPage } from './hostPages.ts';

/** What a platform can do for sign-ins. */
export interface SignInPlatform {
  readonly openLoopback: OpenLoopback | undefined;
  readonly readsAnyServer: boolean;
}

export interface SignInParts {
  readonly hosts: Pick<Hosts, 'descriptions' | 'openAs'>;
  readonly list: AccountList;
  readonly accounts: KeptAccounts;
  readonly grants: GrantCredentials;
  readonly clients: Clients;
  readonly servers: OAuthServers;
  readonly callbacks: Callbacks;
  readonly platform: SignInPlatform;
  readonly findTenant: (organization: string, signal: AbortSignal) => Promise<string | undefined>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The ways to sign in, and what becomes of accounts. How each way goes is loaded when somebody takes it. */
export class SignInTable implements SignIns {
  constructor(private readonly parts: SignInParts) {}

  get place(): SignInPlace {
    if (env.uiKind === UIKind.Web) return 'web';
    return env.remoteName === undefined ? 'desktop' : 'remote';
  }

  flows(host: HostId, origin: string): readonly SignInFlow[] {
    const description = this.parts.hosts.descriptions.find(({ id }) => id === host);
    return description === undefined
      ? []
      : flowsAt(description, origin, this.parts.clients.known(origin), this.surroundings);
  }

  async run(flow: SignInFlowId, host: HostId, origin: string, options: SignInOptions = {}): Promise<Account> {
    if (!this.flows(host, origin).some(({ id }) => id === flow)) throw absent(flow, origin);
    const signal = options.signal ?? new AbortController().signal;
    switch (flow) {
      case 'vscode':
        return this.session(host, origin, options, signal);
      case 'callback':
      case 'loopback':
      case 'device':
        return this.granted(flow, host, origin, signal);
      case 'token':
        // Whoever shows the ways asks for it: see `TokenSignIn`.
        throw absent(flow, origin);
    }
  }

  async signOut(id: string): Promise<SignedOut> {
    const account = this.parts.list.find(id);
    if (account === undefined) return { ended: 'unknown' };
    const page = this.page(account);
    const elsewhere: SignedOut = { ended: 'elsewhere', ...(page === undefined ? {} : { page }) };
    const isRevoked = account.source === 'oauth' && (await this.revoked(account));
    await this.parts.accounts.remove(id);
    return isRevoked ? { ended: 'revoked' } : elsewhere;
  }

  page({ host, origin, source }: Pick<Account, 'host' | 'origin' | 'source'>): string | undefined {
    const description = this.parts.hosts.descriptions.find(({ id }) => id === host);
    return authorizationsPage(host, origin, source) ?? description?.token?.page(origin);
  }

  private get surroundings(): Surroundings {
    const { openLoopback, readsAnyServer } = this.parts.platform;
    const enterprise = workspace.getConfiguration('github-enterprise').inspect<string>('uri')?.globalValue;
    return {
      place: this.place,
      readsAnyServer,
      hasLoopback: openLoopback !== undefined,
      enterprise: enterprise !== undefined && URL.canParse(enterprise) ? new URL(enterprise).origin : undefined,
    };
  }

  private async session(host: HostId, origin: string, options: SignInOptions, signal: AbortSignal): Promise<Account> {
    const { list, accounts } = this.parts;
    const provider = sessionProvider(host, { origin, enterprise: this.surroundings.enterprise });
    const flow = this.flows(host, origin).find(({ id }) => id === 'vscode');
    if (provider === undefined || flow === undefined) throw absent('vscode', origin);
    const again = options.account && list.find(options.account.id)?.session;
    const tenant =
      provider === 'microsoft' ? (options.tenant ?? tenantIn(again) ?? (await this.tenant(origin, signal))) : undefined;
    const scopes = [...flow.scopes.map(({ name }) => name), ...(tenant === undefined ? [] : [tenantScope + tenant])];
    // VS Code would hand out the one session that it knows for us again, without a word.
    const isSomebodyThere = list.all().some((each) => each.source === 'vscode' && isAt(each, { host, origin }));
    const { sessionFlow } = await import('./sessionFlow.ts');
    const wish = { another: options.another ?? isSomebodyThere, again, signal };
    const { session, key } = await sessionFlow(provider, scopes, flow, wish);
    const trial = await this.tried(host, origin, session, signal);
    // Two people of one organization may have one name; the mail address tells them apart.
    const name = provider === 'microsoft' ? key.label : trial.name;
    return accounts.addSession({ ...trial, name }, key);
  }

  /** A refusal names whom VS Code signed in: it may not be whom the person thinks. */
  private async tried(
    host: HostId,
    origin: string,
    { accessToken, account }: AuthenticationSession,
    signal: AbortSignal,
  ): Promise<NewAccount> {
    const credential = { kind: 'bearer', token: accessToken } as const;
    try {
      return await tryCredential(this.parts.hosts, host, origin, credential, { signal, interactive: true });
    } catch (error) {
      if (!Failure.is(error, 'forbidden', 'signInNeeded')) throw error;
      throw new Failure(error.reason, { ...error.facts, account: account.label }, { cause: error });
    }
  }

  private async tenant(origin: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      return await this.parts.findTenant(origin, signal);
    } catch (error) {
      if (Failure.is(error, 'cancelled')) throw error;
      this.parts.log.warn('sign-in: the organization does not tell its tenant; the home tenant is asked');
      return undefined;
    }
  }

  private async granted(
    flow: 'callback' | 'loopback' | 'device',
    host: HostId,
    origin: string,
    signal: AbortSignal,
  ): Promise<Account> {
    const { hosts, accounts, clients } = this.parts;
    const client = await clients.open(host, origin);
    let grant: Grant;
    try {
      grant = await this.grant(flow, host, origin, client, signal);
    } catch (error) {
      if (Failure.is(error, 'hostError') && error.facts.detail === 'invalid_client') {
        await clients.forgetSecret(origin, client);
      }
      throw error;
    }
    const credential = { kind: 'bearer', token: grant.accessToken } as const;
    const account = await tryCredential(hosts, host, origin, credential, { signal, interactive: true });
    const scopes = grant.scopes === undefined ? {} : { scopes: grant.scopes };
    return accounts.addGrant({ ...account, ...scopes }, grant, client);
  }

  private async grant(
    flow: 'callback' | 'loopback' | 'device',
    host: HostId,
    origin: string,
    client: OAuthClient,
    signal: AbortSignal,
  ): Promise<Grant> {
    const { servers, callbacks, clock, platform } = this.parts;
    const server = await servers.open(host, origin, client);
    if (flow === 'device') {
      if (server.device === undefined) throw absent(flow, origin);
      const { deviceFlow } = await import('./deviceFlow.ts');
      return deviceFlow(server.device, serverName(origin), signal);
    }
    const { browserFlow, callbackWay, loopbackWay } = await import('./browserFlow.ts');
    if (flow === 'callback') return browserFlow(server, await callbackWay(callbacks, clock, this.place), signal);
    if (platform.openLoopback === undefined) throw absent(flow, origin);
    return browserFlow(server, await loopbackWay(platform.openLoopback), signal);
  }

  /** Signing out here never waits for a host that cannot be reached: its page is offered then. */
  private async revoked(account: Parameters<GrantCredentials['revoke']>[0]): Promise<boolean> {
    try {
      return await this.parts.grants.revoke(account, AbortSignal.timeout(10_000));
    } catch (error) {
      if (!Failure.is(error)) throw error;
      this.parts.log.warn(`sign-out: ${error.message}`);
      return false;
    }
  }
}

/** Before the tenant, in a scope that VS Code's Microsoft sign-in keeps to itself. */
const tenantScope = 'VSCODE_TENANT:';

function tenantIn(session: SessionKey | undefined): string | undefined {
  return session?.scopes.find((scope) => scope.startsWith(tenantScope))?.slice(tenantScope.length);
}

function absent(flow: SignInFlowId, origin: string): Failure {
  return new Failure('unsupported', { origin, detail: `flowAbsent: ${flow}` });
}
