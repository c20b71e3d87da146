import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import { asBlobId, type CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { Tree, TreeEntry } from '../../core/model/snapshot.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { kindOfMode } from '../http/kindOfMode.ts';
import type { RememberedTrees } from '../http/rememberedTrees.ts';
import type { GitHubApi } from './api.ts';
import type { Place } from './places.ts';
import { treeSchema, type TreeItem } from './schemas.ts';

/** Reads whole trees, each once. */
export class Trees {
  constructor(
    private readonly api: GitHubApi,
    private readonly remembered: RememberedTrees,
  ) {}

  read(place: Place, commit: CommitId, call: CallContext): Promise<Tree> {
    return this.remembered.get(place.id, commit, () => this.#read(place, commit, call));
  }

  /** Only if it was read before. */
  known(place: Place, commit: CommitId): Promise<Tree> | undefined {
    return this.remembered.peek(place.id, commit);
  }

  async #read(place: Place, commit: CommitId, call: CallContext): Promise<Tree> {
    const tree = new Map<RepoPath, TreeEntry>();
    await this.#collect(place, commit, '', tree, call);
    return tree;
  }

  /** GitHub cuts a listing at 100,000 entries or 7 MB; then each folder of it is listed by itself. */
  async #collect(
    place: Place,
    treeish: string,
    prefix: string,
    tree: Map<RepoPath, TreeEntry>,
    call: CallContext,
  ): Promise<void> {
    const whole = await this.#list(place, treeish, true, call);
    if (!whole.truncated) return this.#add(place, whole.tree, prefix, tree);
    const level = await this.#list(place, treeish, false, call);
    if (level.truncated) {
      throw new Failure('tooLarge', { ...this.api.facts(place.facts), paths: [prefix], detail: 'a folder too large' });
    }
    this.#add(place, level.tree, prefix, tree);
    const folders = level.tree.filter(({ mode }) => mode === '040000');
    await Promise.all(folders.map(({ path, sha }) => this.#collect(place, sha, `${prefix}${path}/`, tree, call)));
  }

  async #list(
    { owner, repo, facts }: Place,
    treeish: string,
    recursive: boolean,
    call: CallContext,
  ): Promise<{ readonly truncated: boolean; readonly tree: readonly TreeItem[] }> {
    const request = { owner, repo, tree_sha: treeish, ...(recursive ? { recursive: '1' } : {}) };
    return this.api.read(treeSchema, await this.api.ask((octokit) => octokit.rest.git.getTree(request), call), facts);
  }

  #add({ facts }: Place, items: readonly TreeItem[], prefix: string, tree: Map<RepoPath, TreeEntry>): void {
    for (const { path: name, mode, sha, size } of items) {
      if (mode === '040000') continue;
      const path = `${prefix}${name}` as RepoPath;
      const entry = { path, kind: kindOfMode(mode), id: asBlobId(sha) };
      tree.set(path, size === undefined ? entry : { ...entry, size });
    }
    if (tree.size > limits.treeEntries) throw new Failure('tooLarge', this.api.facts(facts));
  }
}
