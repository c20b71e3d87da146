import { Failure, type FailureFacts } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { Credential, Session } from '../../ports/accounts.ts';
import type { Fetch } from '../../ports/http.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { HostId } from '../../core/model/repository.ts';
import { AnswerCache } from './answerCache.ts';
import { asFetch } from './asFetch.ts';
import { encodeBase64 } from './base64.ts';
import { cancelledUnsent } from './cancelledUnsent.ts';
import { exchange } from './exchange.ts';
import type { AnswerRules, AskedPause, HttpAnswer, HttpRequest } from './httpMessages.ts';
import type { HttpTools } from './httpTools.ts';
import { Lanes } from './lanes.ts';
import { networkTrouble } from './networkFailure.ts';
import { pause } from './pause.ts';
import { Pauses } from './pauses.ts';
import { isWebPage } from './receivedAnswer.ts';
import { redirectOf } from './redirects.ts';
import { retryAfter } from './retryAfter.ts';
import { isSecure, originOf } from './webAddress.ts';

/** The hosts' own advice: more at once is answered with refusals. */
const atOnce = 4;
const attempts = 3;
const hops = 5;
/** Milliseconds that are waited in silence; a longer pause is the person's to know. */
const longestWait = 20_000;
/** Milliseconds that nobody is asked to wait longer than: clocks differ, and so do the hosts' ideas of a header. */
const longestPause = 60 * 60_000;
const firstBackOff = 500;
/** Of a gateway: the host behind it may be well in a moment. */
const temporary = new Set([502, 503, 504]);

export interface HttpClientOptions {
  readonly host: HostId;
  readonly origin: string;
  /** URL origins (`https://api.github.com`) that get the credential. */
  readonly api: readonly string[];
  readonly session: Session;
  /** Default: `Bearer …` or `Basic …`, as the credential is. */
  readonly authorization?: (credential: Credential) => string;
  /** Go along with every request to `api`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly rules?: AnswerRules;
}

/** An attempt that may be worth another one, after so many milliseconds. */
type Outcome =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  | { readonly kind: 'again'; readonly failure: Failure; readonly delay: number }
  | { readonly kind: 'temporary'; readonly answer: HttpAnswer; readonly delay: number };

/**
 * The one way out for every host: who may be told the credential, how many requests run at once, what is tried
 * again, what the log says. A request that may change something is sent once and never again.
 */
export class HttpClient {
  /** Heads, which are asked for all day; a page of a long list is not worth its memory. */
  readonly #cache = new AnswerCache(200, 64 * 1024);
  readonly #reading = new Lanes(atOnce);
  readonly #writing = new Lanes(1);
  readonly #pauses = new Pauses();

  constructor(
    private readonly tools: HttpTools,
    private readonly options: HttpClientOptions,
  ) {}

  /** What every failure of this client tells. */
  get facts(): FailureFacts {
    const { origin, session } = this.options;
    const { account, absent } = session;
    return { origin, ...(account === undefined ? {} : { account }), ...(absent === undefined ? {} : { absent }) };
  }

  /**
   * Answers with any status, once what is safe has been tried again.
   * @throws Failure `cancelled`, `offline`, `timeout`, `certificate`, `tooLarge`, `rateLimited`, `unexpectedAnswer`;
   *   for a request that is not repeatable `answerLost` when nobody can tell whether it took effect.
   */
  send(request: HttpRequest, { signal }: CallContext): Promise<HttpAnswer> {
    const lanes = isRepeatable(request) ? this.#reading : this.#writing;
    return lanes.run(() => this.#persist(request, signal), signal);
  }

  /** The same rules, for a host's client library. `options` says of each request what the library cannot say. */
  fetch(call: CallContext, options: Partial<HttpRequest> = {}): Fetch {
    return asFetch((request) => this.send({ ...request, ...options }, call));
  }

  async #persist(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    for (let attempt = 1; ; attempt++) {
      await this.#waitForPause(request, signal);
      const outcome = await this.#attempt(request, attempt, signal);
      if (outcome.kind === 'answer') return outcome.answer;
      if (attempt === attempts || !isRepeatable(request) || outcome.delay > longestWait) {
        if (outcome.kind === 'temporary') return outcome.answer;
        throw outcome.failure;
      }
      await pause(this.tools.timer, outcome.delay, signal);
    }
  }

  /** Whoever comes while the host wants a pause keeps it too; another account is another matter. */
  async #waitForPause({ url }: HttpRequest, signal: AbortSignal): Promise<void> {
    const limit = this.options.rules?.limitOf?.(url);
    if (this.#pauses.until(limit) <= this.tools.clock.now()) return;
    this.#actAs(this.#authorization(await this.options.session.credential()));
    const wait = this.#pauses.until(limit) - this.tools.clock.now();
    if (wait > longestWait) throw this.#tooOften(wait);
    if (wait > 0) await pause(this.tools.timer, wait, signal);
  }

  async #attempt(request: HttpRequest, attempt: number, signal: AbortSignal): Promise<Outcome> {
    let answer: HttpAnswer;
    try {
      answer = await this.#follow(request, signal);
    } catch (error) {
      return this.#troubled(error, request, attempt);
    }
    const asked = this.#pauseAskedBy(answer);
    if (asked !== undefined) {
      const wait = Math.min(asked.wait, longestPause);
      this.#pauses.add(this.tools.clock.now() + wait, asked.limit);
      return { kind: 'again', failure: this.#tooOften(wait), delay: wait };
    }
    if (answer.status >= 500 && !isRepeatable(request)) {
      throw new Failure('answerLost', { ...this.facts, detail: `status ${String(answer.status)}` });
    }
    if (temporary.has(answer.status)) {
      const delay = retryAfter(answer, this.tools.clock.now()) ?? this.#backOff(attempt);
      return { kind: 'temporary', answer, delay };
    }
    this.#slowDown(answer);
    if (isWebPage(answer) && answer.status < 300 && wantsData(request)) {
      if (!isRepeatable(request))
        throw new Failure('answerLost', { ...this.facts, detail: 'a web page as the answer' });
      throw new Failure('unexpectedAnswer', { ...this.facts, detail: 'a web page in place of data' });
    }
    return { kind: 'answer', answer };
  }

  #troubled(error: unknown, request: HttpRequest, attempt: number): Outcome {
    // Both come when the request was there already.
    if (Failure.is(error, 'timeout', 'tooLarge') && !isRepeatable(request)) throw this.#lost(error);
    // A question that is given up changes nothing, however far it got.
    if (Failure.is(error, 'cancelled') && isRepeatable(request)) throw cancelledUnsent();
    if (Failure.is(error)) throw error;
    const { failure, unsent } = networkTrouble(error, this.facts);
    this.tools.log.warn(`${request.method} ${new URL(request.url).pathname}: ${failure.message}`);
    if (unsent) throw failure;
    if (!isRepeatable(request)) throw this.#lost(failure);
    return { kind: 'again', failure, delay: this.#backOff(attempt) };
  }

  /** From hop to hop, as long as the way stays within what the credential was given for. */
  async #follow(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    let url = request.url;
    for (let hop = 0; hop <= hops; hop++) {
      this.#refuseStrangePlace(url, request, hop);
      const answer = await this.#signedExchange(request, url, signal);
      const refusal = this.options.rules?.refusal?.(answer);
      if (refusal !== undefined) throw refusal;
      const redirect = redirectOf(answer, request.method);
      if (redirect === undefined) return answer;
      if (redirect.kind === 'refused') throw this.#leadsAway(redirect.to);
      url = redirect.url;
    }
    throw new Failure('unexpectedAnswer', { ...this.facts, detail: 'it redirects in circles' });
  }

  /** Once more with another credential, where the first was renewed meanwhile: refused, it took no effect. */
  async #signedExchange(request: HttpRequest, url: string, signal: AbortSignal): Promise<HttpAnswer> {
    const { session, rules } = this.options;
    const credential = this.#isOwn(url) ? await session.credential() : undefined;
    const answer = await this.#exchange(request, url, credential, signal);
    const isRefused = rules?.refusesCredential?.(answer) ?? answer.status === 401;
    if (credential === undefined || !isRefused) return answer;
    const renewed = await session.refused?.(credential);
    return renewed === undefined ? answer : this.#exchange(request, url, renewed, signal);
  }

  #refuseStrangePlace(url: string, request: HttpRequest, hop: number): void {
    const isElsewhere = hop > 0 && request.elsewhere === true && isSecure(new URL(url));
    if (!this.#isOwn(url) && !isElsewhere) throw this.#leadsAway(originOf(url));
  }

  async #exchange(
    request: HttpRequest,
    url: string,
    credential: Credential | undefined,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const started = this.tools.clock.now();
    const own = this.#isOwn(url);
    const authorization = this.#authorization(credential);
    const cacheKey = `${request.accept ?? ''} ${url}`;
    if (own) this.#actAs(authorization);
    const known = own && request.conditional === true ? this.#cache.get(cacheKey) : undefined;
    const base = {
      method: request.method,
      url,
      headers: {
        ...defaultHeaders(request),
        ...(own ? { ...this.options.headers, ...request.headers } : {}),
        ...(authorization === undefined ? {} : { authorization }),
        ...(known === undefined ? {} : { 'if-none-match': known.etag }),
      },
      body: request.body,
      maxBytes: request.maxBytes ?? limits.answerBytes,
      facts: this.facts,
    };
    const answer = await this.#exchangeOrFollow(base, request, signal);
    this.#note(request, answer, started);
    if (answer.status === 304 && known !== undefined) return known.answer;
    if (request.conditional === true && own) this.#cache.keep(cacheKey, answer);
    return answer;
  }

  /** A browser tells nothing of redirects: it follows them itself, without the credential where the origin changes. */
  async #exchangeOrFollow(
    base: Omit<Parameters<typeof exchange>[2], 'redirect'>,
    request: HttpRequest,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const { fetch, timer } = this.tools;
    const first = await exchange(fetch, timer, { ...base, redirect: 'manual' }, signal);
    if (first.kind === 'answer') return first.answer;
    if (!isRepeatable(request)) throw this.#leadsAway('another address');
    const second = await exchange(fetch, timer, { ...base, redirect: 'follow' }, signal);
    if (second.kind === 'opaqueRedirect') throw this.#leadsAway('another address');
    const { url } = second.answer;
    if (!this.#isOwn(url) && request.elsewhere !== true) throw this.#leadsAway(originOf(url));
    return second.answer;
  }

  #authorization(credential: Credential | undefined): string | undefined {
    return credential && (this.options.authorization ?? authorizationOf)(credential);
  }

  /** What was said to one account is not for another, nor is the pause that was asked of it. */
  #actAs(authorization: string | undefined): void {
    if (this.#cache.belongTo(authorization ?? '')) this.#pauses.clear();
  }

  #isOwn(url: string): boolean {
    return isSecure(new URL(url)) && this.options.api.includes(originOf(url));
  }

  #pauseAskedBy(answer: HttpAnswer): AskedPause | undefined {
    const asked = this.options.rules?.rateLimit?.(answer);
    if (asked !== undefined || answer.status !== 429) return asked;
    return { wait: retryAfter(answer, this.tools.clock.now()) ?? this.#backOff(attempts) };
  }

  /** Azure DevOps delays those who go on after a 200 that says when to come back. */
  #slowDown(answer: HttpAnswer): void {
    const now = this.tools.clock.now();
    const wait = answer.status < 300 ? retryAfter(answer, now) : undefined;
    if (wait !== undefined) this.#pauses.add(now + Math.min(wait, longestWait));
  }

  #backOff(attempt: number): number {
    return firstBackOff * 2 ** (attempt - 1) * (1 + this.tools.random());
  }

  #tooOften(wait: number): Failure {
    return new Failure('rateLimited', { ...this.facts, retryAfter: wait });
  }

  #lost(cause: Failure): Failure {
    return new Failure('answerLost', { ...this.facts, detail: cause.facts.detail ?? cause.reason }, { cause });
  }

  #leadsAway(to: string): Failure {
    return new Failure('unexpectedAnswer', { ...this.facts, detail: `it leads to ${to}, where nothing was sent` });
  }

  /** Method, path, status, time and the host's own number of the request: never a query, a header or a body. */
  #note({ method }: HttpRequest, answer: HttpAnswer, started: number): void {
    const id = requestIds.map((name) => answer.header(name)).find((value) => value !== undefined);
    const time = `${String(this.tools.clock.now() - started)} ms`;
    const path = new URL(answer.url).pathname;
    this.tools.log.info(`${method} ${path} ${String(answer.status)} ${time}${id === undefined ? '' : ` (${id})`}`);
  }
}

const requestIds = ['x-github-request-id', 'x-vss-e2eid', 'activityid', 'x-arequestid', 'x-request-id'];

function isRepeatable({ method, repeatable }: HttpRequest): boolean {
  return repeatable ?? (method === 'GET' || method === 'HEAD');
}

function wantsData({ accept }: HttpRequest): boolean {
  return accept === undefined || /json|zip|octet-stream|gzip/.test(accept);
}

function defaultHeaders({ accept, body }: HttpRequest): Record<string, string> {
  return {
    accept: accept ?? 'application/json',
    ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
  };
}

function authorizationOf(credential: Credential): string {
  if (credential.kind === 'bearer') return `Bearer ${credential.token}`;
  return `Basic ${encodeBase64(`${credential.user}:${credential.password}`)}`;
}
