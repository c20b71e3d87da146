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
import type { HttpTools } from '../http/httpTools.ts';
import { RememberedTrees } from '../http/rememberedTrees.ts';
import { treeChanges } from '../http/treeChanges.ts';
import { AzureDevOpsApi } from './api.ts';
import { createBranch, deleteBranch, headOf, listBranches } from './branches.ts';
import { commit } from './commit.ts';
import { CommitDetails } from './commitDetails.ts';
import { commitsBetween } from './history.ts';
import { isAncestor } from './mergeBase.ts';
import { listOwners, whoAmI } from './owners.ts';
import { Places } from './places.ts';
import { createPullRequest } from './pullRequests.ts';
import { readFiles } from './readFiles.ts';
import { findRepository, listRepositories } from './repositories.ts';
import { Trees } from './tree.ts';
import { webUrl } from './webUrl.ts';

/** One organization of Azure DevOps, or one collection of a server, for one account. */
export class AzureDevOpsHost implements RepositoryHost {
  readonly id = 'azureDevOps';
  readonly #api: AzureDevOpsApi;
  readonly #places = new Places();
  readonly #details: CommitDetails;
  readonly #trees: Trees;

  constructor(
    tools: HttpTools,
    readonly origin: string,
    session: Session,
  ) {
    this.#api = new AzureDevOpsApi(tools, origin, session);
    this.#details = new CommitDetails(this.#api);
    this.#trees = new Trees(this.#api, this.#details, new RememberedTrees());
  }

  whoAmI(call: CallContext): Promise<Identity> {
    return whoAmI(this.#api, call);
  }

  listOwners(call: CallContext): AsyncIterable<readonly Owner[]> {
    return listOwners(this.#api, call);
  }

  async *listRepositories(owner: string, query: string, call: CallContext): AsyncIterable<readonly Repository[]> {
    for await (const page of listRepositories(this.#api, owner, query, call)) {
      for (const { id, name } of page) this.#places.remember(id, name);
      yield page;
    }
  }

  async repository(id: string, call: CallContext): Promise<Repository> {
    const found = await findRepository(this.#api, this.#places.find(id), call);
    this.#places.remember(found.id, found.name);
    return found;
  }

  listBranches(repository: string, query: string, call: CallContext): AsyncIterable<readonly Branch[]> {
    return listBranches(this.#api, this.#places.find(repository), query, call);
  }

  async head(repository: string, branch: string, call: CallContext): Promise<CommitId | undefined> {
    return headOf(this.#api, this.#places.find(repository), branch, call);
  }

  async tree(repository: string, commit: CommitId, call: CallContext): Promise<Tree> {
    return this.#trees.read(this.#places.find(repository), commit, call);
  }

  async readFiles(
    repository: string,
    commit: CommitId,
    files: readonly FileRequest[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    return readFiles(this.#api, this.#trees, this.#places.find(repository), commit, files, call);
  }

  /** Of both trees: the server's own list has no modes, and comes in pages. */
  async changes(repository: string, from: CommitId, to: CommitId, call: CallContext): Promise<readonly TreeChange[]> {
    const place = this.#places.find(repository);
    const trees = await Promise.all([this.#trees.read(place, from, call), this.#trees.read(place, to, call)]);
    return treeChanges(...trees);
  }

  async commitsBetween(
    repository: string,
    from: CommitId | undefined,
    to: CommitId,
    limit: number,
    call: CallContext,
  ): Promise<readonly CommitInfo[]> {
    return commitsBetween(this.#api, this.#details, this.#places.find(repository), { from, to, limit }, call);
  }

  async isAncestor(repository: string, ancestor: CommitId, of: CommitId, call: CallContext): Promise<boolean> {
    return isAncestor(this.#api, this.#places.find(repository), ancestor, of, call);
  }

  async commit(repository: string, request: CommitRequest, call: CallContext): Promise<CommitResult> {
    const commits = { details: this.#details, trees: this.#trees };
    return commit(this.#api, commits, this.#places.find(repository), request, call);
  }

  async createBranch(repository: string, name: string, from: CommitId, call: CallContext): Promise<void> {
    return createBranch(this.#api, this.#places.find(repository), name, from, call);
  }

  async deleteBranch(repository: string, name: string, expectedHead: CommitId, call: CallContext): Promise<void> {
    return deleteBranch(this.#api, this.#places.find(repository), name, expectedHead, call);
  }

  async createPullRequest(
    repository: string,
    request: PullRequestText,
    call: CallContext,
  ): Promise<{ readonly url: string }> {
    return createPullRequest(this.#api, this.#places.find(repository), request, call);
  }

  webUrl(repository: string, branch: string, path?: RepoPath): string {
    return webUrl(this.origin, this.#places.find(repository), branch, path);
  }
}
