import type { GitRepository } from '../git/gitRepository.ts';
import { ApiDescription } from '../http/apiDescription.ts';
import { exposedHeaders } from '../http/exposedHeaders.ts';
import { Forge, type ForgeAccount, type ForgeReply, type ForgeRequest } from '../http/forge.ts';
import { OAuthGrants } from '../http/oauthGrants.ts';
import { oauthRoutes, type OAuthPaths } from '../http/oauthRoutes.ts';
import { accountRoutes } from './accountRoutes.ts';
import { problem } from './answers.ts';
import { BitbucketRepository, workspaceNamed, type Workspace } from './bitbucketRepository.ts';
import { branchRoutes } from './branchRoutes.ts';
import { historyRoutes } from './historyRoutes.ts';
import { bitbucketDescription } from './operations.ts';
import { pullRequestRoutes } from './pullRequestRoutes.ts';
import { sourceRoutes } from './sourceRoutes.ts';

/** What the host can be told to be like; everything stays as it is set. */
export interface BitbucketLimits {
  /** Items of a page at most. */
  pageSize: number | undefined;
  /** Levels of folders that a listing can have before it takes too long (555). */
  deepest: number;
  /** As a browser sees it: where a new commit is stays unsaid. */
  hidesLocation: boolean;
  givesArchives: boolean;
  /** The tokens are a workspace's or a repository's. */
  belongsToNobody: boolean;
}

type RepositoryHandler = (request: ForgeRequest, repository: BitbucketRepository) => ForgeReply | Promise<ForgeReply>;

/** All that the host has, beside Git. */
export class BitbucketState {
  readonly workspaces: Workspace[] = [];
  readonly repositories: BitbucketRepository[] = [];
  readonly limits: BitbucketLimits = {
    pageSize: undefined,
    deepest: 100,
    hidesLocation: false,
    givesArchives: true,
    belongsToNobody: false,
  };
  origin = '';
  /** Where large files are. */
  media = 'https://api.media.atlassian.com';

  /** Found by UUIDs and by names, for whoever may see it. */
  reading(handle: RepositoryHandler): (request: ForgeRequest) => ForgeReply | Promise<ForgeReply> {
    return (request) => {
      const { workspace, repo_slug: slug } = request.params;
      const found = this.repositories.find((one) => {
        const isOwner = workspace === one.workspace.slug || workspace === one.workspace.uuid;
        return isOwner && (slug === one.slug || slug === one.uuid);
      });
      if (!found || request.rights === 'none') return problem(404, `Repository ${workspace}/${slug} not found`);
      return handle(request, found);
    };
  }

  writing(handle: RepositoryHandler): (request: ForgeRequest) => ForgeReply | Promise<ForgeReply> {
    return this.reading((request, repository) => {
      if (request.rights === 'read') return problem(403, 'Access denied. You must have write or admin access.');
      return handle(request, repository);
    });
  }

  addWorkspace(name: string): Workspace {
    const workspace = workspaceNamed(name);
    this.workspaces.push(workspace);
    return workspace;
  }

  addRepository(workspace: Workspace, repository: GitRepository): BitbucketRepository {
    const added = new BitbucketRepository(workspace, repository);
    this.repositories.push(added);
    return added;
  }

  close(): void {
    for (const { git } of this.repositories) git.close();
  }
}

const oauth: OAuthPaths = {
  authorize: '/site/oauth2/authorize',
  token: '/site/oauth2/access_token',
  tokensForPages: false,
};

/** Bitbucket Cloud on loopback: its API below `/2.0`, and the part of its website that gives archives. */
export async function startBitbucketForge(
  accounts: Readonly<Record<string, ForgeAccount>>,
  port = 0,
): Promise<{ readonly forge: Forge; readonly state: BitbucketState; readonly grants: OAuthGrants }> {
  const state = new BitbucketState();
  const grants = new OAuthGrants();
  const forge = await Forge.start({
    name: 'Bitbucket',
    base: '/2.0',
    routes: [
      ...accountRoutes(state),
      ...branchRoutes(state),
      ...sourceRoutes(state),
      ...historyRoutes(state),
      ...pullRequestRoutes(state),
      ...oauthRoutes(grants, oauth),
    ],
    description: ApiDescription.load('bitbucket.json', bitbucketDescription),
    accounts,
    grants,
    port,
    exposedHeaders: exposedHeaders.bitbucket,
    unauthorized: ({ headers }) =>
      headers.authorization === undefined
        ? problem(401, 'Authentication required.')
        : problem(401, 'Token is invalid, expired, or not supported for this endpoint.'),
  });
  state.origin = forge.origin;
  return { forge, state, grants };
}
