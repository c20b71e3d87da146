import * as vscode from 'vscode';

/** The extension that this project makes, as VS Code knows it. */
export function extensionUnderTest(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('api-source-control.api-source-control');
  if (found === undefined) throw new Error('VS Code did not load the extension: is its manifest valid?');
  return found;
}
