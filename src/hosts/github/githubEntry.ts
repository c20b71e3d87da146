import type { HostEntry } from '../catalogue.ts';
import type { HttpTools } from '../http/httpTools.ts';
import { addressOf, githubOrigin, parseAddress, parseOrigin } from './address.ts';
import { lackingScopes, neededScopes } from './scopes.ts';

/** github.com, GitHub Enterprise Server and GHE.com, for the catalogue. */
export function githubEntry(tools: HttpTools): HostEntry {
  return {
    description: {
      id: 'github',
      icon: 'github',
      addressing: 'list',
      defaultOrigin: githubOrigin,
      selfManaged: true,
      token: {
        user: 'none',
        page: (origin) =>
          `${origin}/settings/tokens/new?scopes=${neededScopes.join(',')}&description=API+Source+Control`,
        scopes: neededScopes,
        lacks: lackingScopes,
      },
    },
    parse: parseAddress,
    address: addressOf,
    parseOrigin,
    create: async (origin, session) => {
      const { GitHubHost } = await import('./githubHost.ts');
      return new GitHubHost(tools, origin, session);
    },
  };
}
