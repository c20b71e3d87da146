import { startBitbucketForge } from '../../forge/bitbucket/bitbucketForge.ts';
import type { SampleHost, SampleParts } from './sampleHost.ts';
import { emptyRepository, names, otherRepository, sampleRepository } from './sampleRepositories.ts';

/** Bitbucket Cloud, which takes an e-mail address beside the token. */
export async function bitbucketSample(parts: SampleParts): Promise<SampleHost> {
  const { tokens, port } = parts;
  const { forge, state, grants } = await startBitbucketForge(tokens.accounts, port);
  const workspace = state.addWorkspace('acme');
  const bare = sampleRepository(parts);
  const served = state.addRepository(workspace, bare);
  state.addRepository(workspace, emptyRepository(parts));
  state.addRepository(state.addWorkspace('globex'), otherRepository(parts));
  return {
    id: 'bitbucket',
    label: 'Bitbucket',
    server: forge.origin,
    email: 'ada@acme.example',
    tokens,
    owner: workspace.slug,
    repository: names.sample,
    address: `${forge.origin}/${served.fullName}`,
    bare,
    forge,
    grants,
    protect: (branch) => void served.restricted.add(branch),
    pullRequests: () => served.pullRequests,
    stop: async () => {
      state.close();
      await forge.stop();
    },
  };
}
