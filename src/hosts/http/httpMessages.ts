import type { Failure } from '../../core/errors.ts';

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request to a host's API. */
export interface HttpRequest {
  readonly method: HttpMethod;
  /** Absolute, with its query. */
  readonly url: string;
  /** Default `application/json`: a web page in its place is a failure. */
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as JSON unless `headers` say otherwise. */
  readonly body?: string | Uint8Array;
  /**
   * Sending it twice does no harm: it may be tried again, and it waits for no write. Default: GET and HEAD.
   * Everything else is sent once, one after another; what became of it when its answer is lost is `answerLost`.
   */
  readonly repeatable?: boolean;
  /** Asks with the ETag of the last answer, and answers with that one where nothing has changed. GET only. */
  readonly conditional?: boolean;
  /** May be redirected to another origin (archives, large files), where the credential does not go. GET only. */
  readonly elsewhere?: boolean;
  /** Bytes; more are `tooLarge`. Default: `limits.answerBytes`. */
  readonly maxBytes?: number;
}

/** A whole answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** Where it came from, after redirects. */
  readonly url: string;
  readonly headers: Headers;
  /** `undefined` where there is none, or where a browser does not let it through. */
  header(name: string): string | undefined;
  readonly bytes: Uint8Array;
  text(): string;
  /** @throws Failure `unexpectedAnswer` when it is no JSON. */
  json(): unknown;
}

/** A host was asked too much. */
export interface AskedPause {
  /** Milliseconds. */
  readonly wait: number;
  /** The one limit that was reached; absent: nothing at all is to be asked. */
  readonly limit?: string;
}

/** What is different between the hosts' answers, for the one client of all. */
export interface AnswerRules {
  /** When the answer refuses because too much was asked; 429 is known without it. */
  rateLimit?(answer: HttpAnswer): AskedPause | undefined;
  /** Which of its limits a request counts to, where the host has several. */
  limitOf?(url: string): string;
  /** Whether the answer says that the credential is good for nothing any more. Default: 401. */
  refusesCredential?(answer: HttpAnswer): boolean;
  /** The failure that an answer is whatever was asked, such as a sign-in page; checked before anything else. */
  refusal?(answer: HttpAnswer): Failure | undefined;
}
