import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forge.ts';
import { notFound, problem } from './replies.ts';
import { byName, fullName, type ForgeRepository, type GitHubState } from './state.ts';

interface RepositoryRoute extends Pick<ForgeRoute, 'commits'> {
  /** Whether it takes the right to push. */
  readonly writes?: boolean;
  handle(repository: ForgeRepository, request: ForgeRequest): ForgeReply | Promise<ForgeReply>;
}

/** A route about one repository: by its name, and by its id, where names that it had lead to (recorded, in no description). */
export function inRepository(
  state: GitHubState,
  method: string,
  path: string,
  route: RepositoryRoute,
): readonly ForgeRoute[] {
  const commits = route.commits === undefined ? {} : { commits: route.commits };
  const operation = `/repos/{owner}/{repo}${path}`;
  return [
    {
      method,
      path: operation,
      ...commits,
      handle: (request) => {
        const { owner = '', repo = '' } = request.params;
        const found = byName(state, owner, repo);
        if (!found || `${owner}/${repo}`.toLowerCase() === fullName(found).toLowerCase()) {
          return answer(found, request, route);
        }
        if (request.rights === 'none') return notFound();
        const rest = request.path.replace(/^.*?\/repos\/[^/]+\/[^/]+/, '');
        const location = `${request.url.origin}/api/v3/repositories/${String(found.id)}${rest}${request.url.search}`;
        const status = method === 'GET' ? 301 : 307;
        return { status, headers: { location }, body: { message: 'Moved Permanently', url: location } };
      },
    },
    {
      method,
      path: `/repositories/{id}${path}`,
      operation,
      ...commits,
      handle: (request) =>
        answer(
          state.repositories.find(({ id }) => String(id) === request.params['id']),
          request,
          route,
        ),
    },
  ];
}

function answer(
  found: ForgeRepository | undefined,
  request: ForgeRequest,
  { writes = false, handle }: RepositoryRoute,
): ForgeReply | Promise<ForgeReply> {
  if (!found || request.rights === 'none') return notFound();
  if (found.owner.locked) return locked(found, request);
  // GitHub hides from readers that there is something to write.
  if (writes && request.rights !== 'write') return notFound();
  if (writes && found.archived) return problem(403, 'Repository was archived so is read-only.');
  return handle(found, request);
}

function locked({ owner }: ForgeRepository, { url }: ForgeRequest): ForgeReply {
  const message = `Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.`;
  const sso = `required; url=${url.origin}/orgs/${owner.login}/sso?authorization_request=AZSCKtL4`;
  return { ...problem(403, message), headers: { 'x-github-sso': sso } };
}
