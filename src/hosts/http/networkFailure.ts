import { Failure, type FailureFacts } from '../../core/errors.ts';

/**
 * Node's and Chromium's names for a connection that never came to be: nothing of the request was sent. A network that
 * goes away says the same in the middle of a connection, so that there the call has to be named.
 */
const unsent =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|connect (?:ENETUNREACH|EHOSTUNREACH|ENETDOWN)|CONNECT_TIMEOUT|ERR_NAME_NOT_RESOLVED|ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE|ERR_PROXY_CONNECTION_FAILED|ERR_TUNNEL_CONNECTION_FAILED/;
/** All that a browser tells of a request without an answer, whether nobody was there or nobody may know (CORS). */
const untold = /Failed to fetch|NetworkError when attempting|Load failed/;
/** Seen when the connection is made, before anything is said. */
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;
/** May break at any time. */
const encryption = /ERR_SSL|ERR_TLS/;

/** What `fetch` threw, as what it means for the request. */
export interface NetworkTrouble {
  readonly failure: Failure;
  /** Nothing reached the host, so that nothing can have happened there. */
  readonly unsent: boolean;
}

export function networkTrouble(error: unknown, facts: FailureFacts): NetworkTrouble {
  const words = wordsOf(error);
  const code = /\b(?:[A-Z]+_)*[A-Z]{4,}(?:_[A-Z0-9]+)*\b/.exec(words)?.[0];
  const detail = untold.test(words) ? 'browser' : (code ?? 'the connection was lost');
  const isUntrusted = untrusted.test(words);
  if (isUntrusted || encryption.test(words)) {
    return { failure: new Failure('certificate', { ...facts, detail }, { cause: error }), unsent: isUntrusted };
  }
  return { failure: new Failure('offline', { ...facts, detail }, { cause: error }), unsent: unsent.test(words) };
}

/** `fetch` hides the reason in its cause, and that one in a list when a name has several addresses. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  const parts = error instanceof AggregateError ? error.errors.map(wordsOf) : [];
  return [error.message, code, ...parts, error.cause === undefined ? '' : wordsOf(error.cause)].join(' ');
}
