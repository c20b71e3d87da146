import assert from 'node:assert/strict';
import type { FailureReason } from '../../../../src/core/errors.ts';
import { refusalOf } from '../../../../src/hosts/gitlab/failures.ts';
import type { HttpAnswer } from '../../../../src/hosts/http/httpMessages.ts';

function answer(status: number, body: unknown): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = new Headers({ 'content-type': typeof body === 'string' ? 'text/html' : 'application/json' });
  return {
    status,
    url: 'https://gitlab.com/api/v4/x',
    headers,
    header: (name) => headers.get(name) ?? undefined,
    bytes: new TextEncoder().encode(text),
    text: () => text,
    json: () => body,
  };
}

describe('refusals of GitLab', () => {
  const rows: readonly (readonly [status: number, message: unknown, reason: FailureReason])[] = [
    [400, 'You are attempting to update a file that has changed since you started editing it.', 'stale'],
    [400, 'You are attempting to update a file `a.yaml` that has changed since you started editing it.', 'stale'],
    [400, 'The file has changed since you started editing it: a.yaml', 'stale'],
    [400, 'A file with this name already exists', 'stale'],
    [400, "A file with this name doesn't exist", 'stale'],
    [400, 'A directory with this name already exists', 'stale'],
    [400, 'Could not update refs/heads/main. Please refresh and try again.', 'stale'],
    [400, 'You can only create or edit files when you are on a branch', 'branchNotFound'],
    [400, "A branch called 'x' already exists. Switch to that branch in order to make changes", 'branchExists'],
    [400, 'Branch already exists', 'branchExists'],
    [400, 'Branch name is invalid', 'invalidName'],
    [400, 'Invalid reference name: x', 'invalidName'],
    [400, 'GitLab: You are not allowed to push code to protected branches on this project.', 'protectedBranch'],
    [403, '403 Forbidden - You are not allowed to push into this branch', 'protectedBranch'],
    [405, 'Protected branch cannot be removed', 'protectedBranch'],
    [400, "Commit message does not follow the pattern 'JIRA'", 'hostError'],
    [401, '401 Unauthorized', 'signInNeeded'],
    [403, '403 Forbidden', 'forbidden'],
    [404, '404 Project Not Found', 'repositoryNotFound'],
    [404, '404 Branch Not Found', 'branchNotFound'],
    [404, '404 Tree Not Found', 'hostError'],
    [404, '404 Commit Not Found', 'hostError'],
    [405, 'Non GET methods are not allowed for moved projects', 'repositoryNotFound'],
    [409, ['Another open merge request already exists for this source branch: !5'], 'pullRequestExists'],
    [413, 'Request Entity Too Large', 'tooLarge'],
    [500, '500 Internal Server Error', 'serverError'],
  ];
  for (const [status, message, reason] of rows) {
    const words = String(message);
    it(`${String(status)} ${words} → ${reason}`, () => {
      const failure = refusalOf(answer(status, { message }), { origin: 'https://gitlab.com' });
      assert.equal(failure.reason, reason);
      assert.equal(failure.facts.detail, words);
      assert.equal(failure.facts.origin, 'https://gitlab.com');
    });
  }

  it('name the scope that a token has not', () => {
    const body = {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges.',
      scope: 'api',
    };
    const failure = refusalOf(answer(403, body), {});
    assert.deepEqual([failure.reason, failure.facts.detail], ['missingScope', 'api']);
  });

  it('say that a token ran out', () => {
    const body = { error: 'invalid_token', error_description: 'Token is expired. You can either do re-authorization.' };
    const failure = refusalOf(answer(401, body), {});
    assert.equal(failure.reason, 'signInNeeded');
    assert.match(failure.facts.detail ?? '', /expired/);
  });

  it('name the fields that are wrong', () => {
    const failure = refusalOf(answer(400, { message: { source_branch: ['is invalid', 'does not exist'] } }), {});
    assert.equal(failure.facts.detail, 'source_branch is invalid, does not exist');
  });

  it('show nothing of a page for people', () => {
    const failure = refusalOf(answer(403, '<html><body>private</body></html>'), {});
    assert.deepEqual([failure.reason, failure.facts.detail], ['forbidden', 'status 403']);
  });
});
