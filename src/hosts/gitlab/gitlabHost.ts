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
import type { HttpTools } from '../http/httpTools.ts';
import { RememberedTrees } from '../http/rememberedTrees.ts';
import { treeChanges } from '../http/treeChanges.ts';
import { GitLabApi, type GitLabCall } from './api.ts';
import { createBranch, deleteBranch, headOf, listBranches } from './branches.ts';
import { commit } from './commit.ts';
import { commitsBetween, isAncestor } from './history.ts';
import { whoAmI, listOwners } from './owners.ts';
import { ProjectNames } from './projectNames.ts';
import { createPullRequest } from './pullRequests.ts';
import { FileReader } from './readFiles.ts';
import { findRepository, listRepositories } from './repositories.ts';
import { TreeReader } from './tree.ts';
import { webUrl } from './webUrl.ts';

/** gitlab.com, or a GitLab of somebody's own. Repositories are projects, named by their number. */
export class GitLabHost implements RepositoryHost {
  readonly id = 'gitlab';
  readonly landsOnNewerHead = true;
  readonly #api: GitLabApi;
  readonly #names = new ProjectNames();
  readonly #trees = new RememberedTrees();
  readonly #treeReader = new TreeReader();
  readonly #files: FileReader;

  constructor(
    private readonly tools: HttpTools,
    readonly origin: string,
    session: Session,
  ) {
    this.#api = new GitLabApi(tools, origin, session);
    this.#files = new FileReader(tools.hasher, this.#names);
  }

  whoAmI(call: CallContext): Promise<Identity> {
    return whoAmI(this.#api.during(call));
  }

  listOwners(call: CallContext): AsyncIterable<readonly Owner[]> {
    return listOwners(this.#api.during(call), this.#names);
  }

  listRepositories(owner: string, query: string, call: CallContext): AsyncIterable<readonly Repository[]> {
    return listRepositories(this.#api.during(call), this.#names, owner, query);
  }

  repository(id: string, call: CallContext): Promise<Repository> {
    return findRepository(this.#at(id, call), this.#names, id);
  }

  listBranches(repository: string, query: string, call: CallContext): AsyncIterable<readonly Branch[]> {
    return listBranches(this.#at(repository, call), repository, query);
  }

  head(repository: string, branch: string, call: CallContext): Promise<CommitId | undefined> {
    return headOf(this.#at(repository, call, branch), repository, branch);
  }

  tree(repository: string, at: CommitId, call: CallContext): Promise<Tree> {
    return this.#tree(this.#at(repository, call), repository, at);
  }

  async readFiles(
    repository: string,
    at: CommitId,
    files: readonly FileRequest[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    const asked = this.#at(repository, call);
    return this.#files.read({ call: asked, repository, commit: at }, files, () => this.#tree(asked, repository, at));
  }

  /**
   * GitLab's own comparison leaves out files when there are many, and tells no ids; both trees in whole are never
   * wrong, and one of them is nearly always known already.
   */
  async changes(repository: string, from: CommitId, to: CommitId, call: CallContext): Promise<readonly TreeChange[]> {
    const asked = this.#at(repository, call);
    const [before, after] = await Promise.all([from, to].map((at) => this.#tree(asked, repository, at)));
    return treeChanges(before!, after!);
  }

  async commitsBetween(
    repository: string,
    from: CommitId | undefined,
    to: CommitId,
    limit: number,
    call: CallContext,
  ): Promise<readonly CommitInfo[]> {
    throwIfCancelled(call.signal);
    return from === to ? [] : commitsBetween(this.#at(repository, call), repository, from, to, limit);
  }

  async isAncestor(repository: string, ancestor: CommitId, of: CommitId, call: CallContext): Promise<boolean> {
    throwIfCancelled(call.signal);
    return isAncestor(this.#at(repository, call), repository, ancestor, of);
  }

  commit(repository: string, request: CommitRequest, call: CallContext): Promise<CommitResult> {
    const asked = this.#at(repository, call, request.branch);
    const treeAt = (at: CommitId): Promise<Tree> => this.#tree(asked, repository, at);
    return commit({ call: asked, repository, names: this.#names, hasher: this.tools.hasher, treeAt }, request);
  }

  createBranch(repository: string, name: string, from: CommitId, call: CallContext): Promise<void> {
    return createBranch(this.#at(repository, call, name), repository, name, from);
  }

  deleteBranch(repository: string, name: string, expectedHead: CommitId, call: CallContext): Promise<void> {
    return deleteBranch(this.#at(repository, call, name), repository, name, expectedHead);
  }

  createPullRequest(
    repository: string,
    request: PullRequestText,
    call: CallContext,
  ): Promise<{ readonly url: string }> {
    return createPullRequest(this.#at(repository, call, request.to), repository, request);
  }

  webUrl(repository: string, branch: string, path?: RepoPath): string {
    return webUrl(this.origin, { id: repository, name: this.#names.get(repository) }, branch, path);
  }

  #at(repository: string, call: CallContext, branch?: string): GitLabCall {
    const named = { repository: this.#names.get(repository) ?? repository };
    return this.#api.during(call, branch === undefined ? named : { ...named, branch });
  }

  async #tree(call: GitLabCall, repository: string, at: CommitId): Promise<Tree> {
    throwIfCancelled(call.context.signal);
    return this.#trees.get(repository, at, () => this.#treeReader.read(call, repository, at));
  }
}
