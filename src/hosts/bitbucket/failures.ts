import { safeParse } from 'valibot';
import { Failure, type FailureFacts } from '../../core/errors.ts';
import { failureOf } from '../http/failureOf.ts';
import type { HttpAnswer } from '../http/httpMessages.ts';
import { problem, scopes } from './schemas.ts';

/** The host's own status for work that took it too long. */
const tookTooLong = 555;

/** An answer that is no success, as what it means. */
export function refusalOf(answer: HttpAnswer, facts: FailureFacts): Failure {
  if (answer.status === tookTooLong) return new Failure('timeout', facts);
  const missing = missingScopes(answer);
  if (missing !== undefined) return new Failure('missingScope', { ...facts, detail: missing });
  return failureOf(answer, facts);
}

/** Whether a 404 is about a commit, and not about the repository: the host says so in words only. */
export function isUnknownCommit(error: unknown): error is Failure {
  return Failure.is(error, 'repositoryNotFound') && /\b(?:commit|changeset|revision)\b/i.test(error.facts.detail ?? '');
}

/** The sentence and the fields that it is about; empty where the answer is none of Bitbucket's own. */
export function problemIn(answer: HttpAnswer): { readonly message: string; readonly fields: readonly string[] } {
  const { error } = parsed(answer) ?? {};
  const fields = typeof error?.fields === 'object' && error.fields !== null ? Object.keys(error.fields) : [];
  return { message: error?.message ?? '', fields };
}

/** “Your credentials lack one or more required privilege scopes.” */
function missingScopes(answer: HttpAnswer): string | undefined {
  if (answer.status !== 403) return undefined;
  const result = safeParse(scopes, parsed(answer)?.error.detail);
  if (!result.success) return undefined;
  const { required, granted } = result.output;
  const missing = required.filter((scope) => !granted.includes(scope));
  return (missing.length > 0 ? missing : required).join(', ');
}

function parsed(answer: HttpAnswer) {
  let body: unknown;
  try {
    body = JSON.parse(answer.text());
  } catch {
    // The edge's or a proxy's words: then the status is all there is.
    return undefined;
  }
  const result = safeParse(problem, body);
  return result.success ? result.output : undefined;
}

/** The token of a workspace or repository is nobody's: refused where somebody is asked for, it is good all the same. */
export function isCredentialRefused({ status, url }: HttpAnswer): boolean {
  return status === 401 && !/\/user(?:\/workspaces)?$/.test(new URL(url).pathname);
}
