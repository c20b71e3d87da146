import type { OpenGitWriter } from '../../ports/gitWriter.ts';
import type { HostEntry } from '../catalogue.ts';
import type { HttpTools } from '../http/httpTools.ts';
import { addressOf, parseAddress, parseOrigin } from './address.ts';

/** Bitbucket on a server of one's own; without `openWriter` (no Git on this platform) it is read-only. */
export function bitbucketDataCenterEntry(tools: HttpTools, openWriter: OpenGitWriter | undefined): HostEntry {
  return {
    description: {
      id: 'bitbucketDataCenter',
      icon: 'server',
      addressing: 'list',
      selfManaged: true,
      token: {
        user: 'none',
        page: (origin) => `${origin}/plugins/servlet/access-tokens/manage`,
        scopes: ['Project read', 'Repository write'],
      },
    },
    parse: parseAddress,
    address: addressOf,
    parseOrigin,
    create: async (origin, session) => {
      const { BitbucketDataCenterHost } = await import('./bitbucketDataCenterHost.ts');
      return new BitbucketDataCenterHost(tools, origin, session, openWriter);
    },
  };
}
