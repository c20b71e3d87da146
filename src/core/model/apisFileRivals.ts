import type { Node } from 'jsonc-parser';
import type { Api } from './api.ts';
import type { Refuse } from './apisFileEntry.ts';
import { child } from './apisFileNodes.ts';
import { foldersOverlap, isSameFolder } from './foldersOverlap.ts';

/** An entry in which nothing is wrong by itself. */
export interface SoundEntry {
  readonly node: Node;
  readonly api: Api;
}

/** What is wrong between entries that are each sound; they work all the same, so the person can mend it here. */
export function refuseRivals(entries: readonly SoundEntry[], refuse: Refuse): void {
  for (const [index, { node, api }] of entries.entries()) {
    const before = entries.slice(0, index).map((entry) => entry.api);
    if (before.some(({ name }) => name === api.name)) refuse('duplicateName', child(node, 'name') ?? node, 'name');
    if (before.some((other) => areRivals(other, api))) refuse('sharedFolder', child(node, 'folder') ?? node, 'folder');
  }
}

/** A folder belongs to one repository, and no file to two checkouts. */
function areRivals(a: Api, b: Api): boolean {
  if (a.connection === undefined || b.connection === undefined) return false;
  if (!foldersOverlap(a.folder, b.folder)) return false;
  if (!isSameFolder(a.folder, b.folder)) return true;
  const { host, origin, id } = a.connection.repository;
  const { repository } = b.connection;
  return repository.host !== host || repository.origin !== origin || repository.id !== id;
}
