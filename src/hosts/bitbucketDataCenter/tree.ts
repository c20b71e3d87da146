import { string } from 'valibot';
import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { CallContext, TreeChange } from '../../ports/repositoryHost.ts';
import type { DataCenterApi, Query } from './api.ts';
import { differences, treeChanges, type Differences } from './changes.ts';
import type { History } from './history.ts';
import { KnownTree, type KnownFile } from './knownTree.ts';

/** What servers give at once unless they are told otherwise (`page.max.directory.recursive.children`). */
const pageSize = 100_000;
const remembered = 8;

/** The trees of the commits that were looked at last, with what was learned of them. */
export class Trees {
  readonly #known = new Map<string, KnownTree>();
  /** The last comparison: whoever asks what changed reads it next. */
  #compared: { readonly key: string; readonly found: Differences } | undefined;

  constructor(
    private readonly api: DataCenterApi,
    private readonly history: History,
  ) {}

  /** Nothing, when it was looked at before; else what differs from the last one that was; else a list of names. */
  async get(repository: string, commit: CommitId, call: CallContext): Promise<KnownTree> {
    const known = this.peek(repository, commit);
    if (known !== undefined) return known;
    const tree =
      (await this.#derive(repository, commit, call)) ??
      KnownTree.ofNames(commit, await this.#names(repository, commit, call));
    this.#remember(repository, tree);
    return tree;
  }

  peek(repository: string, commit: CommitId): KnownTree | undefined {
    const known = this.#known.get(keyOf(repository, commit));
    if (known !== undefined) this.#remember(repository, known);
    return known;
  }

  /** Without a commit in common only names are compared: a file that both have counts as modified. */
  async changes(repository: string, from: CommitId, to: CommitId, call: CallContext): Promise<readonly TreeChange[]> {
    const found = await this.#differences(repository, from, to, call);
    if (found !== undefined) return treeChanges(found);
    const before = await this.get(repository, from, call);
    const after = await this.get(repository, to, call);
    const kept = Array.from(after.toTree().values(), ({ path, kind }): TreeChange => {
      return { path, kind: before.files.has(path) ? 'modified' : 'added', to: { kind } };
    });
    const gone = [...before.files.keys()].filter((path) => !after.files.has(path));
    return [...kept, ...gone.map((path): TreeChange => ({ path, kind: 'deleted' }))];
  }

  /** Worth a comparison where it is one request, or where something was learned, which it keeps. */
  async #derive(repository: string, commit: CommitId, call: CallContext): Promise<KnownTree | undefined> {
    const last = [...this.#known].filter(([key]) => key.startsWith(`${repository} `)).at(-1)?.[1];
    if (last === undefined) return undefined;
    if (!this.history.isParent(last.commit, commit) && last.modesRead().size === 0) return undefined;
    const found = await this.#differences(repository, last.commit, commit, call);
    if (found === undefined) return undefined;
    const files = new Map<RepoPath, KnownFile>(last.files);
    for (const [path, { after }] of found) {
      if (after === undefined) files.delete(path);
      else files.set(path, after.content === undefined ? {} : { expected: after.content });
    }
    return new KnownTree(commit, files);
  }

  async #differences(
    repository: string,
    from: CommitId,
    to: CommitId,
    call: CallContext,
  ): Promise<Differences | undefined> {
    const key = `${repository} ${from} ${to}`;
    if (this.#compared?.key === key) return this.#compared.found;
    const found = await differences(this.api, this.history, repository, { from, to }, call);
    if (found !== undefined) this.#compared = { key, found };
    return found;
  }

  async #names(repository: string, commit: CommitId, call: CallContext): Promise<readonly RepoPath[]> {
    const facts = this.api.facts(repository);
    const address = (page: Query): string => this.api.repositoryUrl(repository, '/files', [['at', commit], ...page]);
    const names: RepoPath[] = [];
    for await (const page of this.api.pages(string(), address, pageSize, call, facts)) {
      names.push(...(page as readonly RepoPath[]));
      if (names.length > limits.treeEntries) throw new Failure('tooLarge', { ...facts, detail: 'too many files' });
    }
    return names;
  }

  /** The one asked for last is kept longest. */
  #remember(repository: string, tree: KnownTree): void {
    const key = keyOf(repository, tree.commit);
    this.#known.delete(key);
    this.#known.set(key, tree);
    const [oldest] = this.#known.keys();
    if (this.#known.size > remembered && oldest !== undefined) this.#known.delete(oldest);
  }
}

function keyOf(repository: string, commit: CommitId): string {
  return `${repository} ${commit}`;
}
