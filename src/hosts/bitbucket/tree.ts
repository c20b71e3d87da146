import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import type { BlobId, CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { RememberedTrees } from '../http/rememberedTrees.ts';
import type { BitbucketApi } from './api.ts';
import { diffstat, type PathChange } from './changes.ts';
import { deepestListing, listSpecial, listTree, type SourceFile, type SourceTree } from './listTree.ts';

/** Entries up to which a new listing is as cheap as asking what is special in it. */
const small = 200;
/** Repositories whose last tree is kept for the next one. */
const most = 8;

type Changes = ReadonlyMap<RepoPath, PathChange>;

interface Since {
  readonly from: CommitId;
  readonly changes: Promise<Changes>;
}

/** May learn ids; goes out only as a copy. */
type GrowingTree = Map<RepoPath, SourceFile>;

/**
 * Trees of commits, and the ids of what was read of them. The host tells no ids; those of a file that did not change
 * since hold for the next commit too, so that only what changed has to be read again.
 */
export class Trees {
  readonly #remembered = new RememberedTrees<GrowingTree>();
  readonly #last = new Map<string, { readonly commit: CommitId; readonly tree: GrowingTree }>();

  constructor(private readonly api: BitbucketApi) {}

  /** `since`: what has changed since another commit, asked already. */
  async get(repository: string, commit: CommitId, call: CallContext, since?: Since): Promise<SourceTree> {
    return new Map(await this.#known(repository, commit, call, since));
  }

  /** That `path` was read at `commit`. */
  async learn(
    repository: string,
    commit: CommitId,
    ids: ReadonlyMap<RepoPath, BlobId>,
    call: CallContext,
  ): Promise<void> {
    const tree = await this.#known(repository, commit, call);
    for (const [path, id] of ids) {
      const file = tree.get(path);
      if (file !== undefined) tree.set(path, { ...file, id });
    }
  }

  /** A tree that is known without asking: that of a commit of ours. */
  async keep(repository: string, commit: CommitId, tree: SourceTree): Promise<void> {
    await this.#remembered.get(repository, commit, () => Promise.resolve(this.#keepLast(repository, commit, tree)));
  }

  #known(repository: string, commit: CommitId, call: CallContext, since?: Since): Promise<GrowingTree> {
    throwIfCancelled(call.signal);
    return this.#remembered.get(repository, commit, async () =>
      this.#keepLast(repository, commit, await this.#read(repository, commit, call, since)),
    );
  }

  #keepLast(repository: string, commit: CommitId, entries: SourceTree): GrowingTree {
    const tree = new Map(entries);
    this.#last.delete(repository);
    this.#last.set(repository, { commit, tree });
    const [oldest] = this.#last.keys();
    if (this.#last.size > most && oldest !== undefined) this.#last.delete(oldest);
    return tree;
  }

  async #read(repository: string, commit: CommitId, call: CallContext, since?: Since): Promise<SourceTree> {
    const last = this.#last.get(repository);
    if (last === undefined) return listTree(this.api, repository, commit, call);
    const changesSinceLast = (): Promise<Changes | undefined> =>
      since?.from === last.commit ? since.changes : this.#changesSince(repository, last.commit, commit, call);
    if (last.tree.size > small) {
      const grown = await this.#grown(repository, last.tree, commit, changesSinceLast(), call);
      return grown ?? listTree(this.api, repository, commit, call);
    }
    const knowsIds = [...last.tree.values()].some(({ id }) => id !== undefined);
    const [tree, changes] = await Promise.all([
      listTree(this.api, repository, commit, call),
      knowsIds ? changesSinceLast() : undefined,
    ]);
    return changes === undefined ? tree : withKnownIds(tree, last.tree, changes);
  }

  /** The last tree with what changed since; `undefined`: it cannot be told so. */
  async #grown(
    repository: string,
    last: SourceTree,
    commit: CommitId,
    since: Promise<Changes | undefined>,
    call: CallContext,
  ): Promise<SourceTree | undefined> {
    const [changes, special] = await Promise.all([since, listSpecial(this.api, repository, commit, call)]);
    if (changes === undefined || special === undefined) return undefined;
    if ([...changes.keys()].some((path) => path.split('/').length > deepestListing)) return undefined;
    const tree = new Map(last);
    for (const [path, change] of changes) {
      if (change === 'deleted') tree.delete(path);
      else tree.set(path, special.get(path) ?? { path, kind: 'regular' });
    }
    return agree(tree, special) ? tree : undefined;
  }

  /** `undefined` where the host cannot tell: the older commit is gone, or they differ in too much. */
  async #changesSince(
    repository: string,
    from: CommitId,
    to: CommitId,
    call: CallContext,
  ): Promise<Changes | undefined> {
    try {
      return await diffstat(this.api, repository, from, to, call);
    } catch (error) {
      if (Failure.is(error, 'hostError', 'timeout', 'serverError')) return undefined;
      throw error;
    }
  }
}

function withKnownIds(tree: SourceTree, before: SourceTree, changes: Changes): SourceTree {
  const known = [...tree].map(([path, file]): [RepoPath, SourceFile] => {
    const id = changes.has(path) ? undefined : before.get(path)?.id;
    return [path, id === undefined ? file : { ...file, id }];
  });
  return new Map(known);
}

/** Whether both lists name the same files as special: a wrong mode would be written back one day. */
function agree(tree: SourceTree, special: SourceTree): boolean {
  const kinds = [...tree.values()].filter(({ kind, lfs }) => kind !== 'regular' || lfs === true);
  return kinds.length === special.size && kinds.every(({ path, kind }) => special.get(path)?.kind === kind);
}
