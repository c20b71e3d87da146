import { Failure } from '../../../core/errors.ts';
import type { BlobId, CommitId } from '../../../core/model/ids.ts';
import type { RepoPath } from '../../../core/model/repoPath.ts';
import type { Branch, Repository } from '../../../core/model/repository.ts';
import type { Tree } from '../../../core/model/snapshot.ts';
import type { FileRequest, RepositoryHost } from '../../../ports/repositoryHost.ts';
import { refuseLarge, type Objects } from '../objects.ts';
import { asTreeChange } from '../treeFormat.ts';
import type { CloneGit } from './cloneGit.ts';
import type { CloneHeads } from './cloneHeads.ts';
import type { CloneRemote } from './cloneRemote.ts';

interface CloneParts {
  readonly git: CloneGit;
  readonly heads: CloneHeads;
  readonly remote: CloneRemote;
  readonly objects: Objects;
}

/**
 * A repository as its clone knows it: heads are fetched with the person's own Git, everything below them is read from
 * the clone. `host` is asked for what Git does not know: pull requests, pages, permissions.
 */
export function cloneHost(host: RepositoryHost, { git, heads, remote, objects }: CloneParts): RepositoryHost {
  return {
    ...whatOnlyTheHostKnows(host),

    async head(_repository, branch, call) {
      return remote.fetch(await heads.upstreamOf(branch, call.signal), call);
    },

    async *listBranches(_repository, query, call): AsyncIterable<readonly Branch[]> {
      const there = await remote.branches(call);
      const here = await localBranches(git, call.signal);
      const wanted = query.toLowerCase();
      yield [...new Map([...here, ...there.heads])]
        .filter(([name]) => name.toLowerCase().includes(wanted))
        .map(([name, head]) => ({ name, head, isDefault: name === there.defaultBranch }));
    },

    tree: (_repository, commit, { signal }): Promise<Tree> => objects.tree(commit, signal),

    async readFiles(_repository, commit, files, { signal }) {
      const ids = await blobsOf(objects, commit, files, signal);
      const sizes = await objects.sizes([...new Set(ids.values())], signal);
      refuseLarge(sizes, (id) => [...ids].find(([, other]) => other === id)?.[0] ?? id);
      const contents = await objects.contents(sizes, signal);
      const answer = new Map<RepoPath, Uint8Array>();
      for (const [path, id] of ids) {
        const bytes = contents.get(id);
        if (bytes === undefined) throw new Failure('hostError', { paths: [path], detail: 'objects are missing' });
        answer.set(path, bytes);
      }
      return answer;
    },

    changes: async (_repository, from, to, { signal }) =>
      (await objects.rawChanges(from, to, signal)).map(asTreeChange),

    async commitsBetween(_repository, from, to, limit, { signal }) {
      const known = from !== undefined && (await objects.has(from, signal)) ? from : undefined;
      return objects.commitsBetween(known, to, limit, signal);
    },

    async isAncestor(_repository, ancestor, of, { signal }) {
      return (await objects.has(ancestor, signal)) && objects.isAncestor(ancestor, of, signal);
    },
  };
}

type Own = 'head' | 'listBranches' | 'tree' | 'readFiles' | 'changes' | 'commitsBetween' | 'isAncestor';

function whatOnlyTheHostKnows(host: RepositoryHost): Omit<RepositoryHost, Own> {
  const { deleteBranch, createPullRequest, createVersion, listVersions, webUrl } = host;
  return {
    id: host.id,
    origin: host.origin,
    whoAmI: (call) => host.whoAmI(call),
    listOwners: (call) => host.listOwners(call),
    listRepositories: (owner, query, call) => host.listRepositories(owner, query, call),
    repository: (id, call): Promise<Repository> => host.repository(id, call),
    commit: (repository, request, call) => host.commit(repository, request, call),
    ...(deleteBranch && { deleteBranch: deleteBranch.bind(host) }),
    ...(createPullRequest && { createPullRequest: createPullRequest.bind(host) }),
    ...(createVersion && { createVersion: createVersion.bind(host) }),
    ...(listVersions && { listVersions: listVersions.bind(host) }),
    ...(webUrl && { webUrl: webUrl.bind(host) }),
  };
}

async function localBranches(git: CloneGit, signal: AbortSignal): Promise<readonly (readonly [string, CommitId])[]> {
  const listing = await git.read(['for-each-ref', '--format=%(objectname) %(refname:lstrip=2)', 'refs/heads/'], signal);
  return listing
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(41), line.slice(0, 40) as CommitId] as const);
}

async function blobsOf(
  objects: Objects,
  commit: CommitId,
  files: readonly FileRequest[],
  signal: AbortSignal,
): Promise<ReadonlyMap<RepoPath, BlobId>> {
  const ids = new Map<RepoPath, BlobId>();
  let tree: Tree | undefined;
  for (const { path, id } of files) {
    tree = id === undefined ? (tree ?? (await objects.tree(commit, signal))) : tree;
    const entry = id === undefined ? tree?.get(path) : undefined;
    const isFile = entry?.kind === 'regular' || entry?.kind === 'executable';
    const found = id ?? (isFile ? entry.id : undefined);
    if (found !== undefined) ids.set(path, found);
  }
  return ids;
}
