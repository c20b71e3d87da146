import { Failure } from '../../core/errors.ts';
import { asCommitId, type CommitId } from '../../core/model/ids.ts';
import type { CommitInfo } from '../../core/model/repository.ts';
import { repositoryPath, type GitLabCall } from './api.ts';
import { isUnknownReference } from './failures.ts';
import { resourcesOf } from './resources.ts';
import { commitSchema, mergeBaseSchema } from './schemas.ts';

export async function commitsBetween(
  call: GitLabCall,
  repository: string,
  from: CommitId | undefined,
  to: CommitId,
  limit: number,
): Promise<readonly CommitInfo[]> {
  if (from === undefined) return list(call, repository, to, limit);
  const found = await listSince(call, repository, from, to, limit);
  if (found.length > 0) return found;
  // Nothing is new, or GitLab has forgotten `from`: then everything is.
  return (await isKnown(call, repository, from, to)) ? [] : list(call, repository, to, limit);
}

/** A commit is its own ancestor. */
export async function isAncestor(
  call: GitLabCall,
  repository: string,
  ancestor: CommitId,
  of: CommitId,
): Promise<boolean> {
  return ancestor === of || (await mergeBase(call, repository, ancestor, of)) === ancestor;
}

/** Some versions refuse a range with an end that they do not know, others find nothing in it. */
async function listSince(
  call: GitLabCall,
  repository: string,
  from: CommitId,
  to: CommitId,
  limit: number,
): Promise<readonly CommitInfo[]> {
  try {
    return await list(call, repository, `${from}..${to}`, limit);
  } catch (error) {
    if (Failure.is(error, 'hostError')) return [];
    throw error;
  }
}

async function list(
  call: GitLabCall,
  repository: string,
  range: string,
  limit: number,
): Promise<readonly CommitInfo[]> {
  const query = { ref_name: range, order: 'topo', per_page: Math.min(limit, 100) };
  const commits: CommitInfo[] = [];
  for await (const page of call.pages(commitSchema, `${repositoryPath(repository)}/commits`, query, true)) {
    for (const { id, parent_ids: parents, message } of page) {
      // A commit's message ends with a line feed that nobody typed.
      commits.push({ id: asCommitId(id), parents: parents.map(asCommitId), message: message.replace(/\n+$/, '') });
    }
    if (commits.length >= limit) break;
  }
  return commits.slice(0, limit);
}

async function isKnown(call: GitLabCall, repository: string, commit: CommitId, other: CommitId): Promise<boolean> {
  try {
    await resourcesOf(call).repositories.mergeBase(repository, [commit, other]);
    return true;
  } catch (error) {
    if (!Failure.is(error) || !isUnknownReference(error)) throw error;
    return !(error.facts.detail ?? '').includes(commit);
  }
}

/** `undefined` where one of them is unknown, or the two have nothing in common. */
async function mergeBase(call: GitLabCall, repository: string, a: CommitId, b: CommitId): Promise<string | undefined> {
  try {
    return call.parse(mergeBaseSchema, await resourcesOf(call).repositories.mergeBase(repository, [a, b])).id;
  } catch (error) {
    if (Failure.is(error) && isUnknownReference(error)) return undefined;
    throw error;
  }
}
