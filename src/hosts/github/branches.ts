import { array, boolean, nullish, object, string, unknown } from 'valibot';
import type { CommitId } from '../../core/model/ids.ts';
import type { Branch } from '../../core/model/repository.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { parseAnswer } from '../http/parseAnswer.ts';
import type { GitHubApi } from './api.ts';
import { refusalOfErrors } from './failures.ts';
import type { Place, Places } from './places.ts';
import type { Refs } from './refs.ts';
import { commitIdSchema } from './schemas.ts';

const branchesQuery = `query Branches($owner: String!, $name: String!, $part: String, $after: String) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    refs(refPrefix: "refs/heads/", query: $part, first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { name target { oid } refUpdateRule { viewerCanPush } }
    }
  }
}`;

const refsSchema = object({
  pageInfo: object({ hasNextPage: boolean(), endCursor: nullish(string()) }),
  nodes: array(object({ name: string(), target: object({ oid: commitIdSchema }), refUpdateRule: nullish(unknown()) })),
});
const branchesSchema = object({
  repository: object({ defaultBranchRef: nullish(object({ name: string() })), refs: nullish(refsSchema) }),
});

interface Page {
  readonly branches: readonly Branch[];
  /** Where the next page begins. */
  readonly end: string | undefined;
}

/** Branches of repositories. */
export class Branches {
  constructor(
    private readonly api: GitHubApi,
    private readonly places: Places,
    private readonly refs: Refs,
  ) {}

  async head(id: string, branch: string, call: CallContext): Promise<CommitId | undefined> {
    const place = await this.places.find(id, call);
    const found = await this.refs.head(place, branch, call);
    if (found !== 'notFound') return found;
    // Not the branch, or not the repository: that one may be gone, or have got another name.
    const now = this.places.learn(await this.places.lookUp(id, call));
    if (now.facts.repository === place.facts.repository) return undefined;
    const there = await this.refs.head(now, branch, call);
    return there === 'notFound' ? undefined : there;
  }

  async *list(id: string, query: string, call: CallContext): AsyncIterable<readonly Branch[]> {
    let after: string | undefined;
    do {
      const { branches, end } = await this.places.at(id, call, (place) => this.#page(place, query, after, call));
      yield branches;
      after = end;
    } while (after !== undefined);
  }

  create(id: string, name: string, from: CommitId, call: CallContext): Promise<void> {
    return this.places.toWrite(id, call, (place) => this.refs.create(place, name, from, call));
  }

  delete(id: string, name: string, expectedHead: CommitId, call: CallContext): Promise<void> {
    return this.places.toWrite(id, call, (place) => this.refs.delete(place, name, expectedHead, call));
  }

  async #page(
    { owner, repo, facts }: Place,
    query: string,
    after: string | undefined,
    call: CallContext,
  ): Promise<Page> {
    const variables = { owner, name: repo, part: query === '' ? null : query, after: after ?? null };
    const graph = await this.api.query(branchesQuery, variables, call, facts);
    if (graph.errors.length > 0) throw refusalOfErrors(graph, this.api.facts(facts));
    const { repository } = parseAnswer(branchesSchema, graph.data, this.api.facts(facts));
    const main = repository.defaultBranchRef?.name;
    const branches = (repository.refs?.nodes ?? []).map(({ name, target, refUpdateRule: rule }) => ({
      name,
      head: target.oid,
      isDefault: name === main,
      isProtected: rule !== undefined && rule !== null,
    }));
    const next = repository.refs?.pageInfo;
    return { branches, end: next?.hasNextPage === true ? (next.endCursor ?? undefined) : undefined };
  }
}
