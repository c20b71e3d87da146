import { Failure } from '../../core/errors.ts';
import type { HostId } from '../../core/model/repository.ts';
import type { Hosts } from '../../ports/hosts.ts';

/** @throws Failure `unsafeUrl` for a host that does not work here: no page and no step of ours offers one. */
export function hostId({ descriptions }: Hosts, id: string): HostId {
  const host = descriptions.find((description) => description.id === id);
  if (host === undefined) throw new Failure('unsafeUrl', { repository: id });
  return host.id;
}
