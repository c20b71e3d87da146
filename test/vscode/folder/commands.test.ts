import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionUnderTest } from '../support/extensionUnderTest.ts';

describe('Commands', () => {
  it('registers every command that the manifest declares', async () => {
    await extensionUnderTest().activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const manifest = extensionUnderTest().packageJSON as { contributes: { commands: { command: string }[] } };
    const missing = manifest.contributes.commands.map(({ command }) => command).filter((id) => !registered.has(id));
    assert.deepEqual(missing, []);
  });
});
