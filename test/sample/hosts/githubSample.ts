import { GitHubForge } from '../../forge/github/githubForge.ts';
import type { SampleHost, SampleParts } from './sampleHost.ts';
import { emptyRepository, names, otherRepository, sampleRepository } from './sampleRepositories.ts';

/** A GitHub Enterprise Server. */
export async function githubSample(parts: SampleParts): Promise<SampleHost> {
  const { tokens, port } = parts;
  const forge = await GitHubForge.start({ accounts: tokens.accounts, port });
  const acme = forge.addOwner('acme');
  const bare = sampleRepository(parts);
  const served = forge.addRepository(acme, names.sample, bare);
  forge.addRepository(acme, names.empty, emptyRepository(parts));
  forge.addRepository(forge.addOwner('globex'), names.other, otherRepository(parts));
  return {
    id: 'github',
    label: 'GitHub',
    server: forge.http.origin,
    tokens,
    owner: acme.login,
    repository: served.name,
    address: `${forge.http.origin}/${acme.login}/${served.name}`,
    bare,
    forge: forge.http,
    grants: forge.grants,
    protect: (branch) => void served.protectedBranches.add(branch),
    pullRequests: () => served.pulls.map(({ head, base }) => ({ from: head, to: base })),
    stop: () => forge.stop(),
  };
}
