import assert from 'node:assert/strict';
import { refusalOf } from '../../../../src/hosts/bitbucket/failures.ts';
import { ReceivedAnswer } from '../../../../src/hosts/http/receivedAnswer.ts';

function answer(status: number, body: unknown, type = 'application/json'): ReceivedAnswer {
  const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  return new ReceivedAnswer(
    status,
    'https://api.bitbucket.org/2.0/x',
    new Headers({ 'content-type': type }),
    bytes,
    {},
  );
}

const problem = (message: string, more: object = {}) => ({ type: 'error', error: { message, ...more } });

describe('a refusal of Bitbucket', () => {
  const facts = { repository: 'acme/payments' };
  const reasonOf = (status: number, body: unknown, type?: string) => refusalOf(answer(status, body, type), facts);

  it('names the rights that a token lacks', () => {
    const lacking = problem('Your credentials lack one or more required privilege scopes.', {
      detail: {
        required: ['read:repository:bitbucket', 'write:repository:bitbucket'],
        granted: ['read:repository:bitbucket'],
      },
    });
    const { reason, facts: said } = reasonOf(403, lacking);
    assert.equal(reason, 'missingScope');
    assert.deepEqual(said, { ...facts, detail: 'write:repository:bitbucket' });
    const all = problem('lacking', { detail: { required: ['account'] } });
    assert.equal(reasonOf(403, all).facts.detail, 'account');
  });

  it('is told in the host’s words where there are any', () => {
    const said = 'Repository dev/null not found';
    assert.deepEqual(
      [reasonOf(404, problem(said)).reason, reasonOf(404, problem(said)).facts.detail],
      ['repositoryNotFound', said],
    );
    assert.equal(reasonOf(403, problem('no', { detail: 'a sentence' })).reason, 'forbidden');
    assert.equal(reasonOf(401, problem('Token is invalid')).reason, 'signInNeeded');
    assert.equal(reasonOf(410, problem('gone')).reason, 'repositoryNotFound');
    assert.equal(reasonOf(413, problem('too much')).reason, 'tooLarge');
  });

  it('is the edge’s page or its own timeout', () => {
    const page = reasonOf(502, '<html>Bad Gateway</html>', 'text/html');
    assert.deepEqual([page.reason, page.facts.detail], ['serverError', 'status 502']);
    assert.equal(reasonOf(555, problem('timed out')).reason, 'timeout');
    assert.equal(reasonOf(403, 'null').reason, 'forbidden');
  });
});
