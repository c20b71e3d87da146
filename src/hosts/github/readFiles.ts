import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { BlobId, CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Tree, TreeEntry } from '../../core/model/snapshot.ts';
import type { CallContext, FileRequest } from '../../ports/repositoryHost.ts';
import type { GitHubApi } from './api.ts';
import type { Archives } from './archives.ts';
import { inBatches, readTexts, type Wanted } from './blobBatches.ts';
import type { Place } from './places.ts';
import type { Trees } from './tree.ts';

/** Batches that one archive is cheaper than: it takes a redirect. */
const batchesOfAnArchive = 2;

/** Reads files by their ids: many texts at once, what is no text one by one, or all of a commit in its archive. */
export class FileReader {
  constructor(
    private readonly api: GitHubApi,
    private readonly trees: Trees,
    private readonly archives: Archives,
  ) {}

  async read(
    place: Place,
    commit: CommitId,
    files: readonly FileRequest[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    const needsTree = files.some(({ id }) => id === undefined);
    const tree = await (needsTree ? this.trees.read(place, commit, call) : this.trees.known(place, commit));
    const wanted = wantedOf(files, tree);
    refuseLarge(wanted, this.api.facts(place.facts));
    const contents = await this.#contents(place, commit, wanted, tree, call);
    const read = wanted.map(({ path, id }) => [path, contents.get(id)] as const);
    return new Map(read.filter((entry): entry is [RepoPath, Uint8Array] => entry[1] !== undefined));
  }

  async #contents(
    place: Place,
    commit: CommitId,
    wanted: readonly Wanted[],
    tree: Tree | undefined,
    call: CallContext,
  ): Promise<ReadonlyMap<BlobId, Uint8Array>> {
    const contents = new Map<BlobId, Uint8Array>();
    const isArchiveCheaper = inBatches(wanted).length > batchesOfAnArchive && isLargePart(wanted, tree);
    if (isArchiveCheaper) await this.archives.read(place, commit, wanted, contents, call);
    const batches = inBatches(wanted.filter(({ id }) => !contents.has(id)));
    await Promise.all(batches.map((batch) => readTexts(this.api, place, batch, contents, call)));
    const rest = new Set(wanted.map(({ id }) => id).filter((id) => !contents.has(id)));
    await Promise.all([...rest].map(async (id) => contents.set(id, await this.#readBlob(place, id, call))));
    return contents;
  }

  async #readBlob({ owner, repo, facts }: Place, id: BlobId, call: CallContext): Promise<Uint8Array> {
    const request = { owner, repo, file_sha: id, mediaType: { format: 'raw' } };
    const answer = await this.api.ask((octokit) => octokit.rest.git.getBlob(request), call, {
      maxBytes: limits.fileBytes,
    });
    this.api.accept(answer, facts);
    if ((await this.api.tools.hasher.blobId(answer.bytes)) === id) return answer.bytes;
    throw new Failure('unexpectedAnswer', { ...this.api.facts(facts), detail: 'other bytes than the ones asked for' });
  }
}

/** Those that are files, by what the tree says where it is known. */
function wantedOf(files: readonly FileRequest[], tree: Tree | undefined): readonly Wanted[] {
  return files.flatMap(({ path, id }): readonly Wanted[] => {
    const entry = tree?.get(path);
    if (tree !== undefined && !isFile(entry)) return [];
    const known = entry?.id ?? id;
    if (known === undefined) return [];
    return [entry?.size === undefined ? { path, id: known } : { path, id: known, size: entry.size }];
  });
}

function isFile(entry: TreeEntry | undefined): boolean {
  return entry?.kind === 'regular' || entry?.kind === 'executable';
}

function refuseLarge(wanted: readonly Wanted[], facts: object): void {
  const paths = wanted.filter(({ size = 0 }) => size > limits.fileBytes).map(({ path }) => path);
  if (paths.length > 0) throw new Failure('tooLarge', { ...facts, paths });
}

/** At least a quarter of the repository, and not more of it than is sensible to unpack. */
function isLargePart(wanted: readonly Wanted[], tree: Tree | undefined): boolean {
  if (tree === undefined) return false;
  let whole = 0;
  for (const { size = 0 } of tree.values()) whole += size;
  const part = wanted.reduce((sum, { size = 0 }) => sum + size, 0);
  return whole <= limits.answerBytes / 2 && part * 4 >= whole;
}
