import { limits } from '../../core/limits.ts';
import type { BlobId, CommitId } from '../../core/model/ids.ts';
import { isRepoPath, type RepoPath } from '../../core/model/repoPath.ts';
import type { CallContext, FileRequest } from '../../ports/repositoryHost.ts';
import type { HttpTools } from '../http/httpTools.ts';
import type { BitbucketApi } from './api.ts';
import type { Archives } from './archives.ts';
import type { SourceFile } from './listTree.ts';
import type { Trees } from './tree.ts';

/** As many as the transport lets run, and as many that wait for a place. */
const atOnce = 8;

type Contents = ReadonlyMap<RepoPath, Uint8Array>;

/** Contents of files by commit and path, one request each or all in one archive; their ids are computed here. */
export class FileReader {
  constructor(
    private readonly api: BitbucketApi,
    private readonly trees: Trees,
    private readonly archives: Archives,
    private readonly tools: Pick<HttpTools, 'hasher' | 'log'>,
  ) {}

  /** Leaves out what is no file, and what Git LFS keeps: the host gives no pointer, which is what the repository has. */
  async read(
    repository: string,
    commit: CommitId,
    requests: readonly FileRequest[],
    call: CallContext,
  ): Promise<Contents> {
    const tree = await this.trees.get(repository, commit, call);
    const wanted = new Map(requests.flatMap(({ path }) => pair(path, tree.get(path))));
    const files = [...wanted.values()].filter(isReadable);
    this.#noteLfs([...wanted.values()].filter(({ lfs }) => lfs === true).length);
    const archived: Contents = this.archives.isWorth(tree, files)
      ? await this.archives.read(repository, commit, tree, files, call)
      : new Map();
    const missing = files.filter(({ path }) => !archived.has(path));
    const contents = new Map([...archived, ...(await this.#readEach(repository, commit, missing, call))]);
    await this.#learn(repository, commit, contents, call);
    return contents;
  }

  async #readEach(
    repository: string,
    commit: CommitId,
    files: readonly SourceFile[],
    call: CallContext,
  ): Promise<Contents> {
    const contents = new Map<RepoPath, Uint8Array>();
    // Shared by all that read: the first failure ends it.
    const queue = iterate(files);
    const readNext = async (): Promise<void> => {
      for (const { path } of queue) {
        const bytes = await this.#readOne(repository, commit, path, call);
        if (bytes !== undefined) contents.set(path, bytes);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, readNext));
    return contents;
  }

  async #readOne(
    repository: string,
    commit: CommitId,
    path: RepoPath,
    call: CallContext,
  ): Promise<Uint8Array | undefined> {
    const url = this.api.repositoryUrl(repository, '/src/{commit}/{path}', { commit, path });
    const request = { method: 'GET', url, accept: '*/*', elsewhere: true, maxBytes: limits.fileBytes } as const;
    const answer = await this.api.http.send(request, call);
    if (answer.status === 404) return undefined;
    if (answer.status >= 300) throw this.api.refusal(answer, repository);
    // Sent on to where large files are kept: LFS, though the listing did not say so.
    if (new URL(answer.url).origin !== new URL(url).origin) {
      this.#noteLfs(1);
      return undefined;
    }
    return answer.bytes;
  }

  async #learn(repository: string, commit: CommitId, contents: Contents, call: CallContext): Promise<void> {
    const hashed = [...contents].map(async ([path, bytes]): Promise<readonly [RepoPath, BlobId]> => {
      return [path, await this.tools.hasher.blobId(bytes)];
    });
    await this.trees.learn(repository, commit, new Map(await Promise.all(hashed)), call);
  }

  #noteLfs(count: number): void {
    if (count > 0) this.tools.log.warn(`Bitbucket: left out what Git LFS keeps (${String(count)})`);
  }
}

function* iterate<Item>(items: readonly Item[]): Generator<Item> {
  yield* items;
}

function pair(path: RepoPath, file: SourceFile | undefined): readonly (readonly [RepoPath, SourceFile])[] {
  return file === undefined ? [] : [[path, file]];
}

/** A path that a URL would resolve to another one cannot be asked for. */
function isReadable({ path, kind, lfs }: SourceFile): boolean {
  return (kind === 'regular' || kind === 'executable') && lfs !== true && isRepoPath(path);
}
