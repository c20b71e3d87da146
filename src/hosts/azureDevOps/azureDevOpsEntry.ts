import type { HostEntry } from '../catalogue.ts';
import type { HttpTools } from '../http/httpTools.ts';
import { addressOf, parseAddress, parseOrigin } from './address.ts';

/** Azure DevOps, for the catalogue: an organization, or a collection of a server, is an origin. */
export function azureDevOpsEntry(tools: HttpTools): HostEntry {
  return {
    description: {
      id: 'azureDevOps',
      icon: 'azure-devops',
      addressing: 'list',
      selfManaged: true,
      token: {
        user: 'none',
        page: (origin) => `${origin}/_usersSettings/tokens`,
        scopes: ['Code (Read & write)', 'Project and Team (Read)'],
      },
    },
    parse: parseAddress,
    address: addressOf,
    parseOrigin,
    create: async (origin, session) => {
      const { AzureDevOpsHost } = await import('./azureDevOpsHost.ts');
      return new AzureDevOpsHost(tools, origin, session);
    },
  };
}
