import { homedir } from 'node:os';
import type { HostEntry } from '../catalogue.ts';
import { parseAddress } from './address.ts';
import type { GitHostOptions } from './gitHost.ts';

/** Any Git remote, for the catalogue. */
export function gitEntry(options: Omit<GitHostOptions, 'origin'>): HostEntry {
  return {
    description: { id: 'git', icon: 'git-branch', addressing: 'url', selfManaged: true },
    parse: (address) => {
      const { host, origin, id, name } = parseAddress(address, { home: homedir(), platform: process.platform });
      return { host, origin, id, name };
    },
    address: ({ id }) => id,
    parseOrigin: (address) => parseAddress(address, { home: homedir(), platform: process.platform }).origin,
    create: async (origin) => {
      const { GitHost } = await import('./gitHost.ts');
      return new GitHost({ ...options, origin });
    },
  };
}
