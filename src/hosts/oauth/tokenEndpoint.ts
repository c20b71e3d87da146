import { array, looseObject, number, optional, string, union } from 'valibot';
import { Failure, type FailureFacts } from '../../core/errors.ts';
import type { Grant } from '../../ports/oauth.ts';
import { exchange } from '../http/exchange.ts';
import type { HttpTools } from '../http/httpTools.ts';
import { networkTrouble } from '../http/networkFailure.ts';
import { parseAnswer } from '../http/parseAnswer.ts';
import type { ReceivedAnswer } from '../http/receivedAnswer.ts';

/** An answer with tokens is small. */
const mostBytes = 64 * 1024;

const tokenSchema = looseObject({
  access_token: string(),
  refresh_token: optional(string()),
  expires_in: optional(number()),
  scope: optional(string()),
  scopes: optional(union([string(), array(string())])),
});

const errorSchema = looseObject({ error: string() });

/** A form that is sent to one of a host's OAuth endpoints. */
export interface TokenRequest {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  /** `Basic …` of a client that has a secret. */
  readonly authorization?: string;
}

/** Sends forms to a host's OAuth endpoints: never along a redirect, never twice, and nothing of them is logged. */
export class TokenEndpoint {
  constructor(
    readonly tools: Pick<HttpTools, 'fetch' | 'timer' | 'clock' | 'log'>,
    readonly facts: FailureFacts,
  ) {}

  /** Any answer, of any status. @throws Failure of the network */
  async send({ url, fields, authorization }: TokenRequest, signal: AbortSignal): Promise<ReceivedAnswer> {
    const { fetch, timer, log } = this.tools;
    const headers = {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(authorization === undefined ? {} : { authorization }),
    };
    const body = new URLSearchParams(fields).toString();
    const request = { method: 'POST', url, headers, body, maxBytes: mostBytes, facts: this.facts } as const;
    try {
      const exchanged = await exchange(fetch, timer, { ...request, redirect: 'manual' }, signal);
      if (exchanged.kind === 'opaqueRedirect') throw this.strange('it leads elsewhere, where nothing was sent');
      log.info(`POST ${new URL(url).pathname} ${String(exchanged.answer.status)}`);
      return exchanged.answer;
    } catch (error) {
      throw Failure.is(error) ? error : networkTrouble(error, this.facts).failure;
    }
  }

  async grant(request: TokenRequest, signal: AbortSignal): Promise<Grant> {
    const sent = this.tools.clock.now();
    const answer = await this.send(request, signal);
    if (answer.status !== 200) throw this.refusal(answer);
    return this.readGrant(answer, sent);
  }

  /** @param sent when it was asked for: what expires, expires rather too early than too late. */
  readGrant(answer: ReceivedAnswer, sent: number): Grant {
    const { access_token, refresh_token, expires_in, scope, scopes } = parseAnswer(
      tokenSchema,
      answer.json(),
      this.facts,
    );
    const granted = scope ?? scopes;
    const names = typeof granted === 'string' ? granted.split(/[\s,]+/).filter((name) => name !== '') : granted;
    return {
      accessToken: access_token,
      ...(refresh_token === undefined ? {} : { refreshToken: refresh_token }),
      ...(expires_in === undefined ? {} : { expires: sent + expires_in * 1000 }),
      ...(names === undefined ? {} : { scopes: names }),
    };
  }

  refusal(answer: ReceivedAnswer): Failure {
    const { status } = answer;
    if (status === 429) return new Failure('rateLimited', this.facts);
    if (status >= 500) return new Failure('serverError', { ...this.facts, detail: `status ${String(status)}` });
    const error = this.errorOf(answer);
    if (error === 'invalid_grant') return new Failure('signInNeeded', { ...this.facts, detail: error });
    if (error === undefined) return this.strange(`status ${String(status)}`);
    return new Failure('hostError', { ...this.facts, detail: error });
  }

  /** The host's word for what is wrong (RFC 6749, 5.2): a word, never a text, which might repeat what was sent. */
  errorOf(answer: ReceivedAnswer): string | undefined {
    try {
      const { error } = parseAnswer(errorSchema, answer.json(), this.facts);
      return /^[a-z_]{1,60}$/.test(error) ? error : undefined;
    } catch {
      return undefined;
    }
  }

  strange(detail: string): Failure {
    return new Failure('unexpectedAnswer', { ...this.facts, detail });
  }
}
