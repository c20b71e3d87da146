import { Failure } from '../../core/errors.ts';
import { chunksOf } from '../http/chunksOf.ts';
import type { ProjectNames } from './projectNames.ts';
import type { FoundBlob, Reading, WantedBlob } from './reading.ts';
import { textBlobsSchema } from './schemas.ts';

/** A page of GraphQL. */
const most = 100;
/** Where even fewer are refused, asking one by one is no worse. */
const fewest = 6;
const textsOf = `query Texts($project: ID!, $commit: String!, $paths: [String!]!) {
  project(fullPath: $project) {
    repository { blobs(ref: $commit, paths: $paths) { nodes { path rawTextBlob } } }
  }
}`;

/** Texts by GraphQL: what is binary comes as nothing, what is no UTF-8 comes recoded. */
export class TextBlobs {
  /** Servers bound the complexity of a query and the size of an answer, each version in its own way. */
  #atOnce = most;

  constructor(private readonly names: ProjectNames) {}

  async read(reading: Reading, wanted: readonly WantedBlob[]): Promise<readonly FoundBlob[]> {
    // All of them need the name.
    await this.names.find(reading.call, reading.repository);
    const chunks = chunksOf(wanted, this.#atOnce);
    const found = await Promise.all(chunks.map((chunk) => this.#readOrHalve(reading, chunk)));
    return found.flat();
  }

  async #readOrHalve(reading: Reading, wanted: readonly WantedBlob[]): Promise<readonly FoundBlob[]> {
    try {
      return await this.#read(reading, wanted);
    } catch (error) {
      if (!Failure.is(error, 'hostError', 'serverError', 'tooLarge')) throw error;
    }
    const half = Math.ceil(wanted.length / 2);
    if (half < fewest) return [];
    this.#atOnce = Math.min(this.#atOnce, half);
    const found = await Promise.all(chunksOf(wanted, half).map((chunk) => this.#readOrHalve(reading, chunk)));
    return found.flat();
  }

  async #read(reading: Reading, wanted: readonly WantedBlob[]): Promise<readonly FoundBlob[]> {
    const { call, repository } = reading;
    const nodes =
      (await this.#nodes(reading, wanted, await this.names.find(call, repository))) ??
      (await this.#nodes(reading, wanted, await this.names.lookUp(call, repository))) ??
      [];
    const ids = new Map(wanted.map(({ path, id }) => [path as string, id]));
    return nodes.flatMap((node) => {
      const id = node === null ? undefined : ids.get(node.path);
      if (id === undefined || node === null || node.rawTextBlob === null) return [];
      return [{ id, bytes: new TextEncoder().encode(node.rawTextBlob) }];
    });
  }

  /** `undefined`: there is no project of that name, any more. */
  async #nodes({ call, commit }: Reading, wanted: readonly WantedBlob[], project: string) {
    const variables = { project, commit, paths: wanted.map(({ path }) => path) };
    const answer = await call.query(textBlobsSchema, textsOf, variables);
    return answer.project === null ? undefined : answer.project.repository?.blobs?.nodes;
  }
}
