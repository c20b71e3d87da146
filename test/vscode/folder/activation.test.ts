import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionUnderTest } from '../support/extensionUnderTest.ts';

describe('Activation in a folder', () => {
  it('is not done before something of the extension is used', () => {
    assert.equal(extensionUnderTest().isActive, false);
  });

  it('happens when the APIs view is shown', async () => {
    await vscode.commands.executeCommand('apiSourceControl.apis.focus');
    await extensionUnderTest().activate();
    assert.equal(extensionUnderTest().isActive, true);
  });
});
