import type { GitRepository } from '../git/gitRepository.ts';
import { ApiDescription } from '../http/apiDescription.ts';
import { exposedHeaders } from '../http/exposedHeaders.ts';
import { Forge, type ForgeAccount, type ForgeRoute, type ForgeStart } from '../http/forge.ts';
import { ForgeGit } from '../http/forgeGit.ts';
import { OAuthGrants } from '../http/oauthGrants.ts';
import { accountRoutes } from './accountRoutes.ts';
import { deviceRoutes } from './deviceRoutes.ts';
import { graphqlRoute } from './graphqlRoute.ts';
import { historyRoutes } from './historyRoutes.ts';
import { objectRoutes } from './objectRoutes.ts';
import { pullRoutes } from './pullRoutes.ts';
import { refRoutes } from './refRoutes.ts';
import { problem } from './replies.ts';
import { fullName, type ForgeOwner, type ForgeRepository, type GitHubState } from './state.ts';

const people: Readonly<Record<string, ForgeAccount>> = {
  'token-of-ada': { name: 'ada', rights: 'write' },
  'token-of-tea': { name: 'tea', rights: 'write' },
  'token-of-reader': { name: 'rita', rights: 'read' },
  'token-of-stranger': { name: 'sam', rights: 'none' },
};

/** A GitHub Enterprise Server whose repositories are real ones on disk. */
export class GitHubForge {
  private constructor(
    readonly http: Forge,
    readonly description: ApiDescription,
    readonly state: GitHubState,
    readonly grants: OAuthGrants,
  ) {}

  static async start({ accounts = people, port = 0 }: ForgeStart = {}): Promise<GitHubForge> {
    const state: GitHubState = {
      owners: [],
      repositories: [],
      pageSize: 0,
      treeLimit: 100_000,
      hasUpdateRefs: true,
      hasArchives: true,
      comparisonLimit: 250,
    };
    const description = ApiDescription.load('github.json');
    const routes = [accountRoutes, refRoutes, objectRoutes, historyRoutes, pullRoutes].flatMap((of) => of(state));
    const grants = new OAuthGrants();
    const http = await Forge.start({
      name: 'github',
      base: '/api/v3',
      routes: [
        ...[graphqlRoute(state), ...routes].map((route) => withCheckedAnswers(route, description)),
        ...deviceRoutes(grants),
      ],
      grants,
      description,
      accounts,
      port,
      exposedHeaders: exposedHeaders.github,
      etags: true,
      unauthorized: ({ account, headers }) =>
        problem(
          401,
          headers.authorization === undefined && account === undefined ? 'Requires authentication' : 'Bad credentials',
        ),
    });
    const forge = new GitHubForge(http, description, state, grants);
    for (const { name } of Object.values(accounts)) forge.addOwner(name, 'User');
    return forge;
  }

  addOwner(login: string, type: ForgeOwner['type'] = 'Organization'): ForgeOwner {
    const owner = { id: 1000 + this.state.owners.length, login, type, locked: false };
    this.state.owners.push(owner);
    return owner;
  }

  addRepository(owner: ForgeOwner, name: string, repository: GitRepository): ForgeRepository {
    const added: ForgeRepository = {
      id: 5000 + this.state.repositories.length,
      owner,
      name,
      oldNames: [],
      defaultBranch: 'main',
      archived: false,
      isNew: false,
      git: new ForgeGit(repository),
      protectedBranches: new Set(),
      pulls: [],
    };
    this.state.repositories.push(added);
    return added;
  }

  rename(repository: ForgeRepository, name: string): void {
    repository.oldNames.push(fullName(repository));
    repository.name = name;
  }

  removeRepository(repository: ForgeRepository): void {
    repository.git.close();
    this.state.repositories.splice(this.state.repositories.indexOf(repository), 1);
  }

  async stop(): Promise<void> {
    for (const { git } of this.state.repositories) git.close();
    await this.http.stop();
  }
}

/** GitHub's description of its answers is right as far as ours go: what they hold must be as it says. */
function withCheckedAnswers(route: ForgeRoute, description: ApiDescription): ForgeRoute {
  return {
    ...route,
    handle: async (request) => {
      const reply = await route.handle(request);
      // Redirects and refusals may come from anywhere, so that the description names few of them.
      const problems = reply.status < 300 ? description.checkAnswer(request, route, reply, 'present') : [];
      if (problems.length > 0) throw new Error(problems.join(', '));
      return reply;
    },
  };
}
