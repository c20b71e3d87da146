import { gitBackend } from '../git/gitBackend.ts';
import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forge.ts';
import { noRepository, unauthorized } from './answers.ts';
import type { DataCenterForge } from './dataCenterForge.ts';

const operation = 'The Git protocol: no part of the REST API.';

/** Git at the server's clone addresses, for the same accounts and tokens. */
export function gitRoutes(forge: DataCenterForge): readonly ForgeRoute[] {
  const handle = async (request: ForgeRequest): Promise<ForgeReply> => {
    const { key = '', slug = '', rest = '' } = request.params;
    // A token is the password of its own account.
    if (userOf(request) !== request.account) return unauthorized(request);
    const found = forge.find(key, slug);
    if (!found || request.rights === 'none') return noRepository(key, slug);
    const isPush = rest === 'git-receive-pack' || request.url.search.includes('service=git-receive-pack');
    if (isPush && request.rights !== 'write') return { status: 403, body: 'You may not push here.' };
    const { method, headers, body } = request;
    const path = `/${found.bare.name}.git/${rest}`;
    return gitBackend(forge.sandbox, { method, path, query: request.url.search.slice(1), headers, body });
  };
  const path = '/scm/{key}/{slug}.git/{rest+}';
  return [
    { method: 'GET', path, operation, handle },
    { method: 'POST', path, operation, commits: ({ path: asked }) => asked.endsWith('/git-receive-pack'), handle },
  ];
}

function userOf({ headers }: ForgeRequest): string | undefined {
  const [scheme, value = ''] = (headers.authorization ?? '').split(' ', 2);
  if (scheme !== 'Basic') return undefined;
  const pair = Buffer.from(value, 'base64').toString();
  return pair.slice(0, pair.indexOf(':'));
}
