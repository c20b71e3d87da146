import assert from 'node:assert/strict';
import { avatarMarkdown } from '../../../../src/vscode/accounts/avatarMarkdown.ts';

describe('the picture of an account', () => {
  it('is a small one', () => {
    const address = 'https://avatars.githubusercontent.com/u/583231?v=4';
    assert.equal(avatarMarkdown(address), `![](${address}|width=32,height=32)`);
  });

  it('is none where there is no address that is plain and encrypted', () => {
    for (const address of [undefined, '', 'u/1.png', 'http://a.example/b.png', 'https://me:x@a.example/b.png']) {
      assert.equal(avatarMarkdown(address), '');
    }
    assert.equal(avatarMarkdown('data:image/png;base64,AAAA'), '');
    assert.equal(avatarMarkdown('command:workbench.action.quit'), '');
  });

  it('says nothing but a picture, whatever the host writes into its address', () => {
    const hostile = avatarMarkdown('https://a.example/b.png?c)[x](command:d "e")|width=9999\\<f>é');
    assert.match(hostile, /^!\[\]\(https:\/\/a\.example\/b\.png\?[^()[\]|\\<>"\s]*\|width=32,height=32\)$/);
  });
});
