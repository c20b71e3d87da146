import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { CallContext, TreeChange } from '../../ports/repositoryHost.ts';
import type { BitbucketApi } from './api.ts';
import { isUnknownCommit } from './failures.ts';
import { diffstatEntry } from './schemas.ts';

export type PathChange = TreeChange['kind'];

/**
 * What is different in `to`, by path; a rename is a file that went and one that came.
 * The host wants the new side first, the opposite of Git.
 */
export async function diffstat(
  api: BitbucketApi,
  repository: string,
  from: CommitId,
  to: CommitId,
  call: CallContext,
): Promise<ReadonlyMap<RepoPath, PathChange>> {
  throwIfCancelled(call.signal);
  const changes = new Map<RepoPath, PathChange>();
  if (from === to) return changes;
  const first = api.repositoryUrl(
    repository,
    '/diffstat/{spec}',
    { spec: `${to}..${from}` },
    {
      topic: 'false',
      renames: 'false',
      pagelen: '500',
      fields: 'next,values.old.path,values.new.path',
    },
  );
  for (const { old, new: now } of await read(api, repository, first, call)) {
    // A side that is not there is null, or has no path.
    const [before = '', after = ''] = [old?.path, now?.path];
    if (before !== '' && before !== after) note(changes, before, 'deleted');
    if (after !== '') note(changes, after, before === after ? 'modified' : 'added');
  }
  return changes;
}

async function read(api: BitbucketApi, repository: string, first: string, call: CallContext) {
  try {
    return await api.all(diffstatEntry, first, api.facts(repository), call);
  } catch (error) {
    if (!isUnknownCommit(error)) throw error;
    throw new Failure('hostError', error.facts, { cause: error });
  }
}

/** A file that became a link may come as two: one that went, one that came. */
function note(changes: Map<RepoPath, PathChange>, path: string, kind: PathChange): void {
  changes.set(path as RepoPath, changes.has(path as RepoPath) ? 'modified' : kind);
}
