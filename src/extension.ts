import type * as vscode from 'vscode';
import { compose } from './compose.ts';

/** Called by VS Code when something of this extension is used for the first time. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(compose(context));
}
