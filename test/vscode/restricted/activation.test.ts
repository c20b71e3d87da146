import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionUnderTest } from '../support/extensionUnderTest.ts';

describe('A window in restricted mode', () => {
  it('activates the extension, which then knows that nothing is trusted', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await extensionUnderTest().activate();
    assert.equal(extensionUnderTest().isActive, true);
  });
});
