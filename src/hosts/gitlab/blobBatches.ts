import { array } from 'valibot';
import { decodeBase64 } from '../http/base64.ts';
import { chunksOf } from '../http/chunksOf.ts';
import { failureOf } from '../http/failureOf.ts';
import { repositoryPath } from './api.ts';
import type { FoundBlob, Reading, WantedBlob } from './reading.ts';
import { batchedBlobSchema } from './schemas.ts';

/** GitLab's own limit; each file is cut at one megabyte. */
const atOnce = 20;

/** `POST repository/blobs/batch`, which servers have from 19 on. */
export class BlobBatches {
  /** `undefined`: nobody has asked the server yet. */
  #isThere: boolean | undefined;

  /** Whatever of the blobs came whole; `undefined`: the server has no batches. */
  async read(reading: Reading, wanted: readonly WantedBlob[]): Promise<readonly FoundBlob[] | undefined> {
    if (this.#isThere === false) return undefined;
    const chunks = chunksOf(wanted, atOnce);
    // One request finds out what all the others would.
    const tried = this.#isThere === undefined ? 1 : 0;
    const answers = await Promise.all(chunks.slice(0, tried).map((chunk) => this.#read(reading, chunk)));
    if (answers.includes(undefined)) return undefined;
    answers.push(...(await Promise.all(chunks.slice(tried).map((chunk) => this.#read(reading, chunk)))));
    return answers.flatMap((found) => found ?? []);
  }

  async #read(
    { call, repository, commit }: Reading,
    wanted: readonly WantedBlob[],
  ): Promise<readonly FoundBlob[] | undefined> {
    const body = JSON.stringify({ files: wanted.map(({ path }) => ({ path, ref: commit })) });
    const path = `${repositoryPath(repository)}/blobs/batch`;
    const answer = await call.send('POST', path, { body, repeatable: true });
    // Of a project that is not there GitLab says so; of a path that it does not know, nothing but "404 Not Found".
    const isProjectMissing = /project not found/i.test(failureOf(answer, {}).facts.detail ?? '');
    if (answer.status === 405 || (answer.status === 404 && !isProjectMissing)) {
      this.#isThere = false;
      return undefined;
    }
    const blobs = call.parse(array(batchedBlobSchema), call.accepted(answer).json());
    this.#isThere = true;
    const ids = new Map(wanted.map(({ path: name, id }) => [name as string, id]));
    return blobs.flatMap(({ path: name, truncated, content }) => {
      const id = ids.get(name);
      return id === undefined || truncated ? [] : [{ id, bytes: decodeBase64(content) }];
    });
  }
}
