import type { ForgeReply, ForgeRequest, ForgeRoute } from '../http/forgeRoute.ts';
import type { ForgeProject, Instance } from './instance.ts';
import { notFound, problem } from './problems.ts';

interface ProjectRoute extends Pick<ForgeRoute, 'commits' | 'check'> {
  handle(project: ForgeProject, request: ForgeRequest): ForgeReply | Promise<ForgeReply>;
}

/** A route about one project, by its number or its path, for those who may see it. */
export function inProject(
  instance: Instance,
  method: string,
  path: string,
  { handle, ...more }: ProjectRoute,
): ForgeRoute {
  return {
    method,
    path: `/projects/{id}${path}`,
    anonymous: true,
    ...more,
    handle: (request) => {
      const { id = '' } = request.params;
      const isSeen = request.rights !== undefined && request.rights !== 'none';
      const found = isSeen ? instance.projects.find((one) => String(one.id) === id || one.path === id) : undefined;
      if (found) return handle(found, request);
      const moved = isSeen ? instance.projects.find(({ formerPaths }) => formerPaths.includes(id)) : undefined;
      return moved ? movedTo(moved, request) : notFound('Project');
    },
  };
}

function movedTo({ id }: ForgeProject, { method, path, url }: ForgeRequest): ForgeReply {
  if (method !== 'GET' && method !== 'HEAD') return problem(405, 'Non GET methods are not allowed for moved projects');
  const location = path.replace(/\/projects\/[^/]+/, `/projects/${String(id)}`) + url.search;
  return { status: 301, headers: { location }, body: { message: 'This resource has been moved permanently' } };
}

/** Developers push; only maintainers push to what is protected, and nobody here is one. */
export function canPush({ protectedBranches }: ForgeProject, branch: string, { rights }: ForgeRequest): boolean {
  return rights === 'write' && !protectedBranches.has(branch);
}
