import { AzureDevOpsForge } from '../../forge/azureDevOps/azureDevOpsForge.ts';
import type { SampleHost, SampleParts } from './sampleHost.ts';
import { emptyRepository, names, otherRepository, sampleRepository } from './sampleRepositories.ts';

/** An organization of Azure DevOps with two projects. */
export async function azureDevOpsSample(parts: SampleParts): Promise<SampleHost> {
  const { tokens, port } = parts;
  const forge = await AzureDevOpsForge.start(undefined, { accounts: tokens.accounts, port });
  const project = forge.addProject('Acme Platform');
  const bare = sampleRepository(parts);
  const served = forge.addRepository(project, names.sample, bare);
  forge.addRepository(project, names.empty, emptyRepository(parts));
  forge.addRepository(forge.addProject('Globex'), names.other, otherRepository(parts));
  return {
    id: 'azureDevOps',
    label: 'Azure DevOps',
    server: forge.origin,
    tokens,
    owner: project.name,
    repository: names.sample,
    address: `${forge.origin}/${encodeURIComponent(project.name)}/_git/${served.name}`,
    bare,
    forge: forge.http,
    protect: (branch) => void forge.organization.protectedRefs.add(`refs/heads/${branch}`),
    pullRequests: () =>
      served.pullRequests.map(({ source, target }) => ({ from: branchName(source), to: branchName(target) })),
    stop: () => forge.stop(),
  };
}

function branchName(ref: string): string {
  return ref.replace('refs/heads/', '');
}
