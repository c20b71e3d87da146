import { array } from 'valibot';
import type { InferOutput } from 'valibot';
import { throwIfCancelled } from '../../core/cancellation.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { CommitInfo } from '../../core/model/repository.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { GitHubApi } from './api.ts';
import type { Place, Places } from './places.ts';
import { commitSchema, comparisonSchema } from './schemas.ts';

const pageSize = 100;

type Comparison = InferOutput<typeof comparisonSchema>;

/** What commits come before which. */
export class History {
  constructor(
    private readonly api: GitHubApi,
    private readonly places: Places,
  ) {}

  async between(
    place: Place,
    from: CommitId | undefined,
    to: CommitId,
    limit: number,
    call: CallContext,
  ): Promise<readonly CommitInfo[]> {
    throwIfCancelled(call.signal);
    if (from === to || limit <= 0) return [];
    // Without paging, a comparison holds the newest 250 commits, the oldest of them first.
    const newest = from === undefined ? undefined : await this.#compare(place, from, to, {}, call);
    // What is not known (any more), or has nothing in common, reaches none of the commits.
    if (from === undefined || newest === undefined) return this.#log(place, to, limit, call);
    if (newest.total_commits <= newest.commits.length || limit <= newest.commits.length) {
      return newest.commits.toReversed().slice(0, limit).map(infoOf);
    }
    return this.#pagesFromTheEnd(place, from, to, { limit, total: newest.total_commits }, call);
  }

  async isAncestor(place: Place, ancestor: CommitId, of: CommitId, call: CallContext): Promise<boolean> {
    throwIfCancelled(call.signal);
    if (ancestor === of) return true;
    const comparison = await this.#compare(place, ancestor, of, { per_page: 1 }, call);
    return comparison?.status === 'ahead' || comparison?.status === 'identical';
  }

  async #pagesFromTheEnd(
    place: Place,
    from: CommitId,
    to: CommitId,
    { limit, total }: { readonly limit: number; readonly total: number },
    call: CallContext,
  ): Promise<readonly CommitInfo[]> {
    const found: CommitInfo[] = [];
    for (let page = Math.ceil(total / pageSize); page > 0 && found.length < limit; page--) {
      const comparison = await this.#compare(place, from, to, { page, per_page: pageSize }, call);
      found.push(...(comparison?.commits ?? []).toReversed().map(infoOf));
    }
    return found.slice(0, limit);
  }

  /** `undefined`: one of the commits is unknown, or they have no common ancestor. */
  async #compare(
    { id, owner, repo, facts }: Place,
    from: CommitId,
    to: CommitId,
    page: { readonly page?: number; readonly per_page?: number },
    call: CallContext,
  ): Promise<Comparison | undefined> {
    const request = { owner, repo, basehead: `${from}...${to}`, ...page };
    const answer = await this.api.ask((octokit) => octokit.rest.repos.compareCommitsWithBasehead(request), call);
    if (answer.status !== 404) return this.api.read(comparisonSchema, answer, facts);
    // A repository that is gone is no news about its history.
    await this.places.lookUp(id, call);
    return undefined;
  }

  async #log({ owner, repo, facts }: Place, to: CommitId, limit: number, call: CallContext): Promise<CommitInfo[]> {
    const found: CommitInfo[] = [];
    const request = { owner, repo, sha: to, per_page: Math.min(limit, pageSize) };
    for await (const answer of this.api.pages((octokit) => octokit.rest.repos.listCommits(request), call, facts)) {
      found.push(...this.api.read(array(commitSchema), answer, facts).map(infoOf));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  }
}

/** A commit's message ends with a line feed that nobody typed. */
function infoOf({ sha, parents, commit }: InferOutput<typeof commitSchema>): CommitInfo {
  return { id: sha, parents: parents.map((parent) => parent.sha), message: commit.message.replace(/\n+$/, '') };
}
