import assert from 'node:assert/strict';
import type { Account } from '../../../../src/ports/accounts.ts';
import { useVscodeStub } from '../vscodeStub.ts';

useVscodeStub();
const { accountDescription, expiryText, signedOutText } =
  await import('../../../../src/vscode/accounts/accountTexts.ts');

const now = Date.UTC(2026, 0, 1);
const day = 24 * 60 * 60_000;
const jane: Account = { id: 'a', host: 'github', origin: 'https://github.com', name: 'jane', source: 'token' };

describe('what an account’s row says', () => {
  it('is what it is used for', () => {
    assert.equal(accountDescription(jane, 0, now), 'not used');
    assert.equal(accountDescription(jane, 1, now), '1 API');
    assert.equal(accountDescription(jane, 3, now), '3 APIs');
  });

  it('is that its host refuses it, first of all', () => {
    assert.equal(
      accountDescription({ ...jane, state: 'signedOut', expires: now + day }, 2, now),
      'signed out · 2 APIs',
    );
  });

  it('is that its end comes, once it is near', () => {
    assert.equal(accountDescription({ ...jane, expires: now + 90 * day }, 1, now), '1 API');
    assert.equal(accountDescription({ ...jane, expires: now + 13.5 * day }, 1, now), 'expires in 14 days · 1 API');
  });

  it('counts days up, so that nobody has less time than they read', () => {
    assert.equal(expiryText({ expires: now + 1 }, now), 'expires within a day');
    assert.equal(expiryText({ expires: now + day + 1 }, now), 'expires in 2 days');
    assert.equal(expiryText({ expires: now }, now), 'expired');
    assert.equal(expiryText({}, now), '');
  });
});

describe('what is said of a sign-in that ended by itself', () => {
  it('names the limit that ends one at GitHub, where VS Code signed in', () => {
    assert.match(signedOutText({ ...jane, source: 'vscode' }), /until you sign in again\.\nGitHub keeps ten sign-ins/);
    assert.doesNotMatch(signedOutText(jane), /ten sign-ins/);
  });
});
