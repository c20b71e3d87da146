import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forge.ts';
import { notFound, ownerJson, page, problem, repositoryJson } from './replies.ts';
import type { ForgeOwner, ForgeRepository, GitHubState } from './state.ts';

/** People, organizations, and the repositories of both. */
export function accountRoutes(state: GitHubState): readonly ForgeRoute[] {
  const me = ({ account }: ForgeRequest): ForgeOwner => state.owners.find(({ login }) => login === account)!;
  const list = async (request: ForgeRequest, found: readonly ForgeRepository[]): Promise<ForgeReply> => {
    const seen = request.rights === 'none' ? [] : found;
    return page(state, request, await Promise.all(seen.map((one) => repositoryJson(one, request))));
  };
  return [
    {
      method: 'GET',
      path: '/user',
      handle: (request) => ({ status: 200, headers: tokenHeaders(request), body: ownerJson(me(request)) }),
    },
    {
      method: 'GET',
      path: '/user/orgs',
      handle: (request) => {
        const all = state.owners.filter(({ type }) => type === 'Organization');
        const locked = all.filter((one) => one.locked).map(({ id }) => id);
        const reply = page(state, request, all.filter((one) => !one.locked).map(ownerJson));
        if (locked.length === 0 || request.url.searchParams.has('page')) return reply;
        return {
          ...reply,
          headers: { ...reply.headers, 'x-github-sso': `partial-results; organizations=${locked.join()}` },
        };
      },
    },
    {
      method: 'GET',
      path: '/user/repos',
      handle: (request) => {
        const { id } = me(request);
        const affiliation = (request.url.searchParams.get('affiliation') ?? 'owner').split(',');
        const wanted = state.repositories.filter(({ owner }) => {
          if (owner.type === 'Organization') return affiliation.includes('organization_member');
          return affiliation.includes(owner.id === id ? 'owner' : 'collaborator');
        });
        return list(request, wanted);
      },
    },
    {
      method: 'GET',
      path: '/user/{account_id}',
      handle: ({ params }) => {
        const found = state.owners.find(({ id }) => String(id) === params['account_id']);
        return found ? { status: 200, body: ownerJson(found) } : notFound();
      },
    },
    {
      method: 'GET',
      path: '/orgs/{org}/repos',
      handle: (request) => {
        const organization = state.owners.find(
          ({ login, type }) => type === 'Organization' && login === request.params['org'],
        );
        return organization
          ? list(
              request,
              state.repositories.filter(({ owner }) => owner === organization),
            )
          : notFound();
      },
    },
    { method: 'GET', path: '/search/repositories', handle: (request) => search(state, request) },
  ];
}

/** What a classic token may do, and when it ends; other tokens tell nothing. */
function tokenHeaders({ scopes, expires }: ForgeRequest): Record<string, string> {
  return {
    ...(scopes === undefined ? {} : { 'X-OAuth-Scopes': scopes.join(', ') }),
    ...(expires === undefined ? {} : { 'github-authentication-token-expiration': `${expires} 00:00:00 UTC` }),
  };
}

/** Words of names, and `in:name user:… fork:true`: GitHub finds whole words, or their beginnings. */
async function search(state: GitHubState, request: ForgeRequest): Promise<ForgeReply> {
  const terms = (request.url.searchParams.get('q') ?? '').split(' ');
  const user = terms.find((term) => term.startsWith('user:'))?.slice('user:'.length);
  if (!terms.includes('in:name') || user === undefined) return problem(422, 'Validation Failed');
  const words = terms.filter((term) => !term.includes(':')).map((word) => word.toLowerCase());
  const found = state.repositories.filter(({ owner, name }) => {
    const parts = name.toLowerCase().split(/[-_.]/);
    return owner.login === user && words.every((word) => parts.some((part) => part.startsWith(word)));
  });
  const seen = request.rights === 'none' ? [] : found;
  const reply = page(state, request, await Promise.all(seen.map((one) => repositoryJson(one, request))));
  return { ...reply, body: { total_count: seen.length, incomplete_results: false, items: reply.body } };
}
