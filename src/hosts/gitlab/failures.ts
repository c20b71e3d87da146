import { safeParse } from 'valibot';
import { Failure, type FailureFacts, type FailureReason } from '../../core/errors.ts';
import { failureOf } from '../http/failureOf.ts';
import type { HttpAnswer } from '../http/httpMessages.ts';
import { fieldErrorsSchema, insufficientScopeSchema } from './schemas.ts';

interface Rule {
  readonly status?: number;
  readonly words: RegExp;
  readonly reason: FailureReason;
}

/** GitLab says most things in prose only. The words are those of its services and of Gitaly, old and new. */
const rules: readonly Rule[] = [
  {
    words: /not allowed to (?:push|force push|merge|create|delete|commit)|protected branch/i,
    reason: 'protectedBranch',
  },
  { status: 400, words: /changed since you started editing/i, reason: 'stale' },
  {
    status: 400,
    words: /(?:file|directory) with this name (?:already exists|does(?:n't| not) exist)/i,
    reason: 'stale',
  },
  { status: 400, words: /(?:could not|failed to) update .*(?:refresh and try again|reference)/i, reason: 'stale' },
  { status: 400, words: /when you are on a branch/i, reason: 'branchNotFound' },
  { status: 400, words: /branch (?:called .* )?already exists/i, reason: 'branchExists' },
  { status: 400, words: /branch name is invalid|invalid branch name|invalid reference name/i, reason: 'invalidName' },
  { status: 404, words: /^404 Branch Not Found/i, reason: 'branchNotFound' },
  // Of the repository itself GitLab says so, or nothing but "Not Found".
  { status: 404, words: /^404 (?:Tree|Commit|Blob|File|Reference|Ref|Merge Base) /i, reason: 'hostError' },
  { status: 405, words: /moved projects/i, reason: 'repositoryNotFound' },
  { status: 409, words: /open merge request already exists/i, reason: 'pullRequestExists' },
];

/** What an answer that refuses means. `facts.detail` holds GitLab's own words. */
export function refusalOf(answer: HttpAnswer, facts: FailureFacts): Failure {
  const failure = failureOf(answer, facts, fieldWords(bodyOf(answer)));
  if (answer.status === 403) return forbidden(answer, failure);
  return byWords(answer.status, failure) ?? failure;
}

/** Git's own object is not there, or nothing in common: no matter of rights. */
export function isUnknownReference(failure: Failure): boolean {
  return /could not find ref|merge base not found/i.test(failure.facts.detail ?? '');
}

function forbidden(answer: HttpAnswer, failure: Failure): Failure {
  const scope = safeParse(insufficientScopeSchema, bodyOf(answer));
  if (scope.success) {
    return new Failure('missingScope', { ...failure.facts, detail: scope.output.scope ?? 'api' }, { cause: failure });
  }
  return byWords(403, failure) ?? failure;
}

function byWords(status: number, failure: Failure): Failure | undefined {
  const words = failure.facts.detail ?? '';
  const rule = rules.find((one) => (one.status ?? status) === status && one.words.test(words));
  return rule && new Failure(rule.reason, failure.facts, { cause: failure });
}

/** Where fields are wrong, the words stand by their names. */
function fieldWords(body: unknown): string | undefined {
  const fields = safeParse(fieldErrorsSchema, body);
  if (!fields.success) return undefined;
  const words = Object.entries(fields.output.message).map(([field, said]) => `${field} ${said.join(', ')}`);
  return words.join('; ');
}

function bodyOf(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.text());
  } catch {
    // Not JSON, so no scope is named in it.
    return undefined;
  }
}
