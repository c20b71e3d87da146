import { commands, type Uri } from 'vscode';

/** Shows a folder of the workspace in the Explorer. */
export async function revealFolder(folder: Uri): Promise<void> {
  await commands.executeCommand('revealInExplorer', folder);
}
