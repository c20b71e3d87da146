import { safeParse } from 'valibot';
import { Failure, type FailureFacts, type FailureReason } from '../../core/errors.ts';
import { failureOf } from '../http/failureOf.ts';
import type { HttpAnswer } from '../http/httpMessages.ts';
import { isWebPage } from '../http/receivedAnswer.ts';
import { problem } from './schemas.ts';

export interface Problem {
  readonly message: string;
  /** The server's name for it: `GitReferenceStaleException`. */
  readonly typeKey: string;
}

/** What an answer says of what went wrong; empty texts where it is none of Azure DevOps' own. */
export function problemIn(answer: HttpAnswer): Problem {
  let body: unknown;
  try {
    body = JSON.parse(answer.text());
  } catch {
    // A proxy's or nobody's words: then the status is all there is.
    return { message: '', typeKey: '' };
  }
  const { success, output } = safeParse(problem, body);
  return success ? { message: output.message, typeKey: output.typeKey ?? '' } : { message: '', typeKey: '' };
}

/** In this order: a message names its reason more exactly than a status. */
const reasons: readonly (readonly [RegExp, FailureReason])[] = [
  [/TF401028|GitReferenceStale/, 'stale'],
  [/TF402455|RejectedByPolicy|RejectedByPlugin|GitRefLocked/, 'protectedBranch'],
  [/TF401179|GitPullRequestExists/, 'pullRequestExists'],
  [/TF401019|GitRepositoryNotFound|TF200016|ProjectDoesNotExist|VS403710|RepositoryDisabled/, 'repositoryNotFound'],
  // Signed in, and known to another organization or directory.
  [/TF400813|TF401027|GitNeedsPermission|UnauthorizedAccess/, 'forbidden'],
  [/InvalidGitRefName/, 'invalidName'],
];

/** An answer that is no success, as what it means. */
export function refusalOf(answer: HttpAnswer, facts: FailureFacts): Failure {
  const { message, typeKey } = problemIn(answer);
  const reason = reasons.find(([pattern]) => pattern.test(`${typeKey} ${message}`))?.[1];
  const known = failureOf(answer, facts, message === '' ? undefined : message);
  return reason === undefined || known.reason === 'serverError' ? known : new Failure(reason, known.facts);
}

/**
 * What stands for a 401 in the answers of a server that would rather show its sign-in page: 203 with the page itself,
 * or a redirect to it.
 */
export function signInPage(answer: HttpAnswer, facts: FailureFacts): Failure | undefined {
  const isPage = answer.status === 203 && isWebPage(answer);
  const leadsThere =
    answer.status === 302 && /_signin|login\.microsoftonline|\/signin/i.test(answer.header('location') ?? '');
  return isPage || leadsThere ? new Failure('signInNeeded', facts) : undefined;
}

/** Whether it is the credential itself that is not taken; 401 is also said to somebody of another organization. */
export function isSignInRefused(answer: HttpAnswer, facts: FailureFacts): boolean {
  if (signInPage(answer, facts) !== undefined) return true;
  return answer.status === 401 && refusalOf(answer, facts).reason === 'signInNeeded';
}

/** An object that is not in the repository (any more): force-pushed away, or never there. */
export function isUnknownCommit(answer: HttpAnswer): boolean {
  if (answer.status !== 404 && answer.status !== 400) return false;
  const { message, typeKey } = problemIn(answer);
  return /GitCommitDoesNotExist|GitUnresolvableToCommit|GitObjectDoesNotExist|TF401175|TF401035/.test(
    `${typeKey} ${message}`,
  );
}

/** A server of before the version that was asked for. */
export function isOldServer(answer: HttpAnswer): boolean {
  return answer.status === 400 && /VssVersionNotSupported|VssVersionOutOfRange/.test(problemIn(answer).typeKey);
}
