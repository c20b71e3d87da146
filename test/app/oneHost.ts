import { homedir } from 'node:os';
import { parseAddress } from '../../src/hosts/git/address.ts';
import type { HostId, RepositoryRef } from '../../src/core/model/repository.ts';
import type { Hosts } from '../../src/ports/hosts.ts';
import type { RepositoryHost } from '../../src/ports/repositoryHost.ts';

/** One adapter of the `git` host for every address. */
export class OneHost implements Hosts {
  readonly descriptions = [];

  constructor(private readonly host: RepositoryHost) {}

  open(): Promise<RepositoryHost> {
    return Promise.resolve(this.host);
  }

  openAs(): Promise<RepositoryHost> {
    return this.open();
  }

  parse(_host: HostId, address: string): RepositoryRef {
    return parseAddress(address, { home: homedir(), platform: process.platform });
  }

  parseOrigin(host: HostId, address: string): string {
    return this.parse(host, address).origin;
  }

  address({ id }: RepositoryRef): string {
    return id;
  }
}
