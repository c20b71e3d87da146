import { Failure } from '../../core/errors.ts';
import { isSameRemote } from '../../core/model/remoteSpelling.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { FoundClone } from '../../ports/workspaceClone.ts';

/** The clone's remote that is the repository, however its address is spelled; `undefined`: none is. */
export function remoteOf(
  { remotes }: Pick<FoundClone, 'remotes'>,
  repository: RepositoryRef,
  hosts: Pick<Hosts, 'parse'>,
): string | undefined {
  return remotes.find(({ addresses }) => addresses.some((address) => isAddressOf(address, repository, hosts)))?.name;
}

function isAddressOf(address: string, repository: RepositoryRef, hosts: Pick<Hosts, 'parse'>): boolean {
  if (repository.host === 'git') return isSameRemote(address, repository.id);
  const named = parsed(address, repository, hosts);
  if (named?.origin !== repository.origin) return false;
  // Hosts that name repositories take names in any case.
  return named.id === repository.id || named.name.toLowerCase() === repository.name.toLowerCase();
}

function parsed(address: string, { host }: RepositoryRef, hosts: Pick<Hosts, 'parse'>): RepositoryRef | undefined {
  try {
    return hosts.parse(host, address);
  } catch (error) {
    if (Failure.is(error)) return undefined;
    throw error;
  }
}
