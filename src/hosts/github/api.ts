import { Octokit } from '@octokit/rest';
import type { GenericSchema, InferOutput } from 'valibot';
import { Failure, type FailureFacts } from '../../core/errors.ts';
import type { Session } from '../../ports/accounts.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { asFetch } from '../http/asFetch.ts';
import { HttpClient } from '../http/httpClient.ts';
import type { HttpAnswer, HttpRequest } from '../http/httpMessages.ts';
import type { HttpTools } from '../http/httpTools.ts';
import { nextLink } from '../http/nextLink.ts';
import { parseAnswer } from '../http/parseAnswer.ts';
import { originOf } from '../http/webAddress.ts';
import { apiBase } from './address.ts';
import { limitOf, pauseAskedBy, refusalOf } from './failures.ts';
import { graphSchema, type GraphAnswer } from './graph.ts';

/** What the transport is to know of a request beyond what Octokit can say. */
export type AskOptions = Pick<HttpRequest, 'repeatable' | 'conditional' | 'elsewhere' | 'maxBytes'>;

const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * GitHub's API in Octokit's words, over our transport. Octokit makes the request; the answer is the transport's own,
 * because Octokit decodes contents as text where a header says `charset=utf-8`, and hides failures in its own errors.
 */
export class GitHubApi {
  readonly #client: HttpClient;
  readonly #base: string;

  constructor(
    readonly tools: HttpTools,
    readonly origin: string,
    session: Session,
  ) {
    this.#base = apiBase(origin);
    this.#client = new HttpClient(tools, {
      host: 'github',
      origin,
      api: [originOf(this.#base)],
      session,
      rules: { rateLimit: (answer) => pauseAskedBy(answer, tools.clock.now()), limitOf },
    });
  }

  /** What every failure tells. */
  facts(more: FailureFacts = {}): FailureFacts {
    return { ...this.#client.facts, ...more };
  }

  /** Answers with any status. */
  async ask(
    run: (octokit: Octokit) => Promise<unknown>,
    call: CallContext,
    options: AskOptions = {},
  ): Promise<HttpAnswer> {
    const heard: { answer?: HttpAnswer } = {};
    const fetch = asFetch(
      async (request) => (heard.answer = await this.#client.send({ ...request, ...options }, call)),
    );
    const octokit = new Octokit({
      baseUrl: this.#base,
      log: silent,
      request: { fetch, parseSuccessResponseBody: false },
    });
    try {
      await run(octokit);
    } catch (error) {
      if (error instanceof Error && Failure.is(error.cause)) throw error.cause;
      // Octokit throws for every refusal: what it means is for the caller to say.
      if (heard.answer === undefined) throw error;
    }
    if (heard.answer === undefined) throw new TypeError('nothing was asked');
    return heard.answer;
  }

  /** @throws Failure for anything but a success. */
  read<Schema extends GenericSchema>(schema: Schema, answer: HttpAnswer, facts?: FailureFacts): InferOutput<Schema> {
    this.accept(answer, facts);
    return parseAnswer(schema, answer.json(), this.facts(facts));
  }

  /** @throws Failure for anything but a success. */
  accept(answer: HttpAnswer, facts?: FailureFacts): void {
    if (answer.status < 200 || answer.status > 299) throw refusalOf(answer, this.facts(facts));
  }

  /** Every page of a list, by the links that the answers give. */
  async *pages(
    run: (octokit: Octokit) => Promise<unknown>,
    call: CallContext,
    facts?: FailureFacts,
  ): AsyncIterable<HttpAnswer> {
    const options = { conditional: true };
    for (let answer = await this.ask(run, call, options); ;) {
      this.accept(answer, facts);
      yield answer;
      const next = nextLink(answer, this.facts(facts));
      if (next === undefined) return;
      answer = await this.ask((octokit) => octokit.request({ method: 'GET', url: next }), call, options);
    }
  }

  /** Asks by GraphQL; an answer with errors is an answer. @throws Failure for anything but a success of HTTP. */
  async query(
    document: string,
    variables: Readonly<Record<string, unknown>>,
    call: CallContext,
    facts?: FailureFacts,
  ): Promise<GraphAnswer> {
    return this.#graph(document, variables, call, true, facts);
  }

  /** As {@link query}, sent once and never again. */
  async mutate(
    document: string,
    variables: Readonly<Record<string, unknown>>,
    call: CallContext,
    facts?: FailureFacts,
  ): Promise<GraphAnswer> {
    return this.#graph(document, variables, call, false, facts);
  }

  async #graph(
    document: string,
    variables: Readonly<Record<string, unknown>>,
    call: CallContext,
    repeatable: boolean,
    facts?: FailureFacts,
  ): Promise<GraphAnswer> {
    const answer = await this.ask((octokit) => octokit.graphql(document, variables), call, { repeatable });
    this.accept(answer, facts);
    try {
      const { data, errors = [] } = parseAnswer(graphSchema, answer.json(), this.facts(facts));
      return { data, errors, answer };
    } catch (error) {
      if (repeatable || !Failure.is(error)) throw error;
      // It was taken, and only what came of it is not understood.
      throw new Failure('answerLost', error.facts, { cause: error });
    }
  }
}

function nothing(): void {
  // The transport has its own log.
}
