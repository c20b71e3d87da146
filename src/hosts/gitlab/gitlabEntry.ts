import type { HostEntry } from '../catalogue.ts';
import type { HttpTools } from '../http/httpTools.ts';
import { addressOf, gitlabOrigin, parseAddress, parseOrigin } from './address.ts';

/** gitlab.com and every GitLab of somebody's own, for the catalogue. */
export function gitlabEntry(tools: HttpTools): HostEntry {
  return {
    description: {
      id: 'gitlab',
      icon: 'repo',
      addressing: 'list',
      defaultOrigin: gitlabOrigin,
      selfManaged: true,
      token: {
        user: 'none',
        page: (origin) => `${origin}/-/user_settings/personal_access_tokens?name=API+Source+Control&scopes=api`,
        // `write_repository` is for Git over HTTP alone: only `api` commits.
        scopes: ['api'],
        lacks: (granted) => (granted.includes('api') ? [] : ['api']),
      },
    },
    parse: parseAddress,
    address: addressOf,
    parseOrigin,
    create: async (origin, session) => {
      const { GitLabHost } = await import('./gitlabHost.ts');
      return new GitLabHost(tools, origin, session);
    },
  };
}
