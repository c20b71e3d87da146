import { array, type InferOutput } from 'valibot';
import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import { asBlobId, type CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Tree, TreeEntry } from '../../core/model/snapshot.ts';
import type { HttpAnswer } from '../http/httpMessages.ts';
import { kindOfMode } from '../http/kindOfMode.ts';
import { repositoryPath, type GitLabCall } from './api.ts';
import { treeEntrySchema } from './schemas.ts';

type Entry = InferOutput<typeof treeEntrySchema>;

/** Reads trees: whole in one request, or page by page where the server or the repository wants it so. */
export class TreeReader {
  /** Older servers know no `pagination=none`. */
  #isWholeRefused = false;

  async read(call: GitLabCall, repository: string, commit: CommitId): Promise<Tree> {
    const path = `${repositoryPath(repository)}/tree`;
    const query = { ref: commit, recursive: true };
    const whole = this.#isWholeRefused ? undefined : await this.#whole(call, path, query);
    if (whole !== undefined) return treeOf(call, whole);
    const entries: Entry[] = [];
    for await (const page of call.pages(
      treeEntrySchema,
      path,
      { ...query, pagination: 'keyset', per_page: 100 },
      true,
    )) {
      entries.push(...page);
      refuseTooMany(call, entries);
    }
    return treeOf(call, entries);
  }

  /** `undefined`: it has to be read page by page. */
  async #whole(call: GitLabCall, path: string, query: object): Promise<readonly Entry[] | undefined> {
    const answer = await sentUnlessTooMuch(call, path, { ...query, pagination: 'none' });
    if (answer?.status === 400) this.#isWholeRefused = true;
    if (answer === undefined || answer.status === 400 || answer.status === 504) return undefined;
    return call.parse(array(treeEntrySchema), call.accepted(answer).json());
  }
}

/** A server that does not manage all of it in time, or within our bounds, may well manage a hundred entries. */
async function sentUnlessTooMuch(call: GitLabCall, path: string, query: object): Promise<HttpAnswer | undefined> {
  try {
    return await call.send('GET', path, { query: { ...query } });
  } catch (error) {
    if (Failure.is(error, 'timeout', 'tooLarge')) return undefined;
    throw error;
  }
}

function treeOf(call: GitLabCall, entries: readonly Entry[]): Tree {
  refuseTooMany(call, entries);
  const tree = new Map<RepoPath, TreeEntry>();
  for (const { type, path: name, id, mode } of entries) {
    const path = name as RepoPath;
    if (type !== 'tree') tree.set(path, { path, kind: kindOfMode(mode), id: asBlobId(id) });
  }
  return tree;
}

function refuseTooMany(call: GitLabCall, entries: readonly Entry[]): void {
  if (entries.length <= limits.treeEntries) return;
  throw new Failure('tooLarge', { ...call.facts, detail: `more than ${String(limits.treeEntries)} entries` });
}
