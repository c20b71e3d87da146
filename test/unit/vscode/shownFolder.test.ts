import assert from 'node:assert/strict';
import { shownFolder } from '../../../src/vscode/shownFolder.ts';
import { apiNode } from './apiNodes.ts';

describe('an API’s folder, for people', () => {
  const shown = (folder: string, workspaceFolder: string): string => {
    const node = apiNode('a');
    return shownFolder({ api: { ...node.api, folder }, workspaceFolder });
  };

  it('is its own', () => assert.equal(shown('pay/apis', 'file:///work'), 'pay/apis'));

  it('is the workspace folder’s name where it is that', () => {
    assert.equal(shown('', 'file:///home/ada/my%20work'), 'my work');
    assert.equal(shown('', 'vscode-vfs://github/acme/apis/'), 'apis');
    assert.equal(shown('', 'file:///'), '/');
  });
});
