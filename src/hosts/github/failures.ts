import { safeParse } from 'valibot';
import { Failure, type FailureFacts, type FailureReason } from '../../core/errors.ts';
import { failureOf } from '../http/failureOf.ts';
import { grantedScopes, scopesIn } from '../http/grantedScopes.ts';
import type { AskedPause, HttpAnswer } from '../http/httpMessages.ts';
import { retryAfter, serverTime } from '../http/retryAfter.ts';
import { safeLink } from '../http/webAddress.ts';
import type { GraphAnswer, GraphError } from './graph.ts';
import { blockSchema, refusalSchema } from './schemas.ts';
import { isPartOf } from './scopes.ts';

/** GitHub tells most refusals apart by their words only. The first that fits counts. */
const wordsOfReasons: readonly (readonly [RegExp, FailureReason])[] = [
  [/SAML enforcement|SAML SSO/i, 'singleSignOn'],
  [/access restrictions|IP allow list|forbids access via/i, 'organizationPolicy'],
  [/^Resource not accessible by|required scopes|without `\w+` scope/i, 'missingScope'],
  [
    /protected branch|protected ref|about-protected-branches|rule violations|through a pull request|approving review|status check|authorized to push|cannot force-push|verified signatures|branch is locked/i,
    'protectedBranch',
  ],
  [/requested for deletion which does not exist/i, 'stale'],
  [/bad characters|not a valid ref name|reference name/i, 'invalidName'],
];

/** An answer of REST that is no success, as what it means. */
export function refusalOf(answer: HttpAnswer, facts: FailureFacts): Failure {
  const failure = failureOf(answer, facts);
  const { reason, detail = '' } = { reason: failure.reason, ...failure.facts };
  if (reason === 'serverError' || reason === 'signInNeeded') return failure;
  if (answer.status === 451) return blocked(answer, failure.facts);
  const sso = ssoLink(answer, facts);
  if (sso !== undefined) return new Failure('singleSignOn', { ...failure.facts, ...sso });
  const words = reasonIn([detail, answer.text()]);
  if (words === 'organizationPolicy') return new Failure(words, { ...failure.facts, ...policyLink(detail, facts) });
  if (words !== undefined && words !== 'missingScope') return new Failure(words, failure.facts);
  const missing = missingScopes(answer);
  if (missing !== undefined) return new Failure('missingScope', { ...failure.facts, detail: missing });
  if (words !== undefined) return new Failure(words, failure.facts);
  return /"too_large"/.test(answer.text()) ? new Failure('tooLarge', failure.facts) : failure;
}

/** Errors of GraphQL, which come with the status of a success. */
export function refusalOfErrors({ errors, answer }: GraphAnswer, facts: FailureFacts): Failure {
  const [error] = errors;
  if (error === undefined) return new Failure('unexpectedAnswer', { ...facts, detail: 'an answer without its data' });
  const reason = reasonOfError(error);
  const told = { ...facts, detail: error.message.slice(0, 300) };
  if (reason === 'singleSignOn') return new Failure(reason, { ...told, ...ssoLink(answer, facts) });
  if (reason === 'organizationPolicy') return new Failure(reason, { ...told, ...policyLink(error.message, facts) });
  if (reason !== 'rateLimited') return new Failure(reason, told);
  return new Failure(reason, { ...told, retryAfter: untilReset(answer, Number.NaN) });
}

function reasonOfError({ type, message, extensions }: GraphError): FailureReason {
  if (type === 'STALE_DATA') return 'stale';
  if (type === 'NOT_FOUND') return isAboutBranch(message) ? 'branchNotFound' : 'repositoryNotFound';
  if (type === 'RATE_LIMITED') return 'rateLimited';
  if (type === 'INSUFFICIENT_SCOPES') return 'missingScope';
  if (extensions?.saml_failure === true) return 'singleSignOn';
  const words = reasonIn([message]);
  if (words !== undefined) return words;
  if (type === 'FORBIDDEN') return 'forbidden';
  return isBreakdown({ type, message }) ? 'serverError' : 'hostError';
}

/** A repository's name may have any word in it. */
function isAboutBranch(message: string): boolean {
  return /branch|ref\b/i.test(message) && !/\bto a Repository\b/.test(message);
}

/** Whether GitHub itself failed in the middle: what became of a mutation nobody knows. */
export function isBreakdown({ type, message }: Pick<GraphError, 'type' | 'message'>): boolean {
  if (type === 'SERVICE_UNAVAILABLE' || /^something went wrong/i.test(message)) return true;
  // A refusal has a type, and its words may name a file.
  return type === undefined && /timed? ?out/i.test(message);
}

/** Nothing can be asked of a repository's objects before its first commit. */
export function isEmptyRepository(answer: HttpAnswer): boolean {
  return answer.status === 409 && /repository is empty/i.test(answer.text());
}

/** What REST says of the parts of a request that it refuses. */
export function problemsIn(answer: HttpAnswer): readonly { readonly field?: string; readonly message: string }[] {
  const { success, output } = safeParse(refusalSchema, bodyOf(answer));
  if (!success) return [];
  const own = (output.errors ?? []).map(({ field, message, code }) => ({
    ...(field === undefined ? {} : { field }),
    message: message ?? code ?? '',
  }));
  return [{ message: output.message }, ...own];
}

/** Until when GitHub wants to hear no more; `undefined`: it did not refuse for that. */
export function pauseAskedBy(answer: HttpAnswer, now: number): AskedPause | undefined {
  if (answer.status !== 403 && answer.status !== 429) return undefined;
  const asked = retryAfter(answer, now);
  if (asked !== undefined) return { wait: asked };
  if (answer.header('x-ratelimit-remaining') === '0') {
    return { wait: untilReset(answer, now), limit: answer.header('x-ratelimit-resource') ?? limitOf(answer.url) };
  }
  return /secondary rate limit|abuse detection/i.test(answer.text()) ? { wait: minute } : undefined;
}

/** What GitHub counts a request to, in the words of `x-ratelimit-resource`. */
export function limitOf(url: string): string {
  const { pathname } = new URL(url);
  if (pathname.endsWith('/graphql')) return 'graphql';
  return /^(?:\/api\/v3)?\/search\//.test(pathname) ? 'search' : 'core';
}

const minute = 60_000;

function untilReset(answer: HttpAnswer, now: number): number {
  const wait = Number(answer.header('x-ratelimit-reset') ?? Number.NaN) * 1000 - serverTime(answer, now);
  // Both are whole seconds.
  return Number.isNaN(wait) ? minute : Math.max(1000, wait);
}

function reasonIn(texts: readonly string[]): FailureReason | undefined {
  return wordsOfReasons.find(([pattern]) => texts.some((text) => pattern.test(text)))?.[1];
}

/** `X-GitHub-SSO: required; url=https://github.com/orgs/acme/sso?…`; a link to anywhere else is not shown. */
function ssoLink(answer: HttpAnswer, { origin = '' }: FailureFacts): { link?: string } | undefined {
  const [, url] = /^required;\s*url=(\S+)/i.exec(answer.header('x-github-sso') ?? '') ?? [];
  if (url === undefined) return undefined;
  const link = safeLink(url, origin);
  return link === undefined ? {} : { link };
}

/** An application is approved where a person's applications are listed; other policies name their page. */
function policyLink(message: string, { origin = '' }: FailureFacts): { link?: string } {
  const [named] = /https:\/\/[^\s"'<>)]+(?<![.,])/.exec(message) ?? [];
  const link = /OAuth App/i.test(message) ? `${origin}/settings/applications` : safeLink(named, origin);
  return link === undefined ? {} : { link };
}

/** What would have been enough, where the token has none of it. Fine-grained tokens have permissions instead. */
function missingScopes(answer: HttpAnswer): string | undefined {
  if (answer.status !== 403 && answer.status !== 404) return undefined;
  const permissions = answer.header('x-accepted-github-permissions');
  if (answer.status === 403 && permissions !== undefined && permissions !== '') return permissions;
  const accepted = scopesIn(answer.header('x-accepted-oauth-scopes') ?? '');
  const granted = grantedScopes(answer);
  if (granted === undefined || accepted.length === 0) return undefined;
  const isEnough = granted.some((scope) => accepted.includes(scope) || isPartOf(scope, accepted));
  return isEnough ? undefined : accepted.join(', ');
}

/** Taken down for legal reasons (451), with the notice. */
function blocked(answer: HttpAnswer, facts: FailureFacts): Failure {
  const { success, output } = safeParse(blockSchema, bodyOf(answer));
  const link = success ? safeLink(output.block.html_url, facts.origin ?? '') : undefined;
  return new Failure('forbidden', { ...facts, ...(link === undefined ? {} : { link }) });
}

function bodyOf(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.text());
  } catch {
    // A proxy's words, or a page: none that we know.
    return undefined;
  }
}
