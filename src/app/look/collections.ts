import type { CollectionOutline } from '../../core/collection/collectionOutline.ts';
import { readOutline } from '../../core/collection/readOutline.ts';
import type { BlobId } from '../../core/model/ids.ts';
import { isBelow, type RepoPath } from '../../core/model/repoPath.ts';
import type { Api } from '../../core/model/api.ts';
import type { CollectionStatus } from '../apiNode.ts';
import type { Ground } from './ground.ts';

type Contents = ReadonlyMap<RepoPath, Uint8Array>;

/** Files below the collection folder that are a collection on at least one side; everything else there is left alone. */
export async function collectionsOf(api: Api, ground: Ground): Promise<readonly CollectionStatus[]> {
  const { base, local, remote, knowledge, understood, call } = ground;
  const candidates = await candidatesOf(api, ground);
  const unread = (idOf: (path: RepoPath) => BlobId | undefined): RepoPath[] =>
    candidates.filter((path) => {
      const id = idOf(path);
      return id === undefined || !knowledge.outlines.has(id);
    });
  const here = (path: RepoPath): BlobId | undefined => local.versionOf(path)?.id;
  const there = (path: RepoPath): BlobId | undefined => remote.idOf(path);
  const before = (path: RepoPath): BlobId | undefined => base.versions.get(path)?.id;
  remember(ground, await understood(await local.read(unread(here))), here);
  remember(ground, await understood(await remote.read(unread(there), call)), there);
  remember(ground, await understood(await base.read(unread(before), call)), before);
  const found: CollectionStatus[] = [];
  for (const path of candidates) {
    const ids = [here(path), there(path), before(path)];
    const outline = firstOutline(ids, ground);
    if (outline === undefined) continue;
    if (here(path) !== undefined) found.push({ path, presence: 'here', outline });
    else if (there(path) !== undefined || before(path) !== undefined)
      found.push({ path, presence: 'incoming', outline });
  }
  return found;
}

/** Remote candidates of which it is not known yet whether they are collections. */
export function unknownRemoteCollections(api: Api, { remote, knowledge }: Ground): readonly RepoPath[] {
  return [...remote.paths()].filter((path) => {
    if (!isBelow(path, api.collectionFolder)) return false;
    const id = remote.idOf(path);
    return id === undefined || !knowledge.outlines.has(id);
  });
}

async function candidatesOf(api: Api, { base, local, remote }: Ground): Promise<readonly RepoPath[]> {
  const inFolder = (paths: Iterable<RepoPath>): RepoPath[] =>
    [...paths].filter((path) => isBelow(path, api.collectionFolder));
  const elsewhere = new Set([...inFolder(base.versions.keys()), ...inFolder(remote.paths())]);
  const here = await local.learnFolder(api.collectionFolder);
  await local.learn(elsewhere);
  return [...new Set([...here, ...elsewhere])].sort();
}

function remember({ knowledge }: Ground, contents: Contents, idOf: (path: RepoPath) => BlobId | undefined): void {
  for (const [path, bytes] of contents) {
    const id = idOf(path);
    if (id !== undefined) knowledge.outlines.set(id, readOutline(bytes) ?? null);
  }
}

function firstOutline(ids: readonly (BlobId | undefined)[], { knowledge }: Ground): CollectionOutline | undefined {
  for (const id of ids) {
    const outline = id === undefined ? undefined : knowledge.outlines.get(id);
    if (outline) return outline;
  }
  return undefined;
}
