import assert from 'node:assert/strict';
import { RememberedAnswers } from '../../../../src/hosts/git/rememberedAnswers.ts';

describe('RememberedAnswers', () => {
  const kept: readonly (readonly [origin: string, question: string, isKept: boolean])[] = [
    ['https://example.com', "Username for 'https://example.com':", true],
    ['https://example.com', "Password for 'https://ada@example.com':", true],
    ['https://example.com', "Password for 'https://ada@example.com/acme/api.git':", true],
    ['https://example.com:8443', "Username for 'https://example.com:8443':", true],
    ['https://example.com', "Username for 'https://example.com:8443':", false],
    ['https://example.com', "Username for 'http://example.com':", false],
    ['https://example.com', "Password for 'https://ada@example.org':", false],
    ['https://example.com', "Password for 'https://example.com@example.org':", false],
    ['https://example.com', "Password for 'nonsense':", false],
    ['https://example.com', 'Password:', false],
    ['ssh://git@example.com', "Enter passphrase for key '/home/ada/.ssh/id_ed25519':", true],
    ['ssh://git@example.com', "git@example.com's password:", true],
    ['ssh://git@example.com:2222', "git@example.com's password:", true],
    ['ssh://git@example.com', "git@jump.example.org's password:", false],
    ['ssh://git@example.com', '(git@example.com) Verification code:', false],
    ['ssh://git@example.com', "(git@example.com) Enter passphrase for key '/home/ada/.ssh/id':", false],
    ['https://example.com', "ada@example.com's password:", false],
    ['file://', "Username for 'https://example.com':", false],
  ];
  for (const [origin, question, isKept] of kept) {
    it(`${isKept ? 'keeps' : 'does not keep'} for ${origin} an answer to “${question}”`, () => {
      const remembered = new RememberedAnswers(origin);
      remembered.keep(new Map([[question, 'answer']]));
      assert.equal(remembered.recall(question), isKept ? 'answer' : undefined);
      assert.equal(remembered.isEmpty, !isKept);
      assert.equal(remembered.recall(`${question} `), undefined);
    });
  }

  it('forgets what was given, unless there is a newer answer meanwhile', () => {
    const question = "Username for 'https://example.com':";
    const remembered = new RememberedAnswers('https://example.com');
    remembered.keep(new Map([[question, 'old']]));
    remembered.keep(new Map([[question, 'new']]));
    remembered.forget(new Map([[question, 'old']]));
    assert.equal(remembered.recall(question), 'new');
    remembered.forget(new Map([[question, 'new']]));
    assert.ok(remembered.isEmpty);
  });

  it('shows its secrets to nobody who prints it', () => {
    const remembered = new RememberedAnswers('https://example.com');
    remembered.keep(new Map([["Password for 'https://ada@example.com':", 'hunter2']]));
    assert.ok(!JSON.stringify(remembered).includes('hunter2'));
  });
});
