import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { BlobId, CommitId } from '../../core/model/ids.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { readTarGzip } from '../http/readTarGzip.ts';
import type { GitHubApi } from './api.ts';
import type { Wanted } from './blobBatches.ts';
import type { Place } from './places.ts';

/** Whole commits at once. */
export class Archives {
  /** In a browser the archive's server lets nobody read it; asking once is enough to know. */
  #isOutOfReach = false;

  constructor(private readonly api: GitHubApi) {}

  /**
   * Adds what it finds of `wanted` to `contents`; the rest is for others to read. Attributes of the repository may
   * leave files out or write something into them, so that only bytes with the right id count.
   */
  async read(
    place: Place,
    commit: CommitId,
    wanted: readonly Wanted[],
    contents: Map<BlobId, Uint8Array>,
    call: CallContext,
  ): Promise<void> {
    if (this.#isOutOfReach) return;
    const files = await this.#download(place, commit, call);
    await Promise.all(
      wanted.map(async ({ path, id }) => {
        const bytes = files.get(path);
        if (bytes !== undefined && (await this.api.tools.hasher.blobId(bytes)) === id) contents.set(id, bytes.slice());
      }),
    );
  }

  async #download(
    { owner, repo }: Place,
    commit: CommitId,
    call: CallContext,
  ): Promise<ReadonlyMap<string, Uint8Array>> {
    try {
      const answer = await this.api.ask(
        (octokit) => octokit.rest.repos.downloadTarballArchive({ owner, repo, ref: commit }),
        call,
        { elsewhere: true, maxBytes: limits.answerBytes },
      );
      this.api.accept(answer);
      return withoutTop(await readTarGzip(answer.bytes));
    } catch (error) {
      if (!Failure.is(error) || ['cancelled', 'rateLimited', 'signInNeeded'].includes(error.reason)) throw error;
      this.api.tools.log.info(`no archive (${error.reason}): files are read in batches`);
      this.#isOutOfReach = true;
      return new Map();
    }
  }
}

/** Everything is in one folder named after repository and commit. */
function withoutTop(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  return new Map([...files].map(([name, bytes]) => [name.slice(name.indexOf('/') + 1), bytes]));
}
