import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { Failure } from '../../core/errors.ts';
import type { BlobId, CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Branch, CommitInfo, Repository } from '../../core/model/repository.ts';
import type { Tree } from '../../core/model/snapshot.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type {
  CallContext,
  CommitRequest,
  CommitResult,
  FileRequest,
  Identity,
  Owner,
  RepositoryHost,
  TreeChange,
} from '../../ports/repositoryHost.ts';
import { parseAddress, type GitAddress } from './address.ts';
import type { Prompting } from './answerer.ts';
import type { GitAccount } from './accountAnswers.ts';
import { writeCommit } from './commit.ts';
import type { Answers } from './conversation.ts';
import { BrokenMirror } from './failures.ts';
import { GitProgram, type GitProgramOptions } from './gitProgram.ts';
import type { Mirror } from './mirror.ts';
import { Mirrors } from './mirrors.ts';
import { Objects, refuseLarge } from './objects.ts';
import { deleteRef, pushCommit } from './push.ts';
import { RememberedAnswers } from './rememberedAnswers.ts';
import { Remote } from './remote.ts';
import { asTreeChange } from './treeFormat.ts';

export interface GitHostOptions extends GitProgramOptions {
  readonly origin: string;
  /** A folder of ours alone, for the mirrors; made when needed. */
  readonly storage: string;
  readonly hasher: Hasher;
  /** Absent: nobody is ever asked. */
  readonly prompting?: Prompting;
  /** Signs in as this account and nobody else, without asking anybody; takes the place of `prompting`. */
  readonly account?: GitAccount;
}

/** Any Git remote, through the person's own `git`, and a bare partial mirror of each repository. */
export class GitHost implements RepositoryHost {
  readonly id = 'git';
  readonly origin: string;
  readonly #options: GitHostOptions;
  readonly #git: GitProgram;
  readonly #mirrors: Mirrors;
  readonly #answers: Answers;

  constructor(options: GitHostOptions) {
    this.origin = options.origin;
    this.#options = options;
    this.#git = new GitProgram(options);
    this.#mirrors = new Mirrors(this.#git, options.storage);
    this.#answers = {
      prompting: options.prompting,
      account: options.account,
      remembered: new RememberedAnswers(options.origin),
    };
  }

  /** Plain Git has no accounts: who the person's commits are by. */
  async whoAmI({ signal }: CallContext): Promise<Identity> {
    const read = async (key: string) => {
      const { stdout } = await this.#git.run({ args: ['config', '--get', key], cwd: await this.#storage(), signal });
      return stdout.toString().trim();
    };
    return { id: await read('user.email'), name: await read('user.name') };
  }

  /** Plain Git has no lists; addresses are typed. */
  async *listOwners(_call: CallContext): AsyncIterable<readonly Owner[]> {}

  async *listRepositories(_owner: string, _query: string, _call: CallContext): AsyncIterable<readonly Repository[]> {}

  repository(id: string, call: CallContext): Promise<Repository> {
    return this.#with(id, call, async ({ address, remote }) => {
      const { heads, defaultBranch } = await remote.branches(call);
      const { host, origin, name } = address;
      const described = { host, origin, id: address.id, name, empty: heads.size === 0 };
      return defaultBranch === undefined ? described : { ...described, defaultBranch };
    });
  }

  async *listBranches(repository: string, query: string, call: CallContext): AsyncIterable<readonly Branch[]> {
    const { heads, defaultBranch } = await this.#with(repository, call, ({ remote }) => remote.branches(call));
    const wanted = query.toLowerCase();
    yield [...heads]
      .filter(([name]) => name.toLowerCase().includes(wanted))
      .map(([name, head]) => ({ name, head, isDefault: name === defaultBranch }));
  }

  head(repository: string, branch: string, call: CallContext): Promise<CommitId | undefined> {
    return this.#with(repository, call, ({ remote }) => remote.head(branch, call));
  }

  tree(repository: string, commit: CommitId, call: CallContext): Promise<Tree> {
    return this.#with(repository, call, (opened) => this.#tree(opened, commit, call));
  }

  readFiles(
    repository: string,
    commit: CommitId,
    files: readonly FileRequest[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    return this.#with(repository, call, async (opened) => {
      const ids = await this.#blobsOf(opened, commit, files, call);
      const contents = await this.#readBlobs(opened, ids, call);
      const answer = new Map<RepoPath, Uint8Array>();
      for (const [path, id] of ids) answer.set(path, contents.get(id)!);
      return answer;
    });
  }

  changes(repository: string, from: CommitId, to: CommitId, call: CallContext): Promise<readonly TreeChange[]> {
    return this.#with(repository, call, async (opened) => {
      await this.#ensure(opened, from, call);
      await this.#ensure(opened, to, call);
      return (await opened.objects.rawChanges(from, to, call.signal)).map(asTreeChange);
    });
  }

  commitsBetween(
    repository: string,
    from: CommitId | undefined,
    to: CommitId,
    limit: number,
    call: CallContext,
  ): Promise<readonly CommitInfo[]> {
    return this.#with(repository, call, async (opened) => {
      await this.#ensure(opened, to, call);
      // A commit that is not here although everything before `to` is cannot be before `to`.
      const known = from !== undefined && (await opened.objects.has(from, call.signal)) ? from : undefined;
      return opened.objects.commitsBetween(known, to, limit, call.signal);
    });
  }

  isAncestor(repository: string, ancestor: CommitId, of: CommitId, call: CallContext): Promise<boolean> {
    return this.#with(repository, call, async (opened) => {
      await this.#ensure(opened, of, call);
      if (!(await opened.objects.has(ancestor, call.signal))) return false;
      return opened.objects.isAncestor(ancestor, of, call.signal);
    });
  }

  commit(repository: string, request: CommitRequest, call: CallContext): Promise<CommitResult> {
    const { branch, expectedHead: expected } = request;
    const parent = expected ?? request.startFrom;
    return this.#with(repository, call, async (opened) => {
      if (parent !== undefined) await this.#ensure(opened, parent, call);
      const commit = await writeCommit({ ...opened, hasher: this.#options.hasher }, parent, request, call.signal);
      await pushCommit(opened, { branch, commit, expected, isRoot: parent === undefined }, call);
      return { commit, parent };
    });
  }

  async createBranch(repository: string, name: string, from: CommitId, call: CallContext): Promise<void> {
    await this.#with(repository, call, async (opened) => {
      await this.#ensure(opened, from, call);
      try {
        await pushCommit(opened, { branch: name, commit: from, expected: undefined }, call);
      } catch (error) {
        if (!Failure.is(error, 'stale')) throw error;
        throw new Failure('branchExists', error.facts, { cause: error });
      }
    });
  }

  async deleteBranch(repository: string, name: string, expectedHead: CommitId, call: CallContext): Promise<void> {
    await this.#with(repository, call, (opened) => deleteRef(opened, name, expectedHead, call));
  }

  /** A broken mirror is made anew, once: it holds nothing that the remote has not. */
  async #with<T>(id: string, call: CallContext, work: (opened: OpenRepository) => Promise<T>): Promise<T> {
    const opened = await this.#open(id, call);
    try {
      return await work(opened);
    } catch (error) {
      if (!(error instanceof BrokenMirror)) throw error;
      this.#options.log.warn(`The copy of ${opened.address.name} is broken: ${error.facts.detail}`);
      if (!(await this.#mirrors.replace(opened.mirror))) throw error;
      return await work(await this.#open(id, call));
    }
  }

  async #open(id: string, call: CallContext): Promise<OpenRepository> {
    const address = parseAddress(id, { home: homedir(), platform: process.platform });
    if (address.origin !== this.origin) {
      throw new Failure('unsafeUrl', {
        repository: id,
        origin: this.origin,
        detail: 'the repository has another origin',
      });
    }
    await this.#storage();
    const mirror = await this.#mirrors.open(address, call.signal);
    return { address, mirror, objects: new Objects(mirror), remote: new Remote(mirror, this.#answers) };
  }

  async #storage(): Promise<string> {
    await mkdir(this.#options.storage, { recursive: true });
    return this.#options.storage;
  }

  async #tree(opened: OpenRepository, commit: CommitId, call: CallContext): Promise<Tree> {
    await this.#ensure(opened, commit, call);
    return opened.objects.tree(commit, call.signal);
  }

  async #ensure({ objects, remote }: OpenRepository, commit: CommitId, call: CallContext): Promise<void> {
    if (!(await objects.has(commit, call.signal))) await remote.fetchCommit(commit, call);
  }

  /** The tree is asked only where a file comes without its id. */
  async #blobsOf(
    opened: OpenRepository,
    commit: CommitId,
    files: readonly FileRequest[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, BlobId>> {
    const ids = new Map<RepoPath, BlobId>();
    let tree: Tree | undefined;
    for (const { path, id } of files) {
      if (id !== undefined) {
        ids.set(path, id);
        continue;
      }
      tree ??= await this.#tree(opened, commit, call);
      const entry = tree.get(path);
      if (entry?.id !== undefined && (entry.kind === 'regular' || entry.kind === 'executable')) ids.set(path, entry.id);
    }
    return ids;
  }

  async #readBlobs(
    { objects, remote, address }: OpenRepository,
    ids: ReadonlyMap<RepoPath, BlobId>,
    call: CallContext,
  ): Promise<ReadonlyMap<BlobId, Uint8Array>> {
    const wanted = [...new Set(ids.values())];
    if (wanted.length === 0) return new Map();
    let sizes = await objects.sizes(wanted, call.signal);
    const missing = wanted.filter((id) => !sizes.has(id));
    if (missing.length > 0) {
      await remote.fetchBlobs(missing, call);
      sizes = await objects.sizes(wanted, call.signal);
    }
    const pathOf = (id: BlobId) => [...ids].find(([, other]) => other === id)?.[0] ?? id;
    const absent = wanted.filter((id) => !sizes.has(id)).map(pathOf);
    if (absent.length > 0)
      throw new Failure('hostError', { repository: address.name, paths: absent, detail: 'objects are missing' });
    refuseLarge(sizes, pathOf);
    return objects.contents(sizes, call.signal);
  }
}

/** A repository with everything that reads it and talks to it. */
interface OpenRepository {
  readonly address: GitAddress;
  readonly mirror: Mirror;
  readonly objects: Objects;
  readonly remote: Remote;
}
