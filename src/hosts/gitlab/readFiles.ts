import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { BlobId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Tree } from '../../core/model/snapshot.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { FileRequest } from '../../ports/repositoryHost.ts';
import { repositoryPath } from './api.ts';
import { BlobBatches } from './blobBatches.ts';
import type { ProjectNames } from './projectNames.ts';
import type { FoundBlob, Reading, WantedBlob } from './reading.ts';
import { TextBlobs } from './textBlobs.ts';

/**
 * Reads many files: in batches where the server has them, else as texts by GraphQL, and one by one what is left. Only
 * bytes with the right blob id count, so that whatever was cut, recoded or taken for binary is read again. An archive
 * would be one request, but GitLab gives five of them a minute: batches are never much worse.
 */
export class FileReader {
  readonly #batches = new BlobBatches();
  readonly #texts: TextBlobs;

  constructor(
    private readonly hasher: Hasher,
    names: ProjectNames,
  ) {
    this.#texts = new TextBlobs(names);
  }

  async read(
    reading: Reading,
    files: readonly FileRequest[],
    treeAt: () => Promise<Tree>,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    const ids = await idsOf(files, treeAt);
    const contents = await this.#contents(reading, uniqueBlobs(ids));
    const answer = new Map<RepoPath, Uint8Array>();
    for (const [path, id] of ids) {
      const bytes = contents.get(id);
      if (bytes !== undefined) answer.set(path, bytes);
    }
    return answer;
  }

  async #contents(reading: Reading, wanted: readonly WantedBlob[]): Promise<ReadonlyMap<BlobId, Uint8Array>> {
    const contents = new Map<BlobId, Uint8Array>();
    if (wanted.length === 0) return contents;
    const found = (await this.#batches.read(reading, wanted)) ?? (await this.#texts.read(reading, wanted));
    await Promise.all(found.map((blob) => this.#keep(contents, blob)));
    const left = wanted.filter(({ id }) => !contents.has(id));
    await Promise.all(left.map(async (blob) => contents.set(blob.id, await this.#readAlone(reading, blob))));
    return contents;
  }

  async #keep(contents: Map<BlobId, Uint8Array>, { id, bytes }: FoundBlob): Promise<void> {
    if ((await this.hasher.blobId(bytes)) === id) contents.set(id, bytes);
  }

  /** By its id, not by its path: a pointer to large file storage stays what it is, and no name is in the way. */
  async #readAlone({ call, repository }: Reading, { id, path }: WantedBlob): Promise<Uint8Array> {
    const about = call.about({ paths: [path] });
    const options = { accept: '*/*', maxBytes: limits.fileBytes };
    const { bytes } = await about.ask('GET', `${repositoryPath(repository)}/blobs/${id}/raw`, options);
    if ((await this.hasher.blobId(bytes)) === id) return bytes;
    throw new Failure('unexpectedAnswer', { ...about.facts, detail: 'other contents than the repository has' });
  }
}

/** The tree is asked only where a file comes without its id. Links and submodules are no files. */
async function idsOf(
  files: readonly FileRequest[],
  treeAt: () => Promise<Tree>,
): Promise<ReadonlyMap<RepoPath, BlobId>> {
  const tree = files.some(({ id }) => id === undefined) ? await treeAt() : undefined;
  const ids = new Map<RepoPath, BlobId>();
  for (const { path, id } of files) {
    const entry = tree?.get(path);
    const known = id ?? (entry?.kind === 'regular' || entry?.kind === 'executable' ? entry.id : undefined);
    if (known !== undefined) ids.set(path, known);
  }
  return ids;
}

function uniqueBlobs(ids: ReadonlyMap<RepoPath, BlobId>): readonly WantedBlob[] {
  return [...new Map([...ids].map(([path, id]) => [id, { id, path }])).values()];
}
