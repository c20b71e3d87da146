import type { GenericSchema, InferOutput } from 'valibot';
import { Failure, type FailureFacts } from '../../core/errors.ts';
import type { Credential, Session } from '../../ports/accounts.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { encodeBase64 } from '../http/base64.ts';
import { HttpClient } from '../http/httpClient.ts';
import type { HttpAnswer, HttpMethod } from '../http/httpMessages.ts';
import type { HttpTools } from '../http/httpTools.ts';
import { parseAnswer } from '../http/parseAnswer.ts';
import { originOf } from '../http/webAddress.ts';
import { isOldServer, isSignInRefused, refusalOf, signInPage } from './failures.ts';

export interface ApiRequest {
  readonly method?: HttpMethod;
  /** Below the organization: `_apis/projects`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly accept?: string;
  /** A POST that only asks. */
  readonly repeatable?: boolean;
  /** `preview`: in versions before 7 it has to be asked for as such. `none`: a resource without versions. */
  readonly version?: 'preview' | 'none';
  readonly facts?: FailureFacts;
}

/** The newest that is needed, and the one of the oldest servers that are supported (Azure DevOps Server 2020). */
const versions = ['7.1', '6.0'] as const;

/** Requests to one organization or collection; the version of its API is found out by asking. */
export class AzureDevOpsApi {
  readonly #client: HttpClient;
  #version: (typeof versions)[number] = versions[0];

  constructor(
    readonly tools: HttpTools,
    readonly origin: string,
    session: Session,
  ) {
    this.#client = new HttpClient(tools, {
      host: 'azureDevOps',
      origin,
      api: [originOf(origin)],
      session,
      authorization,
      // Otherwise a token that has run out is answered with a sign-in page instead of 401.
      headers: { 'x-tfs-fedauthredirect': 'Suppress' },
      rules: {
        refusal: (answer) => signInPage(answer, this.#client.facts),
        refusesCredential: (answer) => isSignInRefused(answer, this.#client.facts),
      },
    });
  }

  /** What a failure about a repository tells. */
  facts(more: FailureFacts = {}): FailureFacts {
    return { ...this.#client.facts, ...more };
  }

  /** Answers with any status. */
  async send(request: ApiRequest, call: CallContext): Promise<HttpAnswer> {
    const answer = await this.#sendAs(this.#version, request, call);
    if (!isOldServer(answer) || this.#version === versions[1]) return answer;
    this.#version = versions[1];
    return this.#sendAs(this.#version, request, call);
  }

  /** @throws Failure for anything but a success. */
  async ask<Schema extends GenericSchema>(
    schema: Schema,
    request: ApiRequest,
    call: CallContext,
  ): Promise<InferOutput<Schema>> {
    return this.read(schema, await this.send(request, call), request.facts);
  }

  /** @throws Failure for anything but a success. */
  read<Schema extends GenericSchema>(schema: Schema, answer: HttpAnswer, facts?: FailureFacts): InferOutput<Schema> {
    if (answer.status < 200 || answer.status > 299) throw refusalOf(answer, this.facts(facts));
    return parseAnswer(schema, answer.json(), this.facts(facts));
  }

  /** Every page of a list, by the token that the last one gave. */
  async *pages<Schema extends GenericSchema>(
    schema: Schema,
    request: ApiRequest,
    call: CallContext,
  ): AsyncIterable<InferOutput<Schema>> {
    const seen = new Set<string>();
    for (let token: string | undefined; ;) {
      const answer = await this.send({ ...request, query: { ...request.query, continuationToken: token } }, call);
      yield this.read(schema, answer, request.facts);
      token = answer.header('x-ms-continuationtoken');
      if (token === undefined || token === '') return;
      if (seen.has(token)) {
        throw new Failure('unexpectedAnswer', { ...this.facts(request.facts), detail: 'the list has no end' });
      }
      seen.add(token);
    }
  }

  #sendAs(version: (typeof versions)[number], request: ApiRequest, call: CallContext): Promise<HttpAnswer> {
    const { method = 'GET', path, query = {}, body, accept, repeatable } = request;
    const url = new URL(`${this.origin}/${path}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    const isPreview = request.version === 'preview' && version === '6.0';
    if (request.version !== 'none') url.searchParams.set('api-version', isPreview ? `${version}-preview.1` : version);
    return this.#client.send(
      {
        method,
        // Servers decode "+" in a query differently.
        url: url.href.replaceAll('+', '%20'),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(accept === undefined ? {} : { accept }),
        ...(repeatable === undefined ? {} : { repeatable }),
      },
      call,
    );
  }
}

/** A token of Microsoft Entra is a JSON Web Token; everything else is a personal access token, with no user name. */
function authorization(credential: Credential): string {
  if (credential.kind === 'basic') return `Basic ${encodeBase64(`${credential.user}:${credential.password}`)}`;
  const isEntra = /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(credential.token);
  return isEntra ? `Bearer ${credential.token}` : `Basic ${encodeBase64(`:${credential.token}`)}`;
}
