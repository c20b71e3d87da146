import { GitLabForge } from '../../forge/gitlab/gitlabForge.ts';
import type { SampleHost, SampleParts } from './sampleHost.ts';
import { emptyRepository, names, otherRepository, sampleRepository } from './sampleRepositories.ts';

/** A GitLab of somebody's own; the sample is a subgroup's. */
export async function gitlabSample(parts: SampleParts): Promise<SampleHost> {
  const { tokens, port } = parts;
  const forge = await GitLabForge.start({ accounts: tokens.accounts, port });
  forge.addGroup('acme');
  forge.addGroup('globex');
  const group = forge.addGroup('acme/platform', 'acme / platform');
  const bare = sampleRepository(parts);
  const served = forge.addProject(`${group.full_path}/${names.sample}`, bare);
  forge.addProject(`${group.full_path}/${names.empty}`, emptyRepository(parts));
  forge.addProject(`globex/${names.other}`, otherRepository(parts));
  return {
    id: 'gitlab',
    label: 'GitLab',
    server: forge.origin,
    tokens,
    owner: group.full_name,
    repository: names.sample,
    address: `${forge.origin}/${served.path}`,
    bare,
    forge: forge.http,
    grants: forge.grants,
    protect: (branch) => void served.protectedBranches.add(branch),
    pullRequests: () => served.mergeRequests.map(({ source, target }) => ({ from: source, to: target })),
    stop: () => forge.stop(),
  };
}
