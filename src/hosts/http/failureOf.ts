import { Failure, type FailureFacts, type FailureReason } from '../../core/errors.ts';
import type { HttpAnswer } from './httpMessages.ts';
import { isWebPage } from './receivedAnswer.ts';

const longestDetail = 300;

/** What a status means where a host says nothing more precise; its own rules come first. */
export function failureOf(answer: HttpAnswer, facts: FailureFacts, words?: string): Failure {
  const detail = (words ?? wordsOf(answer))?.slice(0, longestDetail);
  return new Failure(reasonOf(answer.status), {
    ...facts,
    detail: detail === undefined || detail === '' ? `status ${String(answer.status)}` : detail,
  });
}

function reasonOf(status: number): FailureReason {
  if (status >= 500) return 'serverError';
  switch (status) {
    case 401:
      return 'signInNeeded';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'repositoryNotFound';
    case 413:
      return 'tooLarge';
    default:
      return status < 400 ? 'unexpectedAnswer' : 'hostError';
  }
}

/** The host's own sentence, wherever the hosts put it; a page for people has none. */
function wordsOf(answer: HttpAnswer): string | undefined {
  if (isWebPage(answer)) return undefined;
  let body: unknown;
  try {
    body = JSON.parse(answer.text());
  } catch {
    // Not JSON: then the status is all there is.
    return undefined;
  }
  return messageIn(body);
}

function messageIn(body: unknown): string | undefined {
  if (typeof body === 'string') return body;
  if (typeof body !== 'object' || body === null) return undefined;
  if (Array.isArray(body)) return messageIn(body[0]);
  const { error_description, message, error, errors } = body as Record<string, unknown>;
  return [error_description, message, error, errors].map(messageIn).find((text) => text !== undefined);
}
