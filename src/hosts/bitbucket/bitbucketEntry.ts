import type { HostEntry } from '../catalogue.ts';
import type { HttpTools } from '../http/httpTools.ts';
import { addressOf, bitbucketOrigin, parseAddress, parseOrigin } from './address.ts';
import type { BitbucketOptions } from './bitbucketOptions.ts';

/** Writing does not imply reading there. */
const neededScopes = [
  'read:user:bitbucket',
  'read:workspace:bitbucket',
  'read:repository:bitbucket',
  'write:repository:bitbucket',
  'read:pullrequest:bitbucket',
  'write:pullrequest:bitbucket',
] as const;

/** Bitbucket Cloud, for the catalogue. */
export function bitbucketEntry(tools: HttpTools, options: BitbucketOptions = { readsArchives: true }): HostEntry {
  return {
    description: {
      id: 'bitbucket',
      icon: 'repo',
      addressing: 'list',
      defaultOrigin: bitbucketOrigin,
      selfManaged: false,
      token: {
        user: 'email',
        page: () => 'https://id.atlassian.com/manage-profile/security/api-tokens',
        scopes: neededScopes,
        lacks: (granted) => neededScopes.filter((scope) => !granted.includes(scope)),
      },
    },
    parse: parseAddress,
    address: addressOf,
    parseOrigin,
    create: async (origin, session) => {
      const { BitbucketHost } = await import('./bitbucketHost.ts');
      return new BitbucketHost(tools, origin, session, options);
    },
  };
}
