import type { GitRepository } from '../git/gitRepository.ts';
import { ApiDescription } from '../http/apiDescription.ts';
import { Forge, type ForgeAccount, type ForgeStart } from '../http/forge.ts';
import { ForgeGit } from '../http/forgeGit.ts';
import { commitRoutes } from './commitRoutes.ts';
import { exceptions } from './exceptions.ts';
import { objectRoutes } from './objectRoutes.ts';
import { operations } from './operations.ts';
import type { ForgeProject, ForgeRepository, Organization } from './organization.ts';
import { unauthorized } from './problems.ts';
import { pullRequestRoutes } from './pullRequestRoutes.ts';
import { pushRoutes } from './pushRoutes.ts';
import { refRoutes } from './refRoutes.ts';
import { repositoryRoutes } from './repositoryRoutes.ts';
import { ofTenant } from './tenants.ts';

const people: Readonly<Record<string, ForgeAccount>> = {
  'token-of-ada': { name: 'Ada Person', rights: 'write' },
  'token-of-tea': { name: 'Tea Mate', rights: 'write' },
  'token-of-reader': { name: 'Rita Reader', rights: 'read' },
  'token-of-stranger': { name: 'Sam Stranger', rights: 'none' },
};

const known = { kept: operations, exceptions };

/** The official one; where it is not at hand, or for comparison, what is kept of it. */
export function azureDevOpsDescription(which: 'best' | 'kept' = 'best'): ApiDescription {
  if (which === 'kept') return ApiDescription.kept(known);
  return ApiDescription.load('azure-devops.json', known);
}

/** Azure DevOps with one organization, `acme`, whose repositories are real ones on disk. */
export class AzureDevOpsForge {
  private constructor(
    readonly http: Forge,
    readonly description: ApiDescription,
    readonly organization: Organization,
  ) {}

  static async start(
    description = azureDevOpsDescription(),
    { accounts = people, port = 0 }: ForgeStart = {},
  ): Promise<AzureDevOpsForge> {
    const organization: Organization = {
      projects: [],
      repositories: [],
      protectedRefs: new Set(),
      pageSize: 0,
      version: '7.1',
      tenant: undefined,
      foreigners: new Set(),
      tellsRights: true,
    };
    const routes = [repositoryRoutes, refRoutes, commitRoutes, objectRoutes, pushRoutes, pullRequestRoutes];
    const http = await Forge.start({
      name: 'azureDevOps',
      base: '',
      routes: routes.flatMap((of) => of(organization)).map((route) => ofTenant(organization, route)),
      description,
      accounts,
      port,
      unauthorized: ({ headers }) => unauthorized(headers['x-tfs-fedauthredirect'] === 'Suppress'),
    });
    return new AzureDevOpsForge(http, description, organization);
  }

  /** The organization's address. */
  get origin(): string {
    return `${this.http.origin}/acme`;
  }

  addProject(name: string): ForgeProject {
    const project = { id: guid(0x9000 + this.organization.projects.length), name };
    this.organization.projects.push(project);
    return project;
  }

  addRepository(project: ForgeProject, name: string, repository: GitRepository): ForgeRepository {
    const id = guid(this.organization.repositories.length + 1);
    const git = new ForgeGit(repository);
    const added = { id, name, defaultBranch: 'main', project, git, disabled: false, pullRequests: [] };
    this.organization.repositories.push(added);
    return added;
  }

  async stop(): Promise<void> {
    for (const { git } of this.organization.repositories) git.close();
    await this.http.stop();
  }
}

function guid(number: number): string {
  return `${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
}
