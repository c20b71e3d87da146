import { boolean, nullish, object, optional, record, string } from 'valibot';
import type { BlobId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { parseAnswer } from '../http/parseAnswer.ts';
import type { GitHubApi } from './api.ts';
import { refusalOfErrors } from './failures.ts';
import type { Place } from './places.ts';

/** A file to be read. */
export interface Wanted {
  readonly path: RepoPath;
  readonly id: BlobId;
  readonly size?: number;
}

const filesPerBatch = 100;
/** GitHub gives up on a query after ten seconds. */
const bytesPerBatch = 4 * 1024 * 1024;
/** GraphQL cuts long texts: those are read by themselves. */
const longestText = 500_000;

const blobSchema = object({ isTruncated: optional(boolean()), text: nullish(string()) });
const batchSchema = object({ repository: nullish(record(string(), nullish(blobSchema))) });

/** What is asked for together: each content once, as many as GitHub takes well; nothing that is no text for sure. */
export function inBatches(wanted: readonly Wanted[]): readonly (readonly BlobId[])[] {
  const batches: BlobId[][] = [];
  const seen = new Set<BlobId>();
  let bytes = Number.POSITIVE_INFINITY;
  for (const { id, size = 0 } of wanted) {
    if (seen.has(id) || size > longestText) continue;
    seen.add(id);
    bytes += size;
    if (bytes > bytesPerBatch || batches.at(-1)?.length === filesPerBatch) {
      batches.push([]);
      bytes = size;
    }
    batches.at(-1)?.push(id);
  }
  return batches;
}

/**
 * Adds the texts among `ids` to `contents`. A text is taken only when its bytes have the id that was asked for: GitHub
 * decodes them, and what was no UTF-8, or began with a byte order mark, may come out different.
 */
export async function readTexts(
  api: GitHubApi,
  { owner, repo, facts }: Place,
  ids: readonly BlobId[],
  contents: Map<BlobId, Uint8Array>,
  call: CallContext,
): Promise<void> {
  const variables = Object.fromEntries(ids.map((id, index) => [`o${String(index)}`, id]));
  const graph = await api.query(blobsQuery(ids.length), { owner, name: repo, ...variables }, call, facts);
  const { repository } = parseAnswer(batchSchema, graph.data ?? {}, api.facts(facts));
  if (!repository) throw refusalOfErrors(graph, api.facts(facts));
  await Promise.all(
    ids.map(async (id, index) => {
      const blob = repository[`f${String(index)}`];
      if (typeof blob?.text !== 'string' || blob.isTruncated === true) return;
      const bytes = new TextEncoder().encode(blob.text);
      if ((await api.tools.hasher.blobId(bytes)) === id) contents.set(id, bytes);
    }),
  );
}

function blobsQuery(count: number): string {
  const indices = Array.from({ length: count }, (_, index) => String(index));
  const variables = indices.map((index) => `$o${index}: GitObjectID!`).join(', ');
  const fields = indices.map((index) => `f${index}: object(oid: $o${index}) { ...text }`).join('\n    ');
  return `query Blobs($owner: String!, $name: String!, ${variables}) {
  repository(owner: $owner, name: $name) {
    ${fields}
  }
}
fragment text on Blob { isTruncated text }`;
}
