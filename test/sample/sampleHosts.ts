import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { GitSandbox } from '../forge/git/gitCommand.ts';
import { freePort } from '../workbench/freePort.ts';
import { azureDevOpsSample } from './hosts/azureDevOpsSample.ts';
import { bitbucketSample } from './hosts/bitbucketSample.ts';
import { dataCenterSample } from './hosts/dataCenterSample.ts';
import { githubSample } from './hosts/githubSample.ts';
import { gitlabSample } from './hosts/gitlabSample.ts';
import type { SampleHost } from './hosts/sampleHost.ts';
import { SampleTokens } from './hosts/sampleTokens.ts';

const makers = {
  github: githubSample,
  gitlab: gitlabSample,
  bitbucket: bitbucketSample,
  azureDevOps: azureDevOpsSample,
  bitbucketDataCenter: dataCenterSample,
} as const;

export type SampleHostId = keyof typeof makers;

const every = Object.keys(makers) as readonly SampleHostId[];

/**
 * Starts stand-ins of the hosts, each with a copy of the repository `source`. What is in `folder` already is taken up
 * again, addresses included, so that what was connected at an earlier start still is; tokens are new at every start.
 */
export async function startSampleHosts(
  source: string,
  folder: string,
  wanted: readonly SampleHostId[] = every,
): Promise<readonly SampleHost[]> {
  await mkdir(folder, { recursive: true });
  const portsFile = path.join(folder, 'ports.json');
  const ports = await rememberedPorts(portsFile);
  const hosts: SampleHost[] = [];
  for (const id of wanted) {
    const sandbox = new GitSandbox(path.join(folder, id));
    const port = await freePort(ports[id]);
    hosts.push(await makers[id]({ sandbox, tokens: new SampleTokens(), port, source }));
    ports[id] = port;
  }
  await writeFile(portsFile, JSON.stringify(ports));
  return hosts;
}

async function rememberedPorts(file: string): Promise<Record<string, number>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, number>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
