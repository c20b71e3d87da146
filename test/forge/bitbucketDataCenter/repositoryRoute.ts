import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forge.ts';
import { noProject, noRepository, notPermitted } from './answers.ts';
import type { DataCenterForge, ForgedRepository } from './dataCenterForge.ts';

export const repositoryPath = '/api/latest/projects/{projectKey}/repos/{repositorySlug}';

type Handle = (request: ForgeRequest, repository: ForgedRepository) => ForgeReply | Promise<ForgeReply>;

/** A route of one repository: it has to be there, and the account has to be allowed. */
export function repositoryRoute(
  forge: DataCenterForge,
  route: Omit<ForgeRoute, 'handle'> & { readonly writes?: boolean },
  handle: Handle,
): ForgeRoute {
  const { writes = false, ...rest } = route;
  return {
    ...rest,
    handle: (request) => {
      const { projectKey = '', repositorySlug = '' } = request.params;
      if (request.rights === 'none') return notPermitted();
      const found = forge.find(projectKey, repositorySlug);
      const isProject = forge.projects.has(projectKey) || projectKey.startsWith('~');
      if (!found) return isProject ? noRepository(projectKey, repositorySlug) : noProject(projectKey);
      if (writes && request.rights !== 'write') return notPermitted();
      return handle(request, found);
    },
  };
}

/** As a form of the API has it; `undefined` where it is absent or empty. */
export function query(request: ForgeRequest, name: string): string | undefined {
  return request.url.searchParams.get(name) || undefined;
}
