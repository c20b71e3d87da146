import type { GitRepository } from '../git/gitRepository.ts';
import { ApiDescription } from '../http/apiDescription.ts';
import { exposedHeaders } from '../http/exposedHeaders.ts';
import { Forge, type ForgeAccount, type ForgeStart } from '../http/forge.ts';
import { OAuthGrants } from '../http/oauthGrants.ts';
import { oauthRoutes, type OAuthPaths } from '../http/oauthRoutes.ts';
import { ForgeGit } from '../http/forgeGit.ts';
import { branchRoutes } from './branchRoutes.ts';
import { commitRoutes } from './commitRoutes.ts';
import { exceptions } from './exceptions.ts';
import { graphqlRoutes } from './graphqlRoutes.ts';
import type { ForgeGroup, ForgeProject, Instance } from './instance.ts';
import { mergeRequestRoutes } from './mergeRequestRoutes.ts';
import { objectRoutes } from './objectRoutes.ts';
import { operations } from './operations.ts';
import { unauthorized } from './problems.ts';
import { projectRoutes } from './projectRoutes.ts';

const people: Readonly<Record<string, ForgeAccount>> = {
  'token-of-ada': { name: 'ada', rights: 'write' },
  'token-of-tea': { name: 'tea', rights: 'write' },
  'token-of-rita': { name: 'rita', rights: 'read' },
  'token-of-sam': { name: 'sam', rights: 'none' },
};

/** Applications in a browser get tokens there; codes for devices they do not. */
const oauth: OAuthPaths = {
  authorize: '/oauth/authorize',
  token: '/oauth/token',
  revoke: '/oauth/revoke',
  device: { start: '/oauth/authorize_device', page: '/oauth/device' },
  tokensForPages: true,
};

/** A GitLab of somebody's own, whose repositories are real ones on disk. */
export class GitLabForge {
  private constructor(
    readonly http: Forge,
    readonly description: ApiDescription,
    readonly instance: Instance,
    readonly grants: OAuthGrants,
  ) {}

  static async start({ accounts = people, port = 0 }: ForgeStart = {}): Promise<GitLabForge> {
    const instance: Instance = {
      groups: [],
      projects: [],
      pageSize: 0,
      wholeTrees: true,
      batches: true,
      maxComplexity: 250,
      inRaceWindow: undefined,
    };
    const description = ApiDescription.load('gitlab.json', { strip: '/api/v4', kept: operations, exceptions });
    const routes = [projectRoutes, branchRoutes, objectRoutes, commitRoutes, mergeRequestRoutes, graphqlRoutes];
    const grants = new OAuthGrants();
    const http = await Forge.start({
      name: 'gitlab',
      base: '/api/v4',
      routes: [...routes.flatMap((of) => of(instance)), ...oauthRoutes(grants, oauth)],
      grants,
      description,
      accounts,
      port,
      exposedHeaders: exposedHeaders.gitlab,
      etags: true,
      unauthorized: () => unauthorized,
    });
    return new GitLabForge(http, description, instance, grants);
  }

  get origin(): string {
    return this.http.origin;
  }

  /** @param path of a subgroup: with those above it */
  addGroup(path: string, name = path): ForgeGroup {
    const group = { id: 501 + this.instance.groups.length, full_path: path, full_name: name };
    this.instance.groups.push(group);
    return group;
  }

  /** @param path with the group's or the person's */
  addProject(path: string, repository: GitRepository): ForgeProject {
    const project: ForgeProject = {
      id: 101 + this.instance.projects.length,
      path,
      formerPaths: [],
      git: new ForgeGit(repository),
      defaultBranch: 'main',
      protectedBranches: new Set(),
      mergeRequests: [],
    };
    this.instance.projects.push(project);
    return project;
  }

  async stop(): Promise<void> {
    for (const { git } of this.instance.projects) git.close();
    await this.http.stop();
  }
}
