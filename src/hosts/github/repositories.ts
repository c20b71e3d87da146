import { array, boolean, nullable, nullish, object } from 'valibot';
import { Failure } from '../../core/errors.ts';
import type { Repository } from '../../core/model/repository.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { HttpAnswer } from '../http/httpMessages.ts';
import { parseAnswer } from '../http/parseAnswer.ts';
import type { GitHubApi } from './api.ts';
import type { Places, RepositoryAnswer } from './places.ts';
import { repositorySchema, searchSchema } from './schemas.ts';

const perPage = { per_page: 100 } as const;

const emptyQuery = `query Empty($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { isEmpty }
}`;
const emptySchema = object({ repository: nullish(object({ isEmpty: boolean() })) });

/** A repository that is just being taken away may leave a gap (recorded). */
const listSchema = array(nullable(repositorySchema));

/** Looks at repositories, and lists those of an owner. */
export class Repositories {
  constructor(
    private readonly api: GitHubApi,
    private readonly places: Places,
  ) {}

  async get(idOrFullName: string, call: CallContext): Promise<Repository> {
    const found = await this.#look(idOrFullName, call);
    const { owner, repo, facts } = this.places.learn(found);
    const repository = this.#modelOf(found);
    if (!repository.empty) return repository;
    // A size of 0 kB is also that of a few small files.
    const { data, errors } = await this.api.query(emptyQuery, { owner, name: repo }, call, facts);
    if (errors.length > 0) return repository;
    const answer = parseAnswer(emptySchema, data, this.api.facts(facts));
    return { ...repository, empty: answer.repository?.isEmpty ?? true };
  }

  /** Repositories of an organization or a person, the ones used last first. */
  async *list(owner: string, query: string, call: CallContext): AsyncIterable<readonly Repository[]> {
    const words = query.trim();
    const pages = this.#pagesOf(owner, call);
    const first = await pages.next();
    if (first.done === true) return;
    const second = await pages.next();
    // The search of GitHub knows only whole words: it is for owners whose repositories are too many to look through.
    if (words !== '' && second.done !== true) return yield* this.#search(owner, words, call);
    yield first.value.filter(({ name }) => isNamed(name, words));
    if (second.done === true) return;
    yield second.value;
    yield* pages;
  }

  async #look(idOrFullName: string, call: CallContext): Promise<RepositoryAnswer> {
    const [owner = '', repo = '', ...more] = idOrFullName.split('/');
    if (repo === '' || more.length > 0) return this.places.lookUp(idOrFullName, call);
    const answer = await this.api.ask((octokit) => octokit.rest.repos.get({ owner, repo }), call, {
      conditional: true,
    });
    return this.api.read(repositorySchema, answer, { repository: idOrFullName });
  }

  async *#pagesOf(owner: string, call: CallContext): AsyncGenerator<readonly Repository[], undefined> {
    try {
      const ofOrganization = this.api.pages(
        (octokit) => octokit.rest.repos.listForOrg({ org: owner, sort: 'pushed', ...perPage }),
        call,
        { repository: owner },
      );
      for await (const answer of ofOrganization) {
        yield this.#read(answer).map((found) => this.#modelOf(found));
      }
      return;
    } catch (error) {
      // A person, then: what they show to others is not all that they share with this one.
      if (!Failure.is(error, 'repositoryNotFound')) throw error;
    }
    const affiliation = 'owner,collaborator';
    const own = this.api.pages(
      (octokit) => octokit.rest.repos.listForAuthenticatedUser({ affiliation, sort: 'pushed', ...perPage }),
      call,
    );
    const prefix = `${owner}/`.toLowerCase();
    for await (const answer of own) {
      const found = this.#read(answer);
      yield found
        .filter(({ full_name: name }) => name.toLowerCase().startsWith(prefix))
        .map((one) => this.#modelOf(one));
    }
  }

  async *#search(owner: string, words: string, call: CallContext): AsyncIterable<readonly Repository[]> {
    const q = `${words} in:name user:${owner} fork:true`;
    for await (const answer of this.api.pages((octokit) => octokit.rest.search.repos({ q, ...perPage }), call)) {
      yield this.api.read(searchSchema, answer).items.map((found) => this.#modelOf(found));
    }
  }

  #read(answer: HttpAnswer): readonly RepositoryAnswer[] {
    return this.api.read(listSchema, answer).filter((found) => found !== null);
  }

  /** In a list, `empty` is GitHub's guess by size. */
  #modelOf({ id, full_name: name, default_branch: branch, ...found }: RepositoryAnswer): Repository {
    const mayWrite = found.archived !== true && found.disabled !== true;
    return {
      host: 'github',
      origin: this.api.origin,
      id: String(id),
      name,
      ...(branch ? { defaultBranch: branch } : {}),
      empty: found.size === 0,
      ...(found.permissions?.push === undefined ? {} : { canPush: found.permissions.push && mayWrite }),
    };
  }
}

function isNamed(fullName: string, part: string): boolean {
  const name = fullName.slice(fullName.indexOf('/') + 1);
  return name.toLowerCase().includes(part.toLowerCase());
}
