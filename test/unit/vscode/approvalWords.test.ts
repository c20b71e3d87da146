import assert from 'node:assert/strict';
import type { RepositoryRef } from '../../../src/core/model/repository.ts';
import { apiNode } from './apiNodes.ts';
import { useVscodeStub } from './vscodeStub.ts';

useVscodeStub();
const { approvalWords, serverWordsToSignIn } = await import('../../../src/vscode/messages/approvalWords.ts');

const origin = 'https://git.acme.example:8443';
const repository: RepositoryRef = { host: 'gitlab', origin, id: '17', name: 'acme/pets' };
const api = { ...apiNode('Pets').api, connection: { repository, branch: 'main' } };

describe('what is asked before a connection of a file is talked to', () => {
  it('names a server that is new, and says what approving it means', () => {
    const { message, detail } = approvalWords(api, repository, false);
    assert.match(message, /server that is new to you\. Approve git\.acme\.example:8443\?$/);
    for (const fact of ['acme/pets', 'main', 'trust it with your credentials', 'asked about once']) {
      assert.ok(detail.includes(fact), fact);
    }
  });

  it('asks about repository and folder alone where the server is known', () => {
    const { message, detail } = approvalWords(api, repository, true);
    assert.match(message, /^Connect “.*” to acme\/pets\?$/);
    assert.match(detail, /Server: git\.acme\.example:8443, which you approved before\nBranch: main\nFolder: /);
    assert.doesNotMatch(detail, /credentials|new to you/);
  });

  it('shows the whole address of what Git fetches, and names the disk where there is no server', () => {
    const path: RepositoryRef = { host: 'git', origin: 'file://', id: 'file:///srv/git/pets.git', name: 'pets' };
    const { message, detail } = approvalWords(api, path, false);
    assert.match(message, /this computer’s own disk/);
    assert.ok(detail.includes('file:///srv/git/pets.git'));
  });

  it('names the server of a sign-in that something else than the person led to', () => {
    assert.match(serverWordsToSignIn(origin).message, /new to you: git\.acme\.example:8443\?$/);
  });
});
