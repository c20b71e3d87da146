import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionUnderTest } from '../support/extensionUnderTest.ts';

describe('The web extension host', () => {
  it('activates the web bundle', async () => {
    assert.equal(typeof process === 'object' && process.versions?.node !== undefined, false);
    assert.equal(vscode.workspace.workspaceFolders?.[0]?.uri.scheme, 'vscode-remote');
    await extensionUnderTest().activate();
    assert.equal(extensionUnderTest().isActive, true);
  });
});
