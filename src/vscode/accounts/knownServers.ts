import type { ApiNode } from '../../app/apiNode.ts';
import type { Account } from '../../ports/accounts.ts';
import type { HostDescription } from '../../ports/hosts.ts';

/**
 * Where somebody may want to sign in: at the host's own server, then where accounts and connections are. A server that
 * only a shared file names is no proposal: what is typed next is a token.
 */
export function knownServers(
  { id, defaultOrigin }: Pick<HostDescription, 'id' | 'defaultOrigin'>,
  accounts: readonly Account[],
  apis: readonly ApiNode[],
): readonly string[] {
  const approved = apis.filter(({ state }) => state === 'connected');
  const used = [...accounts, ...approved.flatMap(({ api }) => api.connection?.repository ?? [])];
  const origins = used.filter(({ host }) => host === id).map(({ origin }) => origin);
  return [...new Set(defaultOrigin === undefined ? origins : [defaultOrigin, ...origins])];
}
