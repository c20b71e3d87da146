import { Failure } from '../../../src/core/errors.ts';
import type { CommitId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { Branch, CommitInfo, HostId, Repository } from '../../../src/core/model/repository.ts';
import type { Tree, TreeEntry } from '../../../src/core/model/snapshot.ts';
import type { Credential, Session } from '../../../src/ports/accounts.ts';
import type {
  CallContext,
  CommitRequest,
  CommitResult,
  FileRequest,
  Identity,
  Owner,
  RepositoryHost,
  TreeChange,
} from '../../../src/ports/repositoryHost.ts';
import { MemoryRepository, storedFile, type StoredCommit, type StoredFile } from './memoryRepository.ts';

export interface MemoryHostOptions {
  readonly id?: HostId;
  readonly origin?: string;
  /** Whether the tree tells blob ids; Bitbucket's does not. */
  readonly ids?: boolean;
  /** Whether the tree tells sizes. */
  readonly sizes?: boolean;
  /** Whether the executable bit can be seen and written; Azure DevOps cannot write it. */
  readonly modes?: boolean;
  /** Whether only the changed paths are compared, not heads; GitLab's way. */
  readonly landsOnNewerHead?: boolean;
  /** Whether there are pull requests and pages for people. */
  readonly pages?: boolean;
  readonly session?: Session;
}

/** What goes wrong, switched on by a test. Everything stays on until it is switched off, except where it says once. */
export interface MemoryFaults {
  offline: boolean;
  /** No push is allowed: `forbidden` or `protectedBranch`. */
  refusePush: 'forbidden' | 'protectedBranch' | undefined;
  /** Once: the answer of the next commit is lost, before or after it took effect. */
  loseAnswer: 'before' | 'after' | undefined;
  /** Once: runs inside the next commit, before heads are compared; a teammate who is faster. */
  beforeCommit: (() => void) | undefined;
  /** Every call waits for it, so that a test can cancel in the middle. */
  hold: Promise<void> | undefined;
  /** What a method answers with, by its name. */
  readonly refuse: Map<string, Failure>;
}

/** The contract of `RepositoryHost` without any network: the reference for the other adapters, and the app tests' host. */
export class MemoryHost implements RepositoryHost {
  readonly id: HostId;
  readonly origin: string;
  readonly repositories = new Map<string, MemoryRepository>();
  readonly faults: MemoryFaults = {
    offline: false,
    refusePush: undefined,
    loseAnswer: undefined,
    beforeCommit: undefined,
    hold: undefined,
    refuse: new Map(),
  };
  /** Whose token is whose; while there is none, everybody is welcome. */
  people: ReadonlyMap<string, string> = new Map();
  /** Those of `me` are everybody's; another's are the ones whose name begins with its id. */
  owners: readonly Owner[] = [{ id: 'me', name: 'Me' }];
  /** Ids of those that may only be read. */
  readonly readOnly = new Set<string>();
  /** Branches that take no push. */
  readonly protected = new Set<string>();
  readonly pullRequests: { readonly from: string; readonly to: string; readonly title: string }[] = [];
  readonly createPullRequest?: NonNullable<RepositoryHost['createPullRequest']>;
  readonly landsOnNewerHead?: true;
  readonly webUrl?: NonNullable<RepositoryHost['webUrl']>;
  /** Names of the methods called, in order. */
  readonly calls: string[] = [];
  /** Files whose contents were asked for, in that order. */
  readonly read: RepoPath[] = [];
  readonly #ids: boolean;
  readonly #modes: boolean;
  readonly #sizes: boolean;
  readonly #session: Session | undefined;

  constructor(options: MemoryHostOptions = {}) {
    this.id = options.id ?? 'git';
    this.origin = options.origin ?? 'https://memory.example';
    this.#ids = options.ids ?? true;
    this.#modes = options.modes ?? true;
    this.#sizes = options.sizes ?? true;
    this.#session = options.session;
    if (options.landsOnNewerHead === true) this.landsOnNewerHead = true;
    if (options.pages !== true) return;
    this.createPullRequest = (repository, request, call) => this.#createPullRequest(repository, request, call);
    this.webUrl = (repository, branch, path) => {
      const page = `${this.origin}/${this.#find(repository).name}/tree/${branch}`;
      return path === undefined ? page : `${page}/${path}`;
    };
  }

  /** Makes an empty repository. */
  addRepository(id: string, name = id): MemoryRepository {
    const made = new MemoryRepository(id, name);
    this.repositories.set(id, made);
    return made;
  }

  async whoAmI(call: CallContext): Promise<Identity> {
    await this.#begin('whoAmI', call);
    if (this.people.size === 0) return { id: 'me', name: 'Me' };
    const name = this.people.get(tokenOf(await this.#session?.credential()));
    if (name === undefined) throw new Failure('signInNeeded', { origin: this.origin });
    return { id: name, name };
  }

  async *listOwners(call: CallContext): AsyncIterable<readonly Owner[]> {
    await this.#begin('listOwners', call);
    for (const owner of this.owners) yield [owner];
  }

  async *listRepositories(owner: string, query: string, call: CallContext): AsyncIterable<readonly Repository[]> {
    await this.#begin('listRepositories', call);
    yield [...this.repositories.values()]
      .filter(({ name }) => (owner === 'me' || name.startsWith(`${owner}/`)) && name.includes(query))
      .map((found) => this.#describe(found));
  }

  async repository(id: string, call: CallContext): Promise<Repository> {
    await this.#begin('repository', call);
    return this.#describe(this.#find(id));
  }

  async *listBranches(repository: string, query: string, call: CallContext): AsyncIterable<readonly Branch[]> {
    await this.#begin('listBranches', call);
    const { branches, defaultBranch } = this.#find(repository);
    yield [...branches]
      .filter(([name]) => name.toLowerCase().includes(query.toLowerCase()))
      .map(([name, head]) => ({ name, head, isDefault: name === defaultBranch }));
  }

  async head(repository: string, branch: string, call: CallContext): Promise<CommitId | undefined> {
    await this.#begin('head', call);
    return this.#find(repository).branches.get(branch);
  }

  async tree(repository: string, commit: CommitId, call: CallContext): Promise<Tree> {
    await this.#begin('tree', call);
    const { files } = this.#commit(repository, commit);
    return new Map([...files].map(([path, file]) => [path, this.#entry(path, file)]));
  }

  async readFiles(
    repository: string,
    commit: CommitId,
    requests: readonly FileRequest[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    await this.#begin('readFiles', call);
    const { files } = this.#commit(repository, commit);
    const answer = new Map<RepoPath, Uint8Array>();
    for (const { path } of requests) {
      this.read.push(path);
      const file = files.get(path);
      if (file?.kind === 'regular' || file?.kind === 'executable') answer.set(path, file.bytes.slice());
    }
    return answer;
  }

  async changes(repository: string, from: CommitId, to: CommitId, call: CallContext): Promise<readonly TreeChange[]> {
    await this.#begin('changes', call);
    const before = this.#commit(repository, from).files;
    const after = this.#commit(repository, to).files;
    const answer: TreeChange[] = [];
    for (const path of before.keys()) if (!after.has(path)) answer.push({ path, kind: 'deleted' });
    for (const [path, file] of after) {
      const old = before.get(path);
      if (old?.id === file.id && old.kind === file.kind) continue;
      const { kind, id } = this.#entry(path, file);
      answer.push({ path, kind: old ? 'modified' : 'added', to: id === undefined ? { kind } : { kind, id } });
    }
    return answer;
  }

  async commitsBetween(
    repository: string,
    from: CommitId | undefined,
    to: CommitId,
    limit: number,
    call: CallContext,
  ): Promise<readonly CommitInfo[]> {
    await this.#begin('commitsBetween', call);
    const found = this.#find(repository);
    const known = new Set(from === undefined ? [] : found.history(from).map(({ id }) => id));
    this.#commit(repository, to);
    return found
      .history(to)
      .filter(({ id }) => !known.has(id))
      .slice(0, limit)
      .map(({ id, parents, message }) => ({ id, parents, message }));
  }

  async isAncestor(repository: string, ancestor: CommitId, of: CommitId, call: CallContext): Promise<boolean> {
    await this.#begin('isAncestor', call);
    return this.#find(repository)
      .history(of)
      .some(({ id }) => id === ancestor);
  }

  async commit(repository: string, request: CommitRequest, call: CallContext): Promise<CommitResult> {
    await this.#begin('commit', call);
    const found = this.#find(repository);
    const { branch, expectedHead } = request;
    const { refusePush } = this.faults;
    if (refusePush) throw new Failure(refusePush, { repository: found.name, branch });
    if (this.protected.has(branch)) throw new Failure('protectedBranch', { repository: found.name, branch });
    take(this.faults, 'beforeCommit')?.();
    const lost = take(this.faults, 'loseAnswer');
    if (lost === 'before') throw new Failure('answerLost', { repository: found.name, branch });
    const head = found.branches.get(branch);
    const mayBeNewer = this.landsOnNewerHead === true && head !== undefined && expectedHead !== undefined;
    if (head !== expectedHead && !mayBeNewer) throw new Failure('stale', { repository: found.name, branch });
    const parent = head ?? request.startFrom;
    const files = this.#apply(parent === undefined ? new Map() : this.#commit(repository, parent).files, request);
    const commit = found.moveTo(branch, found.add(parent === undefined ? [] : [parent], files, request.message));
    if (lost === 'after') throw new Failure('answerLost', { repository: found.name, branch });
    return { commit, parent };
  }

  async createBranch(repository: string, name: string, from: CommitId, call: CallContext): Promise<void> {
    await this.#begin('createBranch', call);
    const found = this.#find(repository);
    if (found.branches.has(name)) throw new Failure('branchExists', { branch: name });
    found.moveTo(name, this.#commit(repository, from).id);
  }

  async deleteBranch(repository: string, name: string, expectedHead: CommitId, call: CallContext): Promise<void> {
    await this.#begin('deleteBranch', call);
    const { branches } = this.#find(repository);
    if (branches.get(name) === undefined) throw new Failure('branchNotFound', { branch: name });
    if (branches.get(name) !== expectedHead) throw new Failure('stale', { branch: name });
    branches.delete(name);
  }

  async #createPullRequest(
    repository: string,
    { from, to, title }: { readonly from: string; readonly to: string; readonly title: string },
    call: CallContext,
  ): Promise<{ readonly url: string }> {
    await this.#begin('createPullRequest', call);
    const page = `${this.origin}/${this.#find(repository).name}/pull`;
    const known = this.pullRequests.findIndex((one) => one.from === from && one.to === to);
    if (known >= 0) throw new Failure('pullRequestExists', { link: `${page}/${String(known + 1)}` });
    return { url: `${page}/${String(this.pullRequests.push({ from, to, title }))}` };
  }

  async #begin(method: string, { signal }: CallContext): Promise<void> {
    this.calls.push(method);
    const refuse = () => {
      if (signal.aborted) throw new Failure('cancelled');
      if (this.faults.offline) throw new Failure('offline', { origin: this.origin });
      const refused = this.faults.refuse.get(method);
      if (refused !== undefined) throw refused;
    };
    refuse();
    const { hold } = this.faults;
    if (hold === undefined) return;
    await Promise.race([hold, new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))]);
    refuse();
  }

  #find(id: string): MemoryRepository {
    const found = this.repositories.get(id) ?? [...this.repositories.values()].find(({ name }) => name === id);
    if (!found) throw new Failure('repositoryNotFound', { repository: id });
    return found;
  }

  #commit(repository: string, id: CommitId): StoredCommit {
    const found = this.#find(repository).commitAt(id);
    if (!found) throw new Failure('hostError', { repository, detail: `no commit ${id}` });
    return found;
  }

  #describe({ id, name, defaultBranch, branches }: MemoryRepository): Repository {
    const described = {
      host: this.id,
      origin: this.origin,
      id,
      name,
      empty: branches.size === 0,
      canPush: !this.readOnly.has(id),
    };
    return defaultBranch === undefined ? described : { ...described, defaultBranch };
  }

  #entry(path: RepoPath, { kind, id, bytes }: StoredFile): TreeEntry {
    const shown = kind === 'executable' && !this.#modes ? 'regular' : kind;
    const size = kind === 'submodule' || !this.#sizes ? {} : { size: bytes.length };
    return { path, kind: shown, ...size, ...(this.#ids ? { id } : {}) };
  }

  #apply(before: ReadonlyMap<RepoPath, StoredFile>, { changes, branch }: CommitRequest): Map<RepoPath, StoredFile> {
    const files = new Map(before);
    for (const change of changes) {
      const old = before.get(change.path);
      if ((old?.id ?? null) !== change.expected) throw new Failure('stale', { branch, paths: [change.path] });
      if (change.kind === 'delete') files.delete(change.path);
      else {
        const kind = this.#modes ? change.mode : (old?.kind ?? 'regular');
        files.set(change.path, storedFile({ kind, content: change.bytes }));
      }
    }
    return files;
  }
}

function tokenOf(credential: Credential | undefined): string {
  if (credential === undefined) return '';
  return credential.kind === 'bearer' ? credential.token : `${credential.user}:${credential.password}`;
}

/** Reads a fault that happens once, and switches it off. */
function take<K extends keyof MemoryFaults>(faults: MemoryFaults, name: K): MemoryFaults[K] | undefined {
  const value = faults[name];
  delete faults[name];
  return value;
}
