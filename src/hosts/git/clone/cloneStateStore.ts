import type { CommitId } from '../../../core/model/ids.ts';
import type { RepoPath } from '../../../core/model/repoPath.ts';
import type { RepositoryRef } from '../../../core/model/repository.ts';
import type { BaseVersion } from '../../../core/model/snapshot.ts';
import type { BranchState, CheckoutState } from '../../../core/sync/checkoutState.ts';
import type { StateStore } from '../../../ports/stateStore.ts';
import type { Objects } from '../objects.ts';
import type { CloneHeads, Standpoint } from './cloneHeads.ts';

/**
 * A clone's memory is Git's: the branch is HEAD's, the base what HEAD and its upstream last had in common, as the
 * clone knows the upstream now. Only what Git does not know, which files are whose, is kept beside it.
 */
export class CloneStateStore implements StateStore {
  #base: { readonly commit: CommitId; readonly versions: ReadonlyMap<RepoPath, BaseVersion> } | undefined;

  constructor(
    private readonly heads: CloneHeads,
    private readonly objects: Objects,
    private readonly repository: RepositoryRef,
    /** Keeps what Git does not know. */
    private readonly kept: StateStore,
  ) {}

  /** @throws Failure `detachedHead`, `gitUnderway` where a rebase is of no branch. */
  async load(): Promise<CheckoutState> {
    const { signal } = new AbortController();
    const here = await this.heads.here(signal);
    const own = await this.#own();
    const members = own?.branches.get(here.branch)?.members ?? own?.branches.values().next().value?.members;
    const branch: BranchState = { ...(await this.#shared(here, signal)), members: members ?? new Map() };
    const branches = new Map([...(own?.branches ?? []), [here.branch, branch] as const]);
    return { ...own, repository: this.repository, branch: here.branch, branches };
  }

  save(state: CheckoutState): Promise<void> {
    const branches = new Map([...state.branches].map(([name, { members }]) => [name, { base: new Map(), members }]));
    return this.kept.save({ ...state, repository: this.repository, branches });
  }

  /** What an other repository's checkout kept in this clone is nobody's. */
  async #own(): Promise<CheckoutState | undefined> {
    const own = await this.kept.load();
    const isOwn = own?.repository.host === this.repository.host && own.repository.id === this.repository.id;
    return isOwn ? own : undefined;
  }

  /**
   * A branch that was never pushed has in common with the repository what its default branch has. In the middle of a
   * merge the working tree is the merge's, so that what it brings is no change of the person's.
   */
  async #shared(here: Standpoint, signal: AbortSignal): Promise<Pick<BranchState, 'head' | 'base'>> {
    const { head, fetched, merging } = here;
    if (head === undefined) return { base: new Map() };
    const other = fetched ?? (await this.heads.commitAt(`refs/remotes/${this.heads.remote}/HEAD`, signal));
    const common =
      other === undefined
        ? undefined
        : await this.heads.mergeBase(other, [head, ...(merging ? [merging] : [])], signal);
    if (common === undefined) return { base: new Map() };
    const base = await this.#versionsAt(common, signal);
    return fetched === undefined ? { base } : { head: common, base };
  }

  async #versionsAt(commit: CommitId, signal: AbortSignal): Promise<ReadonlyMap<RepoPath, BaseVersion>> {
    if (this.#base?.commit === commit) return this.#base.versions;
    const versions = new Map<RepoPath, BaseVersion>();
    for (const { path, kind, id } of (await this.objects.tree(commit, signal)).values()) {
      if (id !== undefined && (kind === 'regular' || kind === 'executable'))
        versions.set(path, { id, mode: kind, commit });
    }
    this.#base = { commit, versions };
    return versions;
  }
}
