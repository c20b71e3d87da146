import { Failure } from '../../core/errors.ts';
import type { Api } from '../../core/model/api.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import type { Accounts, Credential } from '../../ports/accounts.ts';
import type { Hosts } from '../../ports/hosts.ts';
import { Refusal } from '../refusal.ts';

const names = {
  token: 'API_SOURCE_CONTROL_TOKEN',
  origin: 'API_SOURCE_CONTROL_ORIGIN',
  user: 'API_SOURCE_CONTROL_USER',
} as const;

/**
 * Signs in with the token of the environment, at the one server that it was given for. Arguments would be read by
 * everybody on the computer, and a token without a server would go wherever an `apis.json` leads.
 *
 * @throws Refusal where only one of the two is given.
 */
export async function signInFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  hosts: Pick<Hosts, 'parseOrigin'>,
  accounts: Pick<Accounts, 'add'>,
  apis: readonly Api[],
): Promise<void> {
  const [token, address, user] = [names.token, names.origin, names.user].map((name) => env[name] || undefined);
  if (token === undefined && address === undefined) return;
  if (token === undefined || address === undefined) {
    throw new Refusal(`${names.token} and ${names.origin} are given together or not at all: a token is of one server.`);
  }
  const credential: Credential =
    user === undefined ? { kind: 'bearer', token } : { kind: 'basic', user, password: token };
  const repositories = apis.flatMap(({ connection }) => connection?.repository ?? []);
  for (const host of new Set(repositories.map((repository) => repository.host))) {
    const origin = host === 'git' ? undefined : originOf(host, address, hosts);
    const isAsked = repositories.some((each) => each.host === host && each.origin === origin);
    if (origin !== undefined && isAsked) await accounts.add({ host, origin, name: user ?? names.token }, credential);
  }
}

/** `undefined`: this is no server of such a host. */
function originOf(host: RepositoryRef['host'], address: string, hosts: Pick<Hosts, 'parseOrigin'>): string | undefined {
  try {
    return hosts.parseOrigin(host, address);
  } catch (error) {
    if (Failure.is(error)) return undefined;
    throw error;
  }
}
