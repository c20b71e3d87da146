import { throwIfCancelled } from '../../core/cancellation.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Branch, CommitInfo, Repository } from '../../core/model/repository.ts';
import type { FileMode, Tree } from '../../core/model/snapshot.ts';
import type { Session } from '../../ports/accounts.ts';
import type { OpenGitWriter } from '../../ports/gitWriter.ts';
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
import { DataCenterApi, pageUrl } from './api.ts';
import { createBranch, deleteBranch, listBranches } from './branches.ts';
import { Committer } from './commit.ts';
import { History } from './history.ts';
import { refusalOf } from './failures.ts';
import { listOwners, whoAmI } from './owners.ts';
import { createPullRequest } from './pullRequests.ts';
import { FileReader } from './readFiles.ts';
import { findRepository, listRepositories } from './repositories.ts';
import { Trees } from './tree.ts';

/**
 * Bitbucket Data Center: reads by its REST API, writes by Git. What is known without asking is no answer to somebody
 * who does not want one any more, so that calls look for that first.
 */
export class BitbucketDataCenterHost implements RepositoryHost {
  readonly id = 'bitbucketDataCenter';
  readonly #api: DataCenterApi;
  readonly #history: History;
  readonly #trees: Trees;
  readonly #files: FileReader;
  readonly #committer: Committer;

  constructor(
    tools: HttpTools,
    readonly origin: string,
    session: Session,
    openWriter: OpenGitWriter | undefined,
  ) {
    const client: HttpClient = new HttpClient(tools, {
      host: this.id,
      origin,
      api: [new URL(origin).origin],
      session,
      // 401 is also said to somebody who may not.
      rules: {
        refusesCredential: (answer) =>
          answer.status === 401 && refusalOf(answer, client.facts).reason === 'signInNeeded',
      },
    });
    this.#api = new DataCenterApi(client, origin);
    this.#history = new History(this.#api);
    this.#trees = new Trees(this.#api, this.#history);
    this.#files = new FileReader(this.#api, tools.hasher);
    this.#committer = new Committer(this.#api, session, openWriter);
  }

  whoAmI(call: CallContext): Promise<Identity> {
    return whoAmI(this.#api, call);
  }

  listOwners(call: CallContext): AsyncIterable<readonly Owner[]> {
    return listOwners(this.#api, call);
  }

  listRepositories(owner: string, query: string, call: CallContext): AsyncIterable<readonly Repository[]> {
    return listRepositories(this.#api, owner, query, call);
  }

  repository(id: string, call: CallContext): Promise<Repository> {
    return findRepository(this.#api, id, this.#committer.isPossible, call);
  }

  listBranches(repository: string, query: string, call: CallContext): AsyncIterable<readonly Branch[]> {
    return listBranches(this.#api, repository, query, call);
  }

  head(repository: string, branch: string, call: CallContext): Promise<CommitId | undefined> {
    return this.#history.head(repository, branch, call);
  }

  async tree(repository: string, commit: CommitId, call: CallContext): Promise<Tree> {
    throwIfCancelled(call.signal);
    return (await this.#trees.get(repository, commit, call)).toTree();
  }

  async readFiles(
    repository: string,
    commit: CommitId,
    files: readonly FileRequest[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    throwIfCancelled(call.signal);
    const tree = await this.#trees.get(repository, commit, call);
    const paths = files.map(({ path }) => path);
    return this.#files.read(repository, tree, paths, call);
  }

  modesRead(repository: string, commit: CommitId): ReadonlyMap<RepoPath, FileMode> {
    return this.#trees.peek(repository, commit)?.modesRead() ?? new Map();
  }

  async changes(repository: string, from: CommitId, to: CommitId, call: CallContext): Promise<readonly TreeChange[]> {
    throwIfCancelled(call.signal);
    return this.#trees.changes(repository, from, to, call);
  }

  async commitsBetween(
    repository: string,
    from: CommitId | undefined,
    to: CommitId,
    limit: number,
    call: CallContext,
  ): Promise<readonly CommitInfo[]> {
    throwIfCancelled(call.signal);
    return this.#history.between(repository, from, to, limit, call);
  }

  async isAncestor(repository: string, ancestor: CommitId, of: CommitId, call: CallContext): Promise<boolean> {
    throwIfCancelled(call.signal);
    return this.#history.isAncestor(repository, ancestor, of, call);
  }

  commit(repository: string, request: CommitRequest, call: CallContext): Promise<CommitResult> {
    return this.#committer.commit(repository, request, call);
  }

  createBranch(repository: string, name: string, from: CommitId, call: CallContext): Promise<void> {
    return createBranch(this.#api, repository, name, from, call);
  }

  deleteBranch(repository: string, name: string, expectedHead: CommitId, call: CallContext): Promise<void> {
    return deleteBranch(this.#api, this.#history, repository, { name, expectedHead }, call);
  }

  createPullRequest(
    repository: string,
    request: PullRequestText,
    call: CallContext,
  ): Promise<{ readonly url: string }> {
    return createPullRequest(this.#api, repository, request, call);
  }

  webUrl(repository: string, branch: string, path?: RepoPath): string {
    const name = (path ?? '').split('/').map(encodeURIComponent).join('/');
    const at = encodeURIComponent(`refs/heads/${branch}`);
    return `${pageUrl(this.origin, repository)}/browse${name === '' ? '' : `/${name}`}?at=${at}`;
  }
}
