import type { RepositoryHost } from '../../src/ports/repositoryHost.ts';
import { AzureDevOpsBench } from '../contract/azureDevOps/azureDevOpsBench.ts';
import { bitbucketBench } from '../contract/bitbucket/bitbucketBench.ts';
import type { RushedTime } from '../contract/forgeTools.ts';
import { GitHubBench } from '../contract/github/githubBench.ts';
import { GitLabBench } from '../contract/gitlab/gitlabBench.ts';
import type { GitRepository } from '../forge/git/gitRepository.ts';
import type { Forge } from '../forge/http/forge.ts';

/** One repository, the forge in front of it, and an adapter that talks to the forge. */
export interface ServedHost {
  readonly forge: Forge;
  readonly repository: GitRepository;
  readonly host: RepositoryHost;
  readonly id: string;
  readonly time: RushedTime;
  close(): void | Promise<void>;
}

export async function serveGitHub(): Promise<ServedHost> {
  const bench = await GitHubBench.open();
  return { ...served(bench), forge: bench.forge.http, host: bench.host() };
}

export async function serveGitLab(): Promise<ServedHost> {
  const bench = await GitLabBench.open();
  return { ...served(bench), forge: bench.forge.http, host: bench.host() };
}

export async function serveAzureDevOps(): Promise<ServedHost> {
  const bench = await AzureDevOpsBench.open();
  return { ...served(bench), forge: bench.forge.http, host: bench.host() };
}

export async function serveBitbucket(): Promise<ServedHost> {
  const { world, forge, git, tools, repository } = await bitbucketBench();
  const { host } = world;
  return { forge, repository: git, host, id: repository.id, time: tools.time, close: () => world.close() };
}

interface Bench {
  readonly repository: GitRepository;
  readonly id: string;
  readonly tools: { readonly time: RushedTime };
  close(): Promise<void>;
}

function served(bench: Bench): Pick<ServedHost, 'repository' | 'id' | 'time' | 'close'> {
  return { repository: bench.repository, id: bench.id, time: bench.tools.time, close: () => bench.close() };
}
