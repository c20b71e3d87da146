import { Failure } from '../../core/errors.ts';
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
import { GitHubApi } from './api.ts';
import { Archives } from './archives.ts';
import { Branches } from './branches.ts';
import { readChanges } from './changes.ts';
import { Commits } from './commit.ts';
import { GitData } from './gitData.ts';
import { History } from './history.ts';
import { listOwners, whoAmI } from './owners.ts';
import { Places } from './places.ts';
import { createPullRequest } from './pullRequests.ts';
import { FileReader } from './readFiles.ts';
import { Refs } from './refs.ts';
import { Repositories } from './repositories.ts';
import { Trees } from './tree.ts';

/** GitHub by its API, for one account and one origin: github.com, GitHub Enterprise Server, GHE.com. */
export class GitHubHost implements RepositoryHost {
  readonly id = 'github';
  readonly #api: GitHubApi;
  readonly #places: Places;
  readonly #repositories: Repositories;
  readonly #branches: Branches;
  readonly #trees: Trees;
  readonly #files: FileReader;
  readonly #history: History;
  readonly #commits: Commits;

  constructor(
    tools: HttpTools,
    readonly origin: string,
    session: Session,
  ) {
    const api = new GitHubApi(tools, origin, session);
    const refs = new Refs(api);
    this.#api = api;
    this.#places = new Places(api);
    this.#repositories = new Repositories(api, this.#places);
    this.#branches = new Branches(api, this.#places, refs);
    this.#trees = new Trees(api, new RememberedTrees());
    this.#files = new FileReader(api, this.#trees, new Archives(api));
    this.#history = new History(api, this.#places);
    this.#commits = new Commits(api, this.#trees, refs, new GitData(api));
  }

  whoAmI(call: CallContext): Promise<Identity> {
    return whoAmI(this.#api, call);
  }

  listOwners(call: CallContext): AsyncIterable<readonly Owner[]> {
    return listOwners(this.#api, call);
  }

  listRepositories(owner: string, query: string, call: CallContext): AsyncIterable<readonly Repository[]> {
    return this.#repositories.list(owner, query, call);
  }

  repository(id: string, call: CallContext): Promise<Repository> {
    return this.#repositories.get(id, call);
  }

  listBranches(repository: string, query: string, call: CallContext): AsyncIterable<readonly Branch[]> {
    return this.#branches.list(repository, query, call);
  }

  head(repository: string, branch: string, call: CallContext): Promise<CommitId | undefined> {
    return this.#branches.head(repository, branch, call);
  }

  tree(repository: string, commit: CommitId, call: CallContext): Promise<Tree> {
    return this.#places.at(repository, call, (place) => this.#trees.read(place, commit, call));
  }

  readFiles(
    repository: string,
    commit: CommitId,
    files: readonly FileRequest[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    return this.#places.at(repository, call, (place) => this.#files.read(place, commit, files, call));
  }

  changes(repository: string, from: CommitId, to: CommitId, call: CallContext): Promise<readonly TreeChange[]> {
    return this.#places.at(repository, call, (place) => readChanges(this.#trees, place, from, to, call));
  }

  commitsBetween(
    repository: string,
    from: CommitId | undefined,
    to: CommitId,
    limit: number,
    call: CallContext,
  ): Promise<readonly CommitInfo[]> {
    return this.#places.at(repository, call, (place) => this.#history.between(place, from, to, limit, call));
  }

  isAncestor(repository: string, ancestor: CommitId, of: CommitId, call: CallContext): Promise<boolean> {
    return this.#places.at(repository, call, (place) => this.#history.isAncestor(place, ancestor, of, call));
  }

  commit(repository: string, request: CommitRequest, call: CallContext): Promise<CommitResult> {
    return this.#places.toWrite(repository, call, (place) => this.#commits.make(place, request, call));
  }

  createBranch(repository: string, name: string, from: CommitId, call: CallContext): Promise<void> {
    return this.#branches.create(repository, name, from, call);
  }

  deleteBranch(repository: string, name: string, expectedHead: CommitId, call: CallContext): Promise<void> {
    return this.#branches.delete(repository, name, expectedHead, call);
  }

  createPullRequest(
    repository: string,
    request: PullRequestText,
    call: CallContext,
  ): Promise<{ readonly url: string }> {
    return this.#places.toWrite(repository, call, (place) => createPullRequest(this.#api, place, request, call));
  }

  /** @throws Failure `repositoryNotFound` before anything was asked of the repository: its pages are named after it. */
  webUrl(repository: string, branch: string, path?: RepoPath): string {
    const name = repository.includes('/') ? repository : this.#places.nameOf(repository);
    if (name === undefined) throw new Failure('repositoryNotFound', this.#api.facts({ repository }));
    const page = path === undefined ? `tree/${encoded(branch)}` : `blob/${encoded(branch)}/${encoded(path)}`;
    return `${this.origin}/${name}/${page}`;
  }
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
