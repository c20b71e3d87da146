import { safeParse, type InferOutput } from 'valibot';
import { Failure, type FailureFacts } from '../../core/errors.ts';
import { failureOf } from '../http/failureOf.ts';
import type { HttpAnswer } from '../http/httpMessages.ts';
import { errorsSchema } from './schemas.ts';

export type ServerError = InferOutput<typeof errorsSchema>['errors'][number];

/** The first thing that the server says went wrong, by the name of its Java exception. */
export function errorIn(answer: HttpAnswer): ServerError | undefined {
  try {
    const result = safeParse(errorsSchema, JSON.parse(answer.text()));
    return result.success ? result.output.errors[0] : undefined;
  } catch {
    // Not JSON: a proxy in front of the server, or nothing at all.
    return undefined;
  }
}

/** Whether the answer says that a commit, or the branch that should name one, is not there. */
export function isCommitMissing(answer: HttpAnswer): boolean {
  if (answer.status !== 404) return false;
  return /NoSuch(?:Commit|Branch|Ref|Changeset)|NoDefaultBranch|EmptyRepository/.test(nameIn(answer));
}

/** Whether the answer says that the commit has no such file. */
export function isPathMissing(answer: HttpAnswer): boolean {
  return answer.status === 404 && /NoSuchPath/.test(nameIn(answer));
}

/** What a refusal means here: 401 is said both of a token that is none and of one that may not. */
export function refusalOf(answer: HttpAnswer, facts: FailureFacts): Failure {
  const error = errorIn(answer);
  const words = error?.message ?? undefined;
  const denied = answer.header('x-authentication-denied-reason');
  if (denied !== undefined) return failed('signInNeeded', facts, words ?? denied.split(';')[0]);
  if (answer.status === 401 && isKnownTo(answer, facts)) return failed('forbidden', facts, words);
  if (isCommitMissing(answer)) return failed('hostError', facts, words);
  return failureOf(answer, facts, words);
}

function nameIn(answer: HttpAnswer): string {
  return errorIn(answer)?.exceptionName ?? '';
}

/** The server knows who asks, and says no all the same. */
function isKnownTo(answer: HttpAnswer, { account }: FailureFacts): boolean {
  if (!/AuthorisationException/.test(nameIn(answer))) return false;
  const user = userIn(answer);
  return user === undefined ? account !== undefined : user !== nobody;
}

/** Whom the server names where it knows nobody. */
export const nobody = 'anonymous';

/** The account that an answer was given to, or {@link nobody}. */
export function userIn(answer: HttpAnswer): string | undefined {
  const header = answer.header('x-ausername');
  if (header === undefined || header === '') return undefined;
  try {
    return decodeURIComponent(header);
  } catch {
    // A "%" of its own: the name stands as it is.
    return header;
  }
}

function failed(reason: 'signInNeeded' | 'forbidden' | 'hostError', facts: FailureFacts, detail?: string): Failure {
  return new Failure(reason, { ...facts, ...(detail === undefined ? {} : { detail: detail.slice(0, 300) }) });
}
