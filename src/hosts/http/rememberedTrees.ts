import { Failure } from '../../core/errors.ts';
import type { FileChange } from '../../core/model/change.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { Tree } from '../../core/model/snapshot.ts';

/** Trees of the commits looked at last: a commit never changes, so that what was planned can be checked for free. */
export class RememberedTrees<Kept extends Tree = Tree> {
  readonly #trees = new Map<string, Promise<Kept>>();

  constructor(private readonly most = 8) {}

  /** The tree of a commit, read once; a read that failed is forgotten. */
  async get(repository: string, commit: CommitId, read: () => Promise<Kept>): Promise<Kept> {
    const key = `${repository} ${commit}`;
    const known = this.#trees.get(key);
    if (known !== undefined) {
      try {
        return await known;
      } catch {
        // The other caller heard of it; it may have been cancelled, which is no reason for this one to fail.
        this.#trees.delete(key);
      }
    }
    const reading = read();
    this.#trees.set(key, reading);
    this.#forgetOldest();
    try {
      return await reading;
    } catch (error) {
      if (this.#trees.get(key) === reading) this.#trees.delete(key);
      throw error;
    }
  }

  /** Only if it is known, or on its way. */
  peek(repository: string, commit: CommitId): Promise<Tree> | undefined {
    return this.#trees.get(`${repository} ${commit}`);
  }

  #forgetOldest(): void {
    const [oldest] = this.#trees.keys();
    if (this.#trees.size > this.most && oldest !== undefined) this.#trees.delete(oldest);
  }
}

/**
 * Whether each change starts from what the tree has. Ids are compared where the tree has any.
 * @throws Failure `stale` naming the paths that are something else.
 */
export function refuseOtherVersions(tree: Tree, changes: readonly FileChange[]): void {
  const paths = changes
    .filter(({ path, expected }) => {
      const entry = tree.get(path);
      if (expected === null || entry === undefined) return (expected === null) !== (entry === undefined);
      return entry.id !== undefined && entry.id !== expected;
    })
    .map(({ path }) => path);
  if (paths.length > 0) throw new Failure('stale', { paths });
}
