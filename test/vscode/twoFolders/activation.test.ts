import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionUnderTest } from '../support/extensionUnderTest.ts';

describe('A window with two folders', () => {
  it('activates the extension', async () => {
    const names = vscode.workspace.workspaceFolders?.map(({ name }) => name);
    assert.deepEqual(names, ['first', 'second']);
    await extensionUnderTest().activate();
    assert.equal(extensionUnderTest().isActive, true);
  });
});
