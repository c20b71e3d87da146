import type { GenericSchema, InferOutput } from 'valibot';
import { Failure, type FailureFacts } from '../../core/errors.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { HttpClient } from '../http/httpClient.ts';
import type { HttpAnswer, HttpRequest } from '../http/httpMessages.ts';
import { parseAnswer } from '../http/parseAnswer.ts';
import { addressOf, splitName } from './address.ts';
import { nobody, refusalOf, userIn } from './failures.ts';
import { pageOf } from './schemas.ts';

export type Query = readonly (readonly [name: string, value: string | number])[];

/** The server has lists of which it gives the beginning only, whatever is asked. */
export class CutShort extends Failure {
  constructor(facts: FailureFacts) {
    super('unexpectedAnswer', { ...facts, detail: 'the server gives only the beginning of a list' });
  }
}

/** The server's REST API: addresses, pages, and answers as values or failures. */
export class DataCenterApi {
  /** Whom the last answer was given to. */
  #user: string | undefined;

  constructor(
    private readonly client: HttpClient,
    readonly origin: string,
  ) {}

  /** `undefined` for somebody whom the server does not know, too. */
  get user(): string | undefined {
    return this.#user === nobody ? undefined : this.#user;
  }

  facts(repository?: string): FailureFacts {
    return { ...this.client.facts, ...(repository === undefined ? {} : { repository }) };
  }

  /** `repository` is `KEY/slug`. */
  repositoryUrl(repository: string, path = '', query: Query = []): string {
    return this.url(`api/latest${repositoryPath(repository)}${path}`, query);
  }

  /** Branches are made and deleted by a plugin that every server brings. */
  branchUtilsUrl(repository: string): string {
    return this.url(`branch-utils/latest${repositoryPath(repository)}/branches`);
  }

  url(path: string, query: Query = []): string {
    const pairs = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
    return `${this.origin}/rest/${path}${pairs === '' ? '' : `?${pairs}`}`;
  }

  /** Any status. */
  async send(request: HttpRequest, call: CallContext): Promise<HttpAnswer> {
    const answer = await this.client.send(request, call);
    this.#user = userIn(answer) ?? this.#user;
    return answer;
  }

  /** An answer below 300. */
  async ask(request: HttpRequest, call: CallContext, facts: FailureFacts): Promise<HttpAnswer> {
    return this.accept(await this.send(request, call), facts);
  }

  accept(answer: HttpAnswer, facts: FailureFacts): HttpAnswer {
    if (answer.status >= 300) throw refusalOf(answer, facts);
    return answer;
  }

  async get<Schema extends GenericSchema>(
    schema: Schema,
    url: string,
    call: CallContext,
    facts: FailureFacts,
  ): Promise<InferOutput<Schema>> {
    const answer = await this.ask({ method: 'GET', url }, call, facts);
    return parseAnswer(schema, answer.json(), facts);
  }

  /** Pages as they come. @throws CutShort */
  async *pages<Schema extends GenericSchema>(
    schema: Schema,
    address: (page: Query) => string,
    limit: number,
    call: CallContext,
    facts: FailureFacts,
  ): AsyncIterable<readonly InferOutput<Schema>[]> {
    const page = pageOf(schema);
    for (let start = 0; ;) {
      const url = address([
        ['start', start],
        ['limit', limit],
      ]);
      const { values, isLastPage, nextPageStart } = await this.get(page, url, call, facts);
      yield values as readonly InferOutput<Schema>[];
      if (isLastPage) return;
      if (typeof nextPageStart !== 'number' || nextPageStart <= start) throw new CutShort(facts);
      start = nextPageStart;
    }
  }
}

/** For people who look at `repository` in a browser. */
export function pageUrl(origin: string, repository: string): string {
  return addressOf({ origin, name: repository });
}

function repositoryPath(repository: string): string {
  const { key, slug } = splitName(repository);
  return `/projects/${encodeURIComponent(key)}/repos/${encodeURIComponent(slug)}`;
}
