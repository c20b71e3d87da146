import { array, type GenericSchema, type InferOutput } from 'valibot';
import { Failure, type FailureFacts } from '../../core/errors.ts';
import type { Session } from '../../ports/accounts.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { HttpClient } from '../http/httpClient.ts';
import type { HttpAnswer, HttpMethod, HttpRequest } from '../http/httpMessages.ts';
import type { HttpTools } from '../http/httpTools.ts';
import { nextLink } from '../http/nextLink.ts';
import { parseAnswer } from '../http/parseAnswer.ts';
import { refusalOf } from './failures.ts';
import { graphqlData } from './graphql.ts';
import { queryString } from './snakeCase.ts';

type Query = Readonly<Record<string, unknown>>;

/** The API of one GitLab, for one session. */
export class GitLabApi {
  readonly #client: HttpClient;

  constructor(
    tools: HttpTools,
    private readonly origin: string,
    session: Session,
  ) {
    this.#client = new HttpClient(tools, { host: 'gitlab', origin, api: [origin], session });
  }

  /** What one call may use; `about` goes into its failures. */
  during(call: CallContext, about: FailureFacts = {}): GitLabCall {
    return new GitLabCall(this.#client, this.origin, call, { ...this.#client.facts, ...about });
  }
}

/** Requests within one call of the port. Paths are those of the REST API below `/api/v4/`. */
export class GitLabCall {
  constructor(
    private readonly client: HttpClient,
    readonly origin: string,
    readonly context: CallContext,
    readonly facts: FailureFacts,
  ) {}

  about(facts: FailureFacts): GitLabCall {
    return new GitLabCall(this.client, this.origin, this.context, { ...this.facts, ...facts });
  }

  /** Any answer, of any status. */
  send(
    method: HttpMethod,
    path: string,
    more: Partial<HttpRequest> & { readonly query?: Query } = {},
  ): Promise<HttpAnswer> {
    const { query, ...options } = more;
    return this.client.send({ method, url: this.#url(path, query), ...options }, this.context);
  }

  /** @throws Failure for an answer that refuses. */
  async ask(...request: Parameters<GitLabCall['send']>): Promise<HttpAnswer> {
    return this.accepted(await this.send(...request));
  }

  accepted(answer: HttpAnswer): HttpAnswer {
    if (answer.status >= 200 && answer.status <= 299) return answer;
    const failure = refusalOf(answer, this.facts);
    // To nobody, GitLab says of what is not public that it is not there.
    const isNobody = this.facts.account === undefined && failure.reason === 'repositoryNotFound';
    throw isNobody ? new Failure('signInNeeded', failure.facts, { cause: failure }) : failure;
  }

  parse<Schema extends GenericSchema>(schema: Schema, value: unknown): InferOutput<Schema> {
    return parseAnswer(schema, value, this.facts);
  }

  /**
   * A list as it comes, page by page, by the links of the answers: GitLab pages in two ways. Pages that were seen are
   * asked for by their ETags, except those `ofCommit`, which never change and are kept by whoever reads them.
   */
  async *pages<Schema extends GenericSchema>(
    schema: Schema,
    path: string,
    query: Query,
    ofCommit = false,
  ): AsyncGenerator<readonly InferOutput<Schema>[]> {
    let url: string | undefined = this.#url(path, query);
    while (url !== undefined) {
      const answer = this.accepted(
        await this.client.send({ method: 'GET', url, conditional: !ofCommit }, this.context),
      );
      yield this.parse(array(schema), answer.json());
      url = nextLink(answer, this.facts);
    }
  }

  /** A GraphQL query. @throws Failure `hostError` with the words of the first error. */
  async query<Schema extends GenericSchema>(
    schema: Schema,
    document: string,
    variables: Query,
  ): Promise<InferOutput<Schema>> {
    const body = JSON.stringify({ query: document, variables });
    const url = `${this.origin}/api/graphql`;
    const answer = await this.client.send({ method: 'POST', url, body, repeatable: true }, this.context);
    return this.parse(schema, graphqlData(this.accepted(answer).json(), this.facts));
  }

  /** A name that is `..` would lead to another path, however it is encoded. @throws Failure `repositoryNotFound` */
  #url(path: string, query?: Query): string {
    if (/(?:^|\/)\.{1,2}(?:\/|$)/.test(path)) throw new Failure('repositoryNotFound', this.facts);
    return `${this.origin}/api/v4/${path}${queryString(query)}`;
  }
}

/** The beginning of every path of a project's repository. */
export function repositoryPath(id: string): string {
  return `projects/${encodeURIComponent(id)}/repository`;
}
