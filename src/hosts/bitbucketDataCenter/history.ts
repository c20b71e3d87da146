import { asCommitId, type CommitId } from '../../core/model/ids.ts';
import type { CommitInfo } from '../../core/model/repository.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { parseAnswer } from '../http/parseAnswer.ts';
import type { DataCenterApi, Query } from './api.ts';
import { isCommitMissing } from './failures.ts';
import { commitSchema, pageOf } from './schemas.ts';

const pageSize = 100;
const remembered = 1_000;

/** What comes before what. Commits never change, so that what was seen once is not asked again. */
export class History {
  readonly #parents = new Map<CommitId, readonly CommitId[]>();

  constructor(private readonly api: DataCenterApi) {}

  /** One request; `undefined` when the branch does not exist. */
  async head(repository: string, branch: string, call: CallContext): Promise<CommitId | undefined> {
    const facts = { ...this.api.facts(repository), branch };
    const url = this.#commitsUrl(repository, [
      ['until', `refs/heads/${branch}`],
      ['limit', 1],
    ]);
    const answer = await this.api.send({ method: 'GET', url, conditional: true }, call);
    if (isCommitMissing(answer)) return undefined;
    const { values } = parseAnswer(pageOf(commitSchema), this.api.accept(answer, facts).json(), facts);
    return values.map((commit) => this.#keep(commit))[0]?.id;
  }

  async between(
    repository: string,
    from: CommitId | undefined,
    to: CommitId,
    limit: number,
    call: CallContext,
  ): Promise<readonly CommitInfo[]> {
    if (limit <= 0 || from === to) return [];
    // A commit that a force-push left behind may be gone for good: then everything is after it.
    const since: Query =
      from === undefined
        ? []
        : [
            ['since', from],
            ['ignoreMissing', 'true'],
          ];
    const address = (page: Query): string => this.#commitsUrl(repository, [['until', to], ...since, ...page]);
    const commits: CommitInfo[] = [];
    const pages = this.api.pages(commitSchema, address, Math.min(limit, pageSize), call, this.api.facts(repository));
    for await (const page of pages) {
      commits.push(...page.map((commit) => this.#keep(commit)));
      if (commits.length >= limit) break;
    }
    return commits.slice(0, limit);
  }

  /** `false` too when `ancestor` is unknown to the repository. */
  async isAncestor(repository: string, ancestor: CommitId, of: CommitId, call: CallContext): Promise<boolean> {
    if (ancestor === of || this.isParent(ancestor, of)) return true;
    return (await this.mergeBase(repository, ancestor, of, call)) === ancestor;
  }

  /** As far as is known without asking. */
  isParent(parent: CommitId, of: CommitId): boolean {
    return this.#parents.get(of)?.includes(parent) ?? false;
  }

  /** `undefined`: nothing in common, or one of them is unknown to the repository. */
  async mergeBase(repository: string, a: CommitId, b: CommitId, call: CallContext): Promise<CommitId | undefined> {
    const facts = this.api.facts(repository);
    const url = this.api.repositoryUrl(repository, `/commits/${b}/merge-base`, [['otherCommitId', a]]);
    const answer = await this.api.send({ method: 'GET', url }, call);
    if (answer.status === 204 || isCommitMissing(answer)) return undefined;
    return asCommitId(parseAnswer(commitSchema, this.api.accept(answer, facts).json(), facts).id);
  }

  #commitsUrl(repository: string, query: Query): string {
    return this.api.repositoryUrl(repository, '/commits', query);
  }

  #keep({ id, message, parents }: { id: string; message: string; parents: readonly { id: string }[] }): CommitInfo {
    const commit = { id: asCommitId(id), parents: parents.map((parent) => asCommitId(parent.id)), message };
    this.#parents.delete(commit.id);
    this.#parents.set(commit.id, commit.parents);
    const [oldest] = this.#parents.keys();
    if (this.#parents.size > remembered && oldest !== undefined) this.#parents.delete(oldest);
    return commit;
  }
}
