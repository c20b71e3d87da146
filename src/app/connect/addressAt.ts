import type { HostId } from '../../core/model/repository.ts';
import type { Hosts } from '../../ports/hosts.ts';

/**
 * What a person typed, as an address: where repositories are chosen from lists, a full name means one of the server
 * that was chosen. Whether it is a good one is for the host to say.
 */
export function addressAt(
  hosts: Pick<Hosts, 'descriptions' | 'address'>,
  host: HostId,
  origin: string | undefined,
  typed: string,
): string {
  const text = typed.trim();
  const isListed = hosts.descriptions.find(({ id }) => id === host)?.addressing === 'list';
  if (!isListed || origin === undefined) return text;
  const server = `${origin.replace(/^https?:\/\//, '')}/`;
  if (text.startsWith(server)) return origin.slice(0, -server.length + 1) + text;
  return isFullName(text) ? hosts.address({ host, origin, id: text, name: text }) : text;
}

/** Neither a URL nor `git@host:path`, and nothing that could become more than a name. */
function isFullName(text: string): boolean {
  return /^[^\s/:@?#%\\~.-][^:@?#%\\]*\/[^:@?#%\\]+$/.test(text);
}
