import { exchange } from '../http/exchange.ts';
import type { HttpTools } from '../http/httpTools.ts';

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * The Microsoft Entra tenant that an organization belongs to, which it tells everybody; `undefined` for one of personal
 * accounts, and where nobody can tell.
 */
export async function findTenant(
  { fetch, timer }: Pick<HttpTools, 'fetch' | 'timer'>,
  origin: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const url = `${origin}/_apis/connectionData`;
  const headers = { 'x-tfs-fedauthredirect': 'Suppress' };
  const request = { method: 'GET', url, headers, body: undefined, redirect: 'manual', maxBytes: 1 << 20 } as const;
  const exchanged = await exchange(fetch, timer, { ...request, facts: { origin } }, signal);
  if (exchanged.kind !== 'answer') return undefined;
  const told = exchanged.answer.header('x-vss-resourcetenant') ?? exchanged.answer.header('www-authenticate') ?? '';
  const tenant = guid.exec(told)?.[0];
  return tenant === nobody ? undefined : tenant;
}
