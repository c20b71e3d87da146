import { Failure } from '../../core/errors.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { GitHubApi } from './api.ts';
import { isBreakdown, isEmptyRepository, problemsIn, refusalOf, refusalOfErrors } from './failures.ts';
import { isUnknownField, type GraphAnswer } from './graph.ts';
import type { Place } from './places.ts';
import { refSchema } from './schemas.ts';

/** In place of a commit: there is to be no branch. */
const none = '0'.repeat(40);

const updateRefs = `mutation UpdateRefs($input: UpdateRefsInput!) {
  updateRefs(input: $input) { clientMutationId }
}`;

/** What a branch must point to, and what it is to point to then. */
export interface RefMove {
  readonly branch: string;
  readonly from: CommitId;
  readonly to: CommitId;
  /** Whether `to` may leave commits behind: servers that cannot compare do not do that, it is `stale` there. */
  readonly force?: boolean;
}

/** Where branches point, and moving them only from where they were seen. */
export class Refs {
  constructor(private readonly api: GitHubApi) {}

  /** `notFound`: no such branch, or no such repository. `undefined`: there are no branches at all. */
  async head(
    { owner, repo, facts }: Place,
    branch: string,
    call: CallContext,
  ): Promise<CommitId | 'notFound' | undefined> {
    const ref = `heads/${branch}`;
    const answer = await this.api.ask((octokit) => octokit.rest.git.getRef({ owner, repo, ref }), call, {
      conditional: true,
    });
    if (isEmptyRepository(answer)) return undefined;
    if (answer.status === 404) return 'notFound';
    const found = this.api.read(refSchema, answer, { ...facts, branch });
    if (!Array.isArray(found)) return found.object.sha;
    return found.find((one) => one.ref === `refs/${ref}`)?.object.sha ?? 'notFound';
  }

  /** @throws Failure `branchExists`, `invalidName` */
  async create({ owner, repo, facts }: Place, branch: string, at: CommitId, call: CallContext): Promise<void> {
    const ref = `refs/heads/${branch}`;
    const answer = await this.api.ask((octokit) => octokit.rest.git.createRef({ owner, repo, ref, sha: at }), call);
    const told = this.api.facts({ ...facts, branch });
    if (problemsIn(answer).some(({ message }) => /already exists/i.test(message))) {
      throw new Failure('branchExists', told);
    }
    this.api.accept(answer, told);
  }

  /** @throws Failure `stale` when the branch is not at `from`: nothing was moved. */
  async move(place: Place, { branch, from, to, force = false }: RefMove, call: CallContext): Promise<void> {
    const update = { name: `refs/heads/${branch}`, beforeOid: from, afterOid: to, force };
    if (await this.#update(place, branch, update, call)) return;
    // Somebody's commit might come between the look and the move, and be left behind.
    if (force) throw new Failure('stale', this.api.facts({ ...place.facts, branch }));
    await this.#patch(place, { branch, from, to }, call);
  }

  /** @throws Failure `stale` when the branch is not at `expected`, `branchNotFound` */
  async delete(place: Place, branch: string, expected: CommitId, call: CallContext): Promise<void> {
    // Without force, leaving commits behind might be refused; the comparison is what protects them.
    const update = { name: `refs/heads/${branch}`, beforeOid: expected, afterOid: none, force: true };
    try {
      if (await this.#update(place, branch, update, call)) return;
      await this.#refuseMoved(place, branch, expected, call);
    } catch (error) {
      if (!Failure.is(error, 'stale') || (await this.#exists(place, branch, call))) throw error;
      throw new Failure('branchNotFound', error.facts);
    }
    const { owner, repo, facts } = place;
    const ref = `heads/${branch}`;
    const answer = await this.api.ask((octokit) => octokit.rest.git.deleteRef({ owner, repo, ref }), call);
    this.api.accept(answer, { ...facts, branch });
  }

  /** The one way to compare and swap. `false`: the server is older than it. */
  async #update(
    place: Place,
    branch: string,
    update: Readonly<Record<string, string | boolean>>,
    call: CallContext,
  ): Promise<boolean> {
    if (place.node === undefined) return false;
    const input = { repositoryId: place.node, refUpdates: [update] };
    const graph = await this.api.mutate(updateRefs, { input }, call, { ...place.facts, branch });
    if (graph.errors.length === 0) return true;
    if (isUnknownField(graph)) return false;
    throw await this.#refused(place, branch, String(update['beforeOid']), graph, call);
  }

  /** What GitHub says of a branch that has moved is written nowhere: where it is now says it. */
  async #refused(
    place: Place,
    branch: string,
    expected: string,
    graph: GraphAnswer,
    call: CallContext,
  ): Promise<Failure> {
    const failure = refusalOfErrors(graph, this.api.facts({ ...place.facts, branch }));
    if (graph.errors.some(isBreakdown)) return new Failure('answerLost', failure.facts);
    const now = await this.head(place, branch, call);
    return now === expected ? failure : new Failure('stale', failure.facts);
  }

  /** As near to a comparison as servers before `updateRefs` come: what is not a descendant is refused by them. */
  async #patch(place: Place, { branch, from, to }: RefMove, call: CallContext): Promise<void> {
    await this.#refuseMoved(place, branch, from, call);
    const { owner, repo, facts } = place;
    const request = { owner, repo, ref: `heads/${branch}`, sha: to, force: false };
    const answer = await this.api.ask((octokit) => octokit.rest.git.updateRef(request), call);
    const told = this.api.facts({ ...facts, branch });
    const [problem] = problemsIn(answer);
    if (answer.status === 422 && /fast.forward|does not exist/i.test(problem?.message ?? '')) {
      throw new Failure('stale', told);
    }
    if (answer.status > 299) throw refusalOf(answer, told);
  }

  async #refuseMoved(place: Place, branch: string, expected: CommitId, call: CallContext): Promise<void> {
    if ((await this.head(place, branch, call)) === expected) return;
    throw new Failure('stale', this.api.facts({ ...place.facts, branch }));
  }

  async #exists(place: Place, branch: string, call: CallContext): Promise<boolean> {
    const head = await this.head(place, branch, call);
    return head !== undefined && head !== 'notFound';
  }
}
