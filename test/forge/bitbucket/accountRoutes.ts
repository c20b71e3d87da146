import type { ForgeRequest, ForgeRoute } from '../http/forge.ts';
import { one, page, problem } from './answers.ts';
import type { BitbucketState } from './bitbucketForge.ts';
import { uuidOf, type BitbucketRepository } from './bitbucketRepository.ts';
import { filtered } from './queryLanguage.ts';

const unsupported = problem(401, 'Token is invalid or not supported for this endpoint.');

/** Who is asking, and what is there for them. */
export function accountRoutes(state: BitbucketState): readonly ForgeRoute[] {
  const ofPerson = (handle: ForgeRoute['handle']): ForgeRoute['handle'] => {
    return (request) => (state.limits.belongsToNobody ? unsupported : handle(request));
  };
  const limits = () => ({ most: 100, forced: state.limits.pageSize });
  return [
    {
      method: 'GET',
      path: '/user',
      handle: ofPerson((request) => {
        const name = request.account!;
        const { scopes } = request;
        const reply = one(request, {
          type: 'user',
          uuid: uuidOf(name),
          display_name: name,
          nickname: name.toLowerCase(),
        });
        return scopes === undefined
          ? reply
          : { ...reply, headers: { ...reply.headers, 'x-oauth-scopes': scopes.join(', ') } };
      }),
    },
    {
      method: 'GET',
      path: '/user/workspaces',
      handle: ofPerson((request) => {
        const items = state.workspaces.map((workspace) => ({
          type: 'workspace_access',
          administrator: false,
          workspace: { type: 'workspace_base', ...workspace },
        }));
        return page(request, state.origin, items, limits());
      }),
    },
    {
      method: 'GET',
      path: '/user/workspaces/{workspace}/permissions/repositories',
      handle: ofPerson((request) => {
        const items = visible(state, request).map(({ fullName, uuid }) => ({
          type: 'repository_permission',
          permission: request.rights,
          repository: { type: 'repository', full_name: fullName, uuid },
        }));
        const found = filtered(items, request.url.searchParams.get('q'));
        return page(request, state.origin, found, limits());
      }),
    },
    {
      method: 'GET',
      path: '/repositories/{workspace}',
      handle: async (request) => {
        const { searchParams } = request.url;
        if (state.workspaces.every((workspace) => !isNamed(workspace, request))) return problem(404, 'No workspace');
        // Nothing is an access token's own.
        const own = searchParams.has('role') && state.limits.belongsToNobody ? [] : visible(state, request);
        const items = await Promise.all(own.map(repositoryJson));
        return page(request, state.origin, filtered(items, searchParams.get('q')), limits());
      },
    },
    {
      method: 'GET',
      path: '/repositories/{workspace}/{repo_slug}',
      handle: state.reading(async (request, repository) => one(request, await repositoryJson(repository))),
    },
  ];
}

function visible(state: BitbucketState, request: ForgeRequest): readonly BitbucketRepository[] {
  if (request.rights === 'none') return [];
  return state.repositories.filter(({ workspace }) => isNamed(workspace, request));
}

function isNamed({ uuid, slug }: { readonly uuid: string; readonly slug: string }, { params }: ForgeRequest): boolean {
  return params['workspace'] === uuid || params['workspace'] === slug;
}

async function repositoryJson(repository: BitbucketRepository): Promise<object> {
  const { uuid, fullName, slug, workspace } = repository;
  const main = await repository.findMainBranch();
  return {
    type: 'repository',
    scm: 'git',
    uuid,
    name: slug,
    slug,
    full_name: fullName,
    mainbranch: main === undefined ? null : { type: 'branch', name: main },
    workspace: { type: 'workspace', ...workspace },
    owner: { type: 'team', display_name: workspace.name, uuid: workspace.uuid },
    links: { html: { href: `https://bitbucket.org/${fullName}` } },
  };
}
