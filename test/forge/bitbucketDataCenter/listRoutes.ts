import type { ForgeRoute } from '../http/forge.ts';
import { noProject, page } from './answers.ts';
import type { DataCenterForge, ForgedRepository } from './dataCenterForge.ts';
import { query, repositoryPath, repositoryRoute } from './repositoryRoute.ts';

/** Projects, repositories, and who is asking. */
export function listRoutes(forge: DataCenterForge): readonly ForgeRoute[] {
  const visible = (rights: string | undefined): readonly ForgedRepository[] =>
    rights === 'none' ? [] : forge.repositories;
  return [
    {
      method: 'GET',
      path: '/api/latest/application-properties',
      anonymous: true,
      handle: () => ({ status: 200, body: { version: '9.2.0', displayName: 'Bitbucket' } }),
    },
    {
      method: 'GET',
      path: '/api/latest/projects',
      handle: (request) => {
        const projects =
          request.rights === 'none' ? [] : [...forge.projects.keys()].map((key) => projectJson(forge, key));
        return page(request, projects, forge.settings);
      },
    },
    {
      method: 'GET',
      path: '/api/latest/projects/{projectKey}/repos',
      handle: (request) => {
        const { projectKey = '' } = request.params;
        const own = visible(request.rights).filter(({ key }) => key === projectKey);
        if (own.length === 0 && !forge.projects.has(projectKey)) return noProject(projectKey);
        return page(request, repositoriesJson(forge, own), forge.settings);
      },
    },
    {
      method: 'GET',
      path: '/api/latest/repos',
      handle: (request) => {
        const has = (text: string, part: string | undefined): boolean =>
          part === undefined || text.toLowerCase().includes(part.trim().toLowerCase());
        const found = visible(request.rights).filter(({ key, name }) => {
          const project = query(request, 'projectkey');
          return (
            (project === undefined || project.toLowerCase() === key.toLowerCase()) && has(name, query(request, 'name'))
          );
        });
        const mayAll = query(request, 'permission') !== 'REPO_WRITE' || request.rights === 'write';
        return page(request, mayAll ? repositoriesJson(forge, found) : [], forge.settings);
      },
    },
    repositoryRoute(forge, { method: 'GET', path: repositoryPath }, (_request, found) => ({
      status: 200,
      body: repositoryJson(forge, found),
    })),
  ];
}

function projectJson(forge: DataCenterForge, key: string): object {
  return {
    key,
    name: forge.projects.get(key) ?? key,
    public: false,
    type: key.startsWith('~') ? 'PERSONAL' : 'NORMAL',
  };
}

function repositoriesJson(forge: DataCenterForge, found: readonly ForgedRepository[]): readonly object[] {
  return found.map((one) => repositoryJson(forge, one));
}

function repositoryJson(forge: DataCenterForge, { key, slug, name, archived }: ForgedRepository): object {
  return {
    slug,
    id: 1,
    name,
    scmId: 'git',
    state: 'AVAILABLE',
    archived,
    project: projectJson(forge, key),
    public: false,
  };
}
