import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { CommitInfo } from '../../core/model/repository.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { BitbucketApi } from './api.ts';
import { isUnknownCommit } from './failures.ts';
import { confirmRepository } from './repositories.ts';
import { commit as commitSchema, commitWithParents } from './schemas.ts';

/** Newest first. A `from` that the repository does not know excludes nothing. */
export async function commitsBetween(
  api: BitbucketApi,
  repository: string,
  from: CommitId | undefined,
  to: CommitId,
  limit: number,
  call: CallContext,
): Promise<readonly CommitInfo[]> {
  const first = api.repositoryUrl(
    repository,
    '/commits/{revision}',
    { revision: to },
    {
      exclude: from,
      pagelen: String(Math.max(1, Math.min(limit, 100))),
      fields: 'next,values.hash,values.message,values.parents.hash',
    },
  );
  const commits: CommitInfo[] = [];
  try {
    for await (const page of api.pages(commitWithParents, first, api.facts(repository), call)) {
      // Git ends a message with a newline that nobody wrote.
      const read = page.map(({ hash, message, parents }) => ({
        id: hash,
        parents: parents.map((parent) => parent.hash),
        message: message.replace(/\n+$/, ''),
      }));
      commits.push(...read);
      if (commits.length >= limit) break;
    }
  } catch (error) {
    if (!isUnknownCommit(error)) throw error;
    if (from !== undefined) return commitsBetween(api, repository, undefined, to, limit, call);
    throw new Failure('hostError', { ...error.facts, detail: `no commit ${to}` }, { cause: error });
  }
  return commits.slice(0, limit);
}

export async function isAncestor(
  api: BitbucketApi,
  repository: string,
  ancestor: CommitId,
  of: CommitId,
  call: CallContext,
): Promise<boolean> {
  throwIfCancelled(call.signal);
  if (ancestor === of) return true;
  const revspec = `${ancestor}..${of}`;
  const url = api.repositoryUrl(repository, '/merge-base/{revspec}', { revspec }, { fields: 'hash' });
  const answer = await api.http.send({ method: 'GET', url }, call);
  if (answer.status !== 404) return api.read(commitSchema, answer, api.facts(repository)).hash === ancestor;
  // One of the two is unknown, or they have nothing in common.
  await confirmRepository(api, repository, call);
  return false;
}
