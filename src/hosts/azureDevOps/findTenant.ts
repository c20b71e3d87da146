import { exchange } from '../http/exchange.ts';
import type { HttpTools } from '../http/httpTools.ts';

const guid = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';
const alone = new RegExp(`^${guid}$`, 'i');
/** `Bearer authorization_uri=https://login.microsoftonline.com/<tenant>, Basic realm="…"` */
const inChallenge = new RegExp(`authorization_uri="?https://[^/\\s",]+/${guid}`, 'i');
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
  const { answer } = exchanged;
  const told = alone.exec(answer.header('x-vss-resourcetenant') ?? '')?.[1];
  const tenant = told ?? inChallenge.exec(answer.header('www-authenticate') ?? '')?.[1];
  return tenant === nobody ? undefined : tenant;
}
