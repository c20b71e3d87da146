import { authentication, window, type ExtensionContext } from 'vscode';
import type { DisposableStore } from '../../core/events.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { Log } from '../../ports/log.ts';
import type { OAuthServers } from '../../ports/oauth.ts';
import type { SignIns } from '../../ports/signIn.ts';
import type { Timer } from '../../ports/timer.ts';
import { AccountList } from './accountList.ts';
import { Callbacks } from './flows/callbacks.ts';
import { Clients } from './flows/clients.ts';
import { SignInTable, type SignInParts, type SignInPlatform } from './flows/signInTable.ts';
import { GrantCredentials } from './grantCredentials.ts';
import { KeptAccounts } from './keptAccounts.ts';
import { SecretRecords } from './secretRecords.ts';
import { SessionCredentials } from './sessionCredentials.ts';
import { TokenCredentials } from './tokenCredentials.ts';

export interface AccountTools {
  readonly servers: OAuthServers;
  readonly findTenant: SignInParts['findTenant'];
  readonly platform: SignInPlatform;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
}

export interface AssembledAccounts {
  readonly accounts: KeptAccounts;
  /** The ways in need the hosts, which need the accounts. */
  signIns(hosts: Pick<Hosts, 'descriptions' | 'openAs'>): SignIns;
}

/** Everybody who is signed in, and every way to be. */
export function assembleAccounts(
  { secrets, globalState }: Pick<ExtensionContext, 'secrets' | 'globalState'>,
  { servers, findTenant, platform, clock, timer, log }: AccountTools,
  parts: DisposableStore,
): AssembledAccounts {
  const list = new AccountList(globalState);
  const records = new SecretRecords(secrets);
  const grants = new GrantCredentials({ records, servers, clock, timer });
  const accounts = parts.add(
    new KeptAccounts({
      list,
      secrets,
      sessions: authentication,
      token: new TokenCredentials(records),
      oauth: grants,
      vscode: new SessionCredentials(authentication),
    }),
  );
  const callbacks = parts.add(new Callbacks({ secrets, clock, timer, log }));
  parts.add(window.registerUriHandler(callbacks));
  const clients = new Clients(secrets);
  const own = { list, accounts, grants, clients, servers, callbacks, platform, findTenant, clock, log };
  return { accounts, signIns: (hosts) => new SignInTable({ ...own, hosts }) };
}
