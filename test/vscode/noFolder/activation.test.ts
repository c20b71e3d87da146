import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionUnderTest } from '../support/extensionUnderTest.ts';

describe('A window without a folder', () => {
  it('activates the extension all the same', async () => {
    assert.equal(vscode.workspace.workspaceFolders, undefined);
    await vscode.commands.executeCommand('apiSourceControl.apis.focus');
    await extensionUnderTest().activate();
    assert.equal(extensionUnderTest().isActive, true);
  });
});
