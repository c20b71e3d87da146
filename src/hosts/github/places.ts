import type { InferOutput } from 'valibot';
import { Failure, type FailureFacts } from '../../core/errors.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { GitHubApi } from './api.ts';
import { repositorySchema } from './schemas.ts';

export type RepositoryAnswer = InferOutput<typeof repositorySchema>;

/** A repository as requests and messages need it. */
export interface Place {
  readonly id: string;
  readonly owner: string;
  readonly repo: string;
  /** Its id for GraphQL, which very old servers do not tell. */
  readonly node: string | undefined;
  readonly facts: FailureFacts;
}

/**
 * Where repositories are. Their ids never change, but nearly every call takes names: those are asked for once, and
 * again when a repository is not found by the name that it had.
 */
export class Places {
  readonly #places = new Map<string, Place>();

  constructor(private readonly api: GitHubApi) {}

  /** Notes what an answer says of a repository. */
  learn({ id, node_id: node, full_name: name }: RepositoryAnswer): Place {
    const [owner = '', repo = ''] = name.split('/');
    const place = { id: String(id), owner, repo, node, facts: { repository: name } };
    this.#places.set(place.id, place);
    return place;
  }

  nameOf(id: string): string | undefined {
    return this.#places.get(id)?.facts.repository;
  }

  async find(id: string, call: CallContext): Promise<Place> {
    return this.#places.get(id) ?? this.learn(await this.lookUp(id, call));
  }

  /** Runs `work` with the repository's name; where it is not found by it, the next call asks for the name again. */
  async at<T>(id: string, call: CallContext, work: (place: Place) => Promise<T>): Promise<T> {
    const place = await this.find(id, call);
    try {
      return await work(place);
    } catch (error) {
      if (Failure.is(error, 'repositoryNotFound')) this.#places.delete(id);
      throw error;
    }
  }

  /**
   * As {@link at}, for what changes something. GitHub says "not found" to those who may only read, and perhaps where
   * the name is a former one; nothing happened then, so that it may be tried with the present one.
   */
  async toWrite<T>(id: string, call: CallContext, work: (place: Place) => Promise<T>): Promise<T> {
    const place = await this.find(id, call);
    try {
      return await work(place);
    } catch (error) {
      if (!Failure.is(error, 'repositoryNotFound')) throw error;
      const found = await this.lookUp(id, call);
      if (found.permissions?.push === false) throw new Failure('forbidden', error.facts, { cause: error });
      const now = this.learn(found);
      if (now.facts.repository === place.facts.repository) throw error;
      return work(now);
    }
  }

  /** What GitHub says of a repository by its id. @throws Failure `repositoryNotFound` */
  async lookUp(id: string, call: CallContext): Promise<RepositoryAnswer> {
    const facts = { repository: this.nameOf(id) ?? id };
    if (!/^\d+$/.test(id)) throw new Failure('repositoryNotFound', this.api.facts(facts));
    const answer = await this.api.ask((octokit) => octokit.request('GET /repositories/{id}', { id }), call, {
      conditional: true,
    });
    return this.api.read(repositorySchema, answer, facts);
  }
}
