import assert from 'node:assert/strict';
import { Failure, type FailureFacts, type FailureReason } from '../../../../src/core/errors.ts';
import type { SignInFlowId } from '../../../../src/ports/signIn.ts';
import { useVscodeStub } from '../vscodeStub.ts';

useVscodeStub();
const { flowFailureText } = await import('../../../../src/vscode/accounts/flows/flowFailureText.ts');

const origin = 'https://gitlab.acme.example';
const words = (flow: SignInFlowId, reason: FailureReason, facts: FailureFacts = {}): string | undefined =>
  flowFailureText({ flow, origin }, new Failure(reason, facts));

describe('what is said of a way to sign in that failed', () => {
  it('tells a person who did not come from a server that does not answer', () => {
    assert.match(words('callback', 'timeout', { detail: 'nobodyCame' }) ?? '', /^Nobody came back from the browser/);
    assert.match(words('vscode', 'timeout', { detail: 'nobodyCame' }) ?? '', /^VS Code’s sign-in/);
    assert.match(words('device', 'timeout', { origin, detail: 'codeExpired' }) ?? '', /^Nobody typed the code in/);
    assert.equal(words('device', 'timeout', { origin }), undefined);
  });

  it('names what is missing', () => {
    assert.match(words('device', 'unsupported', { detail: 'deviceGrantAbsent' }) ?? '', /since 17\.1/);
    assert.match(words('vscode', 'unsupported', { detail: 'noSessions: github' }) ?? '', /extension may be disabled/);
    assert.match(words('vscode', 'unsupported', { detail: 'flowAbsent: vscode' }) ?? '', /is not there any more/);
    assert.match(words('callback', 'hostError', { detail: 'invalid_client' }) ?? '', /oauthClients/);
    assert.match(words('callback', 'hostError', { detail: 'invalid_scope' }) ?? '', /rights/);
  });

  it('names the account that is not admitted, and the policy that keeps it out', () => {
    const facts = { account: 'jane@home.example' };
    assert.match(words('vscode', 'forbidden', facts) ?? '', /does not admit jane@home\.example\. .*tenant/);
    assert.match(words('vscode', 'forbidden') ?? '', /does not admit this account/);
    assert.match(words('callback', 'signInNeeded') ?? '', /did not accept what came back/);
    assert.match(words('vscode', 'organizationPolicy', { detail: 'AADSTS53003' }) ?? '', /Conditional Access.*53003/);
  });

  it('leaves to the common words what means the same everywhere', () => {
    for (const reason of ['offline', 'rateLimited', 'singleSignOn', 'certificate'] as const) {
      assert.equal(words('callback', reason), undefined, reason);
    }
  });
});
