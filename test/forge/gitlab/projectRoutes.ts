import type { ForgeRequest, ForgeRoute } from '../http/forgeRoute.ts';
import { inProject } from './inProject.ts';
import { users, type ForgeProject, type Instance } from './instance.ts';
import { page } from './pages.ts';
import { notFound } from './problems.ts';

/** Who somebody is, and what they are shown. */
export function projectRoutes(instance: Instance): readonly ForgeRoute[] {
  return [
    {
      method: 'GET',
      path: '/user',
      handle: ({ account }) => {
        const user = users.find(({ username }) => username === account);
        return user ? { status: 200, body: { ...user, name: 'Somebody', state: 'active' } } : notFound('User');
      },
    },
    {
      method: 'GET',
      path: '/personal_access_tokens/self',
      operation: 'of personal access tokens alone: what a token tells of itself',
      handle: ({ scopes, expires }) =>
        scopes === undefined
          ? { status: 403, body: { error: 'insufficient_scope' } }
          : {
              status: 200,
              body: { id: 7, name: 'API Source Control', active: true, scopes, expires_at: expires ?? null },
            },
    },
    {
      method: 'GET',
      path: '/oauth/token/info',
      base: '',
      operation: 'beside the API',
      handle: ({ scopes = ['api'], headers }) =>
        headers['private-token'] === undefined
          ? { status: 200, body: { resource_owner_id: 11, scope: scopes, expires_in: 7200 } }
          : { status: 401, body: { error: 'invalid_token' } },
    },
    {
      method: 'GET',
      path: '/groups',
      handle: (request) => page(instance, request, instance.groups),
    },
    {
      method: 'GET',
      path: '/groups/{id}/projects',
      handle: (request) => {
        const group = instance.groups.find(({ full_path }) => full_path === request.params['id']);
        return group ? projectsOf(instance, group.full_path, request) : notFound('Group');
      },
    },
    {
      method: 'GET',
      path: '/users/{user_id}/projects',
      handle: (request) => {
        const user = users.find(({ username }) => username === request.params['user_id']);
        return user ? projectsOf(instance, user.username, request) : notFound('User');
      },
    },
    inProject(instance, 'GET', '', {
      handle: async (project, { rights }) => {
        const isEmpty = (await project.git.branches()).length === 0;
        const access_level = rights === 'write' ? 30 : 20;
        return {
          status: 200,
          body: {
            ...basicsOf(project),
            default_branch: isEmpty ? null : project.defaultBranch,
            empty_repo: isEmpty,
            permissions: { project_access: null, group_access: { access_level, notification_level: 3 } },
          },
        };
      },
    }),
  ];
}

/** Those right below the owner, as `simple` ones. */
async function projectsOf(instance: Instance, owner: string, request: ForgeRequest) {
  const search = (request.url.searchParams.get('search') ?? '').toLowerCase();
  const own = instance.projects.filter(({ path }) => path.slice(0, path.lastIndexOf('/')) === owner);
  const seen = request.rights === 'none' ? [] : own;
  const found = seen.filter(({ path }) =>
    path
      .slice(path.lastIndexOf('/') + 1)
      .toLowerCase()
      .includes(search),
  );
  const listed = found.map(async (project) => {
    const isEmpty = (await project.git.branches()).length === 0;
    return { ...basicsOf(project), default_branch: isEmpty ? null : project.defaultBranch };
  });
  return page(instance, request, await Promise.all(listed));
}

function basicsOf({ id, path }: ForgeProject) {
  return { id, name: path.slice(path.lastIndexOf('/') + 1), path_with_namespace: path };
}
