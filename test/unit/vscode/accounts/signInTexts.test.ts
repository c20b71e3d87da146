import assert from 'node:assert/strict';
import type { HttpTools } from '../../../../src/hosts/http/httpTools.ts';
import { bitbucketEntry } from '../../../../src/hosts/bitbucket/bitbucketEntry.ts';
import { githubEntry } from '../../../../src/hosts/github/githubEntry.ts';
import { gitlabEntry } from '../../../../src/hosts/gitlab/gitlabEntry.ts';
import type { Account } from '../../../../src/ports/accounts.ts';
import { useVscodeStub } from '../vscodeStub.ts';

useVscodeStub();
const { missingText, signedInText } = await import('../../../../src/vscode/accounts/signInTexts.ts');

const jane: Account = { id: 'a', host: 'github', origin: 'https://github.com', name: 'jane', source: 'token' };
const tools = {} as HttpTools;

describe('what is said after a sign-in', () => {
  it('is as whom, with which rights and until when, as far as the host tells', () => {
    assert.equal(signedInText(jane), 'Signed in to github.com as jane.');
    const known = { ...jane, scopes: ['repo', 'read:org'], expires: Date.UTC(2026, 10, 11) };
    assert.equal(
      signedInText(known),
      'Signed in to github.com as jane. Rights: repo, read:org. Valid until 2026-11-11.',
    );
  });

  it('names the rights that are missing', () => assert.match(missingText(['read:org']), /^It lacks: read:org\. /));
});

describe('the rights that a token lacks', () => {
  it('are those that no right of it holds: GitHub’s lie in each other', () => {
    const { token } = githubEntry(tools).description;
    assert.deepEqual(token?.lacks?.(['repo', 'read:org']), []);
    assert.deepEqual(token?.lacks?.(['repo', 'admin:org']), []);
    assert.deepEqual(token?.lacks?.(['gist', 'write:packages']), ['repo', 'read:org']);
    assert.match(
      token?.page('https://ghe.example') ?? '',
      /^https:\/\/ghe\.example\/settings\/tokens\/new\?scopes=repo,read:org/,
    );
  });

  it('are `api` on GitLab, whatever else it may do: nothing else commits', () => {
    const { token } = gitlabEntry(tools).description;
    assert.deepEqual(token?.lacks?.(['api']), []);
    assert.deepEqual(token?.lacks?.(['read_api', 'write_repository']), ['api']);
  });

  it('are each by itself on Bitbucket, where writing holds no reading', () => {
    const { token } = bitbucketEntry(tools, { readsArchives: true }).description;
    const all = token?.scopes ?? [];
    assert.deepEqual(token?.lacks?.(all), []);
    assert.deepEqual(token?.lacks?.(all.filter((scope) => !scope.startsWith('read:rep'))), [
      'read:repository:bitbucket',
    ]);
  });
});
