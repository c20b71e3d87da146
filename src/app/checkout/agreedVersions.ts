import { Failure } from '../../core/errors.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { BaseVersion, FileVersion, Tree } from '../../core/model/snapshot.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { Checkout } from './checkout.ts';

/** Fewer files are read as quickly as it is asked what has changed in them. */
const worthAsking = 3;
/** Commits of the base that are compared with the head; what is of others is read. */
const mostCommits = 4;

/**
 * Versions of files at `head` of which the host's tree tells no id (Bitbucket), from what both sides agreed on: a
 * version of commit C is the one of `head` too, unless the file changed in between. So a window that has just been
 * opened asks once what changed, and does not read every file of the API again.
 */
export async function agreedVersions(
  checkout: Checkout,
  tree: Tree,
  base: ReadonlyMap<RepoPath, BaseVersion>,
  head: CommitId,
  call: CallContext,
): Promise<ReadonlyMap<RepoPath, FileVersion>> {
  const agreed = new Map<RepoPath, FileVersion>();
  for (const [commit, paths] of untold(tree, base)) {
    const changed = commit === head ? new Set<RepoPath>() : await changedSince(checkout, commit, head, call);
    for (const path of paths) {
      const version = base.get(path);
      if (version !== undefined && changed?.has(path) === false) agreed.set(path, version);
    }
  }
  return agreed;
}

/** Files of the base whose id the tree does not tell, by the commit that they were agreed on in; those worth it. */
function untold(
  tree: Tree,
  base: ReadonlyMap<RepoPath, BaseVersion>,
): readonly (readonly [CommitId, readonly RepoPath[]])[] {
  const byCommit = new Map<CommitId, RepoPath[]>();
  for (const [path, { commit }] of base) {
    const entry = tree.get(path);
    if (entry === undefined || entry.id !== undefined) continue;
    const paths = byCommit.get(commit);
    if (paths === undefined) byCommit.set(commit, [path]);
    else paths.push(path);
  }
  return [...byCommit]
    .filter(([, paths]) => paths.length >= worthAsking)
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, mostCommits);
}

/** `undefined` where the host cannot tell: the older commit is gone, or they differ in too much. */
async function changedSince(
  { host, repository }: Checkout,
  from: CommitId,
  to: CommitId,
  call: CallContext,
): Promise<ReadonlySet<RepoPath> | undefined> {
  try {
    return new Set((await host.changes(repository.id, from, to, call)).map(({ path }) => path));
  } catch (error) {
    if (Failure.is(error, 'hostError', 'timeout', 'serverError', 'tooLarge')) return undefined;
    throw error;
  }
}
