import assert from 'node:assert/strict';
import type { FailureReason } from '../../../../src/core/errors.ts';
import { limitOf, pauseAskedBy, refusalOf, refusalOfErrors } from '../../../../src/hosts/github/failures.ts';
import { ReceivedAnswer } from '../../../../src/hosts/http/receivedAnswer.ts';

const facts = { origin: 'https://github.com', repository: 'acme/payments' };

function answer(status: number, body: unknown, headers: Record<string, string> = {}): ReceivedAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = new TextEncoder().encode(text);
  return new ReceivedAnswer(status, 'https://api.github.com/x', new Headers(headers), bytes, facts);
}

interface Refusal {
  readonly when: string;
  readonly status: number;
  readonly message: string;
  readonly headers?: Record<string, string>;
  readonly reason: FailureReason;
  readonly link?: string;
  readonly detail?: string;
}

const scopes = (accepted: string, granted: string) => ({
  'x-accepted-oauth-scopes': accepted,
  'x-oauth-scopes': granted,
});

const refusals: readonly Refusal[] = [
  { when: 'a wrong token', status: 401, message: 'Bad credentials', reason: 'signInNeeded' },
  {
    when: 'single sign-on',
    status: 403,
    message: 'Resource protected by organization SAML enforcement. You must grant your OAuth token access.',
    headers: { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=AZ' },
    reason: 'singleSignOn',
    link: 'https://github.com/orgs/acme/sso?authorization_request=AZ',
  },
  {
    when: 'single sign-on at a stranger’s',
    status: 403,
    message: 'Resource protected by organization SAML enforcement.',
    headers: { 'x-github-sso': 'required; url=https://evil.example/sso' },
    reason: 'singleSignOn',
  },
  {
    when: 'an application that is not approved',
    status: 403,
    message:
      'Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited. For more information, visit https://docs.github.com/articles/restricting-access-to-your-organization-s-data/',
    reason: 'organizationPolicy',
    link: 'https://github.com/settings/applications',
  },
  {
    when: 'a network that is not allowed',
    status: 403,
    message:
      'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
    reason: 'organizationPolicy',
  },
  {
    when: 'a kind of token that is not wanted',
    status: 403,
    message:
      '`acme` forbids access via a fine-grained personal access tokens if the token’s lifetime is greater than 366 days. Please adjust it at: https://github.com/settings/personal-access-tokens/1',
    headers: { 'x-accepted-github-permissions': 'contents=read' },
    reason: 'organizationPolicy',
    link: 'https://github.com/settings/personal-access-tokens/1',
  },
  {
    when: 'a permission of a fine-grained token',
    status: 403,
    message: 'Resource not accessible by personal access token',
    headers: { 'x-accepted-github-permissions': 'contents=write' },
    reason: 'missingScope',
    detail: 'contents=write',
  },
  {
    when: 'a scope',
    status: 403,
    message: 'You need to be allowed more.',
    headers: scopes('admin:org, read:org, repo, user, write:org', 'gist'),
    reason: 'missingScope',
    detail: 'admin:org, read:org, repo, user, write:org',
  },
  {
    when: 'a private repository and a token without repo',
    status: 404,
    message: 'Not Found',
    headers: scopes('repo', 'gist, user'),
    reason: 'missingScope',
    detail: 'repo',
  },
  {
    when: 'nothing there, with all scopes',
    status: 404,
    message: 'Not Found',
    headers: scopes('repo', 'repo, user'),
    reason: 'repositoryNotFound',
  },
  {
    when: 'a higher scope than needed',
    status: 403,
    message: 'No.',
    headers: scopes('read:org', 'admin:org'),
    reason: 'forbidden',
  },
  {
    when: 'workflows',
    status: 403,
    message:
      'refusing to allow an OAuth App to create or update workflow `.github/workflows/a.yml` without `workflow` scope',
    reason: 'missingScope',
  },
  { when: 'an archive', status: 403, message: 'Repository was archived so is read-only.', reason: 'forbidden' },
  { when: 'rules', status: 422, message: 'Repository rule violations found', reason: 'protectedBranch' },
  {
    when: 'rules for contents',
    status: 409,
    message: 'Changes must be made through a pull request.',
    reason: 'protectedBranch',
  },
  { when: 'a breakdown', status: 502, message: 'Server Error', reason: 'serverError' },
  { when: 'too large', status: 422, message: 'Sorry, your input was too large', reason: 'hostError' },
];

describe('refusals of GitHub', () => {
  for (const { when, status, message, headers, reason, link, detail } of refusals) {
    it(`${when}: ${String(status)} → ${reason}`, () => {
      const failure = refusalOf(answer(status, { message }, headers), facts);
      assert.equal(failure.reason, reason);
      assert.equal(failure.facts.link, link);
      assert.equal(failure.facts.detail, detail ?? message.slice(0, 300));
      assert.equal(failure.facts.repository, 'acme/payments');
    });
  }

  it('come from proxies, too', () => {
    for (const status of [403, 404, 422, 451]) {
      const page = answer(status, '<html>no</html>', { 'content-type': 'text/html' });
      assert.notEqual(refusalOf(page, facts).reason, 'serverError');
    }
  });

  const errors: readonly (readonly [type: string | undefined, message: string, reason: FailureReason])[] = [
    ['STALE_DATA', 'Expected branch to point to "x" but it did not.  Pull and try again.', 'stale'],
    ['UNPROCESSABLE', 'A path was requested for deletion which does not exist as of commit oid `x`', 'stale'],
    [
      'UNPROCESSABLE',
      'Branch protection rule violations found:\n- At least 1 approving review is required',
      'protectedBranch',
    ],
    ['NOT_FOUND', 'Branch not found', 'branchNotFound'],
    ['NOT_FOUND', "Could not resolve to a Repository with the name 'a/b'.", 'repositoryNotFound'],
    ['NOT_FOUND', "Could not resolve to a Repository with the name 'a/branch-tools'.", 'repositoryNotFound'],
    ['FORBIDDEN', 'ada does not have the correct permissions to execute `CreateCommitOnBranch`', 'forbidden'],
    ['FORBIDDEN', 'Resource protected by organization SAML enforcement.', 'singleSignOn'],
    ['FORBIDDEN', 'Resource not accessible by personal access token', 'missingScope'],
    ['FORBIDDEN', 'the `acme` organization has enabled OAuth App access restrictions', 'organizationPolicy'],
    ['INSUFFICIENT_SCOPES', 'Your token has not been granted the required scopes', 'missingScope'],
    ['RATE_LIMITED', 'API rate limit exceeded for user ID 1.', 'rateLimited'],
    [undefined, 'Something went wrong while executing your query.', 'serverError'],
    [undefined, 'timedout', 'serverError'],
    ['UNPROCESSABLE', 'The file timeout.json is what it is', 'hostError'],
    ['WHATEVER', 'Words that nobody heard of', 'hostError'],
  ];
  for (const [type, message, reason] of errors) {
    it(`GraphQL ${type ?? 'without a type'}: ${message.slice(0, 50)} → ${reason}`, () => {
      const error = type === undefined ? { message } : { type, message };
      const failure = refusalOfErrors({ data: null, errors: [error], answer: answer(200, {}) }, facts);
      assert.equal(failure.reason, reason);
      assert.equal(failure.facts.detail, message);
    });
  }

  it('are of the limit that a request counts to', () => {
    assert.equal(limitOf('https://api.github.com/graphql'), 'graphql');
    assert.equal(limitOf('https://ghe.example/api/graphql'), 'graphql');
    assert.equal(limitOf('https://api.github.com/search/repositories?q=a'), 'search');
    assert.equal(limitOf('https://ghe.example/api/v3/search/repositories?q=a'), 'search');
    assert.equal(limitOf('https://api.github.com/repos/search/graphql/git/ref/heads/main'), 'core');
  });

  it('tell how long to wait', () => {
    const now = 1_700_000_000_000;
    const pause = (status: number, headers: Record<string, string>, message = 'x') =>
      pauseAskedBy(answer(status, { message }, headers), now);
    const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1700000090' };
    const late = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1699999999' };
    const early = { date: new Date(now + 80_000).toUTCString() };
    assert.deepEqual(pause(403, { 'retry-after': '7' }), { wait: 7_000 });
    assert.deepEqual(pause(403, spent), { wait: 90_000, limit: 'core' });
    assert.deepEqual(pause(403, { ...spent, ...early }), { wait: 10_000, limit: 'core' });
    assert.deepEqual(pause(403, { ...spent, 'x-ratelimit-resource': 'search' }), { wait: 90_000, limit: 'search' });
    assert.deepEqual(pause(429, late), { wait: 1_000, limit: 'core' });
    assert.deepEqual(pause(403, {}, 'You have exceeded a secondary rate limit.'), { wait: 60_000 });
    assert.equal(pause(403, { 'x-ratelimit-remaining': '12' }, 'Forbidden'), undefined);
    assert.equal(pause(200, spent), undefined);
    const limited = { data: null, errors: [{ type: 'RATE_LIMITED', message: 'm' }] };
    const headers = { date: new Date(now).toUTCString(), 'x-ratelimit-reset': '1700000030' };
    assert.equal(refusalOfErrors({ ...limited, answer: answer(200, {}, headers) }, facts).facts.retryAfter, 30_000);
  });
});
