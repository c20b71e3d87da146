import { DataCenterForge } from '../../forge/bitbucketDataCenter/dataCenterForge.ts';
import type { SampleHost, SampleParts } from './sampleHost.ts';
import { filled, names, withWeather } from './sampleRepositories.ts';

/** A Bitbucket Data Center, with Git beside its API. */
export async function dataCenterSample({ sandbox, tokens, port, source }: SampleParts): Promise<SampleHost> {
  const forge = await DataCenterForge.start({ sandbox, accounts: tokens.accounts, port });
  const served = forge.addRepository('ACME', names.sample);
  filled(served.bare, source);
  forge.addRepository('ACME', names.empty);
  withWeather(forge.addRepository('GLOBEX', names.other).bare);
  return {
    id: 'bitbucketDataCenter',
    label: 'Bitbucket Data Center',
    server: forge.origin,
    tokens,
    owner: served.key,
    repository: served.slug,
    address: `${forge.origin}/projects/${served.key}/repos/${served.slug}`,
    bare: served.bare,
    forge: forge.http,
    protect: (branch) => forge.protect(served, branch),
    pullRequests: () => served.pullRequests,
    stop: () => forge.stop(),
  };
}
