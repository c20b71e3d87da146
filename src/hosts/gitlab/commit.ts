import { Failure } from '../../core/errors.ts';
import { asCommitId, type CommitId } from '../../core/model/ids.ts';
import type { Tree } from '../../core/model/snapshot.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { CommitRequest, CommitResult } from '../../ports/repositoryHost.ts';
import { refuseOtherVersions } from '../http/rememberedTrees.ts';
import type { GitLabCall } from './api.ts';
import { headOf } from './branches.ts';
import { commitActions } from './commitActions.ts';
import type { ProjectNames } from './projectNames.ts';
import { findRepository } from './repositories.ts';
import { resourcesOf } from './resources.ts';
import { commitSchema } from './schemas.ts';

export interface Committing {
  readonly call: GitLabCall;
  readonly repository: string;
  readonly names: ProjectNames;
  readonly hasher: Hasher;
  treeAt(commit: CommitId): Promise<Tree>;
}

/**
 * One request. GitLab compares no heads, but each path by itself: the commit that touched it last on the branch with
 * the one that did as seen from `last_commit_id`, and so that is the expected head for all of them. A new path is
 * refused where there is one. A commit of other paths that came in between stays, and is told as the `parent`.
 */
export async function commit(committing: Committing, request: CommitRequest): Promise<CommitResult> {
  const { call, repository } = committing;
  const { branch, expectedHead, startFrom, message, changes } = request;
  const parent = expectedHead ?? startFrom;
  if (parent === undefined) await refuseExisting(committing, branch);
  const tree: Tree = parent === undefined ? new Map() : await committing.treeAt(parent);
  try {
    refuseOtherVersions(tree, changes);
    const actions = await commitActions(changes, tree, expectedHead, committing.hasher);
    // A new branch begins at exactly this commit, or is refused; its paths would be compared with the default branch.
    const start = expectedHead === undefined && startFrom !== undefined ? { startSha: startFrom } : {};
    const made = await resourcesOf(call).commits.create(repository, branch, message, actions, {
      ...start,
      stats: false,
    });
    const { id, parent_ids: parents } = call.parse(commitSchema, made);
    const [got] = parents;
    return { commit: asCommitId(id), parent: got === undefined ? undefined : asCommitId(got) };
  } catch (error) {
    throw await refined(committing, error);
  }
}

/** A root commit is possible in an empty repository alone; on a branch that is there it would be one more commit. */
async function refuseExisting({ call, repository }: Committing, branch: string): Promise<void> {
  if ((await headOf(call, repository, branch)) !== undefined) throw new Failure('stale', call.facts);
}

/** In the words of a commit: whatever the branch is other than it was expected to be, the plan is out of date. */
async function refined({ call, repository, names }: Committing, error: unknown): Promise<unknown> {
  if (Failure.is(error, 'branchExists', 'branchNotFound', 'stale')) {
    return new Failure('stale', { ...call.facts, ...error.facts }, { cause: error });
  }
  if (!Failure.is(error, 'protectedBranch')) return error;
  // GitLab says the same to somebody who may push to no branch at all.
  const { canPush } = await findRepository(call, names, repository);
  return canPush === false ? new Failure('forbidden', error.facts, { cause: error }) : error;
}
