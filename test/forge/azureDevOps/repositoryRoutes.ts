import type { ForgeRoute } from '../http/forgeRoute.ts';
import type { ForgeRepository, Organization } from './organization.ts';
import { inRepository, list, page, wrongVersion } from './inRepository.ts';
import { projectNotFound } from './problems.ts';

/** Who somebody is, and what there is. */
export function repositoryRoutes(organization: Organization): readonly ForgeRoute[] {
  return [
    {
      method: 'GET',
      path: '/{organization}/_apis/connectionData',
      operation: 'every client of Microsoft begins with it, and no description has it',
      anonymous: true,
      handle: ({ account }) => {
        const name = account ?? 'Anonymous';
        const authenticatedUser = {
          id: '3ff4a20f-306e-677e-8a01-57f35e71f109',
          descriptor: 'Microsoft.IdentityModel.Claims.ClaimsIdentity;…',
          providerDisplayName: name,
          isActive: true,
          properties: { Account: { $type: 'System.String', $value: `${name.split(' ')[0]}@acme.example` } },
        };
        return { status: 200, body: { authenticatedUser, instanceId: 'c0ffee00-0000-4000-8000-000000000000' } };
      },
    },
    {
      method: 'GET',
      path: '/{organization}/_apis/projects',
      handle: (request) => {
        const wrong = wrongVersion(organization, request);
        if (wrong) return wrong;
        const { items, headers } = page(organization, request, organization.projects, 100);
        return list(
          items.map((project) => ({ ...project, state: 'wellFormed', visibility: 'private' })),
          headers,
        );
      },
    },
    {
      method: 'GET',
      path: '/{organization}/_apis/permissions/{namespace}/{permissions}',
      operation:
        'https://learn.microsoft.com/rest/api/azure/devops/security/permissions/has-permissions: not in this extract',
      handle: ({ rights, params, url }) => {
        if (!organization.tellsRights) return { status: 401 };
        const tokens = (url.searchParams.get('tokens') ?? '').split(',');
        const mayContribute = rights === 'write' && params['permissions'] === '4';
        return list(tokens.map((token) => mayContribute && isRepositoryToken(organization, token)));
      },
    },
    {
      method: 'GET',
      path: '/{organization}/{project}/_apis/git/repositories',
      handle: async (request) => {
        const wrong = wrongVersion(organization, request);
        if (wrong) return wrong;
        const name = request.params['project'] ?? '';
        const project = organization.projects.find((one) => one.id === name || one.name === name);
        if (!project) return projectNotFound(name);
        const visible = request.rights === 'none' ? [] : organization.repositories;
        const own = visible.filter((one) => one.project === project);
        return list(await Promise.all(own.map(described)));
      },
    },
    inRepository(organization, 'GET', '', {
      handle: async (repository) => ({ status: 200, body: await described(repository) }),
    }),
  ];
}

async function described(repository: ForgeRepository): Promise<object> {
  const { id, name, project, git, disabled: isDisabled, defaultBranch } = repository;
  const branches = await git.branches();
  const first = [defaultBranch, branches[0]?.name].find((one) => branches.some((branch) => branch.name === one));
  return {
    id,
    name,
    url: `https://dev.azure.com/acme/${project.id}/_apis/git/repositories/${id}`,
    project: { ...project, state: 'wellFormed', visibility: 'private' },
    ...(first === undefined ? {} : { defaultBranch: `refs/heads/${first}` }),
    size: branches.length > 0 ? 1232 : 0,
    remoteUrl: `https://acme@dev.azure.com/acme/${project.name}/_git/${name}`,
    webUrl: `https://dev.azure.com/acme/${project.name}/_git/${name}`,
    isDisabled,
  };
}

function isRepositoryToken({ repositories }: Organization, token: string): boolean {
  return repositories.some(({ id, project }) => token === `repoV2/${project.id}/${id}`);
}
