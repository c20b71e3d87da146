import type { InferOutput } from 'valibot';
import { Failure } from '../../core/errors.ts';
import { asCommitId, type CommitId } from '../../core/model/ids.ts';
import type { Branch } from '../../core/model/repository.ts';
import { repositoryPath, type GitLabCall } from './api.ts';
import { resourcesOf } from './resources.ts';
import { branchSchema } from './schemas.ts';

export async function* listBranches(
  call: GitLabCall,
  repository: string,
  search: string,
): AsyncGenerator<readonly Branch[]> {
  const query = { per_page: 100, ...(search.trim() === '' ? {} : { search: search.trim() }) };
  for await (const page of call.pages(branchSchema, `${repositoryPath(repository)}/branches`, query)) {
    yield page.map(branchOf);
  }
}

/** `undefined` when there is no such branch; a project that is not there is a failure. */
export async function headOf(call: GitLabCall, repository: string, branch: string): Promise<CommitId | undefined> {
  const path = `${repositoryPath(repository)}/branches/${encodeURIComponent(branch)}`;
  try {
    const answer = await call.ask('GET', path, { conditional: true });
    return asCommitId(call.parse(branchSchema, answer.json()).commit.id);
  } catch (error) {
    if (Failure.is(error, 'branchNotFound')) return undefined;
    throw error;
  }
}

export async function createBranch(call: GitLabCall, repository: string, name: string, from: CommitId): Promise<void> {
  await resourcesOf(call).branches.create(repository, name, from);
}

/**
 * GitLab has no compare-and-swap for this: the head is compared right before, so that a commit that arrives between
 * the two requests is deleted along.
 */
export async function deleteBranch(
  call: GitLabCall,
  repository: string,
  name: string,
  expectedHead: CommitId,
): Promise<void> {
  const head = await headOf(call, repository, name);
  if (head === undefined) throw new Failure('branchNotFound', call.facts);
  if (head !== expectedHead) throw new Failure('stale', call.facts);
  await resourcesOf(call).branches.remove(repository, name);
}

function branchOf(branch: InferOutput<typeof branchSchema>): Branch {
  const { name, commit, default: isDefault = false, protected: isProtected, can_push: canPush } = branch;
  const closed = isProtected === undefined ? undefined : isProtected && canPush !== true;
  const described = { name, head: asCommitId(commit.id), isDefault };
  return closed === undefined ? described : { ...described, isProtected: closed };
}
