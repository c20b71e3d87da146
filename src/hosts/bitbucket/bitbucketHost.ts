import { throwIfCancelled } from '../../core/cancellation.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Branch, CommitInfo, Repository } from '../../core/model/repository.ts';
import type { Tree } from '../../core/model/snapshot.ts';
import type { Session } from '../../ports/accounts.ts';
import type {
  CallContext,
  CommitRequest,
  CommitResult,
  FileRequest,
  Identity,
  Owner,
  PullRequestText,
  RepositoryHost,
  TreeChange,
} from '../../ports/repositoryHost.ts';
import { HttpClient } from '../http/httpClient.ts';
import type { HttpTools } from '../http/httpTools.ts';
import { originOf } from '../http/webAddress.ts';
import { apiBase } from './address.ts';
import { BitbucketApi } from './api.ts';
import { Archives } from './archives.ts';
import type { BitbucketOptions } from './bitbucketOptions.ts';
import { createBranch, deleteBranch, headOf, listBranches } from './branches.ts';
import { diffstat } from './changes.ts';
import { commit, type CommitParts } from './commit.ts';
import { isCredentialRefused } from './failures.ts';
import { commitsBetween, isAncestor } from './history.ts';
import { listOwners, whoAmI } from './owners.ts';
import { createPullRequest } from './pullRequests.ts';
import { FileReader } from './readFiles.ts';
import { findRepository, listRepositories } from './repositories.ts';
import { SeenHeads } from './seenHeads.ts';
import { Trees } from './tree.ts';

/**
 * Bitbucket Cloud through its REST API 2.0. It tells no blob ids: they are computed of what was read, and hold as long
 * as a file does not change.
 */
export class BitbucketHost implements RepositoryHost {
  readonly id = 'bitbucket';
  readonly #api: BitbucketApi;
  readonly #parts: CommitParts;

  constructor(
    tools: HttpTools,
    readonly origin: string,
    private readonly session: Session,
    { readsArchives }: BitbucketOptions = { readsArchives: true },
  ) {
    const base = apiBase(origin);
    // Archives are the website's; it takes the same credential.
    const http = new HttpClient(tools, {
      host: 'bitbucket',
      origin,
      api: [originOf(base), origin],
      session,
      rules: { refusesCredential: isCredentialRefused },
    });
    const api = new BitbucketApi(http, base);
    const trees = new Trees(api);
    const reader = new FileReader(api, trees, new Archives(api, origin, readsArchives), tools);
    this.#api = api;
    this.#parts = { api, trees, reader, heads: new SeenHeads(tools.clock), tools };
  }

  whoAmI(call: CallContext): Promise<Identity> {
    return whoAmI(this.#api, this.session, call);
  }

  listOwners(call: CallContext): AsyncIterable<readonly Owner[]> {
    return listOwners(this.#api, this.session, call);
  }

  listRepositories(owner: string, query: string, call: CallContext): AsyncIterable<readonly Repository[]> {
    return listRepositories(this.#api, this.origin, owner, query, call);
  }

  repository(id: string, call: CallContext): Promise<Repository> {
    return findRepository(this.#api, this.origin, id, call);
  }

  listBranches(repository: string, query: string, call: CallContext): AsyncIterable<readonly Branch[]> {
    return listBranches(this.#api, repository, query, call);
  }

  async head(repository: string, branch: string, call: CallContext): Promise<CommitId | undefined> {
    const head = await headOf(this.#api, repository, branch, call);
    this.#parts.heads.note(repository, branch, head);
    return head;
  }

  tree(repository: string, commit: CommitId, call: CallContext): Promise<Tree> {
    return this.#parts.trees.get(repository, commit, call);
  }

  readFiles(
    repository: string,
    commit: CommitId,
    files: readonly FileRequest[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    return this.#parts.reader.read(repository, commit, files, call);
  }

  async changes(repository: string, from: CommitId, to: CommitId, call: CallContext): Promise<readonly TreeChange[]> {
    throwIfCancelled(call.signal);
    if (from === to) return [];
    const differences = diffstat(this.#api, repository, from, to, call);
    const newTree = this.#parts.trees.get(repository, to, call, { from, changes: differences });
    const [changes, tree] = await Promise.all([differences, newTree]);
    return [...changes].map(([path, kind]): TreeChange => {
      const file = tree.get(path);
      if (kind === 'deleted' || file === undefined) return { path, kind: 'deleted' };
      return { path, kind, to: file.id === undefined ? { kind: file.kind } : { kind: file.kind, id: file.id } };
    });
  }

  commitsBetween(
    repository: string,
    from: CommitId | undefined,
    to: CommitId,
    limit: number,
    call: CallContext,
  ): Promise<readonly CommitInfo[]> {
    return commitsBetween(this.#api, repository, from, to, limit, call);
  }

  isAncestor(repository: string, ancestor: CommitId, of: CommitId, call: CallContext): Promise<boolean> {
    return isAncestor(this.#api, repository, ancestor, of, call);
  }

  commit(repository: string, request: CommitRequest, call: CallContext): Promise<CommitResult> {
    return commit(this.#parts, repository, request, call);
  }

  createBranch(repository: string, name: string, from: CommitId, call: CallContext): Promise<void> {
    return createBranch(this.#api, repository, name, from, call);
  }

  async deleteBranch(repository: string, name: string, expectedHead: CommitId, call: CallContext): Promise<void> {
    await deleteBranch(this.#api, repository, name, expectedHead, call);
    this.#parts.heads.note(repository, name, undefined);
  }

  createPullRequest(
    repository: string,
    request: PullRequestText,
    call: CallContext,
  ): Promise<{ readonly url: string }> {
    return createPullRequest(this.#api, this.origin, repository, request, call);
  }

  /** By UUIDs where the name was never seen: the website knows both. */
  webUrl(repository: string, branch: string, path?: RepoPath): string {
    const segments = [
      ...(this.#api.nameOf(repository) ?? repository).split('/'),
      'src',
      branch,
      ...(path?.split('/') ?? []),
    ];
    return `${this.origin}/${segments.map(encodeURIComponent).join('/')}`;
  }
}
