import assert from 'node:assert/strict';
import type { ApiNode } from '../../../src/app/apiNode.ts';
import { apiNode } from './apiNodes.ts';
import { useVscodeStub } from './vscodeStub.ts';

describe('the placeholder of the message box', () => {
  let messagePlaceholder: (node: ApiNode, isDemanded: boolean) => string;

  before(async () => {
    useVscodeStub();
    ({ messagePlaceholder } = await import('../../../src/vscode/scm/messagePlaceholder.ts'));
  });

  it('leaves the key to VS Code', () =>
    assert.match(messagePlaceholder(apiNode('a'), false), /^Message \(\{0\} to push/));

  it('says why nothing was pushed in what a narrow view shows of it', () => {
    assert.match(messagePlaceholder(apiNode('a'), true).slice(0, 30), /^Not pushed: no message yet\b/);
  });
});
