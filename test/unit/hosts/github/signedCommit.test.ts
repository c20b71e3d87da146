import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inHeadlineAndBody } from '../../../../src/hosts/github/signedCommit.ts';

describe('messages in GitHub’s two parts', () => {
  it('are split where Git would', () => {
    assert.deepEqual(inHeadlineAndBody('Größer ✅'), { headline: 'Größer ✅' });
    assert.deepEqual(inHeadlineAndBody('One\n\nTwo\n\nThree\n four'), { headline: 'One', body: 'Two\n\nThree\n four' });
  });

  it('are left alone where they would come out different', () => {
    for (const message of [
      '',
      ' ',
      'a\nb',
      'a\n',
      'a\n\n',
      'a \n\nb',
      'a\n\nb\n',
      'a\n\n b',
      'a\n\n\nb',
      '\na',
      'a\r\n\r\nb',
    ]) {
      assert.equal(inHeadlineAndBody(message), undefined, JSON.stringify(message));
    }
  });

  it('give the message again, or none', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '\n', '\r', '\t') });
    fc.assert(
      fc.property(text, (message) => {
        const parts = inHeadlineAndBody(message);
        if (parts === undefined) return;
        assert.equal(parts.body === undefined ? parts.headline : `${parts.headline}\n\n${parts.body}`, message);
        assert.equal(parts.headline.trim(), parts.headline);
        assert.ok(!parts.headline.includes('\n'));
      }),
    );
  });
});
