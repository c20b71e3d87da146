import { commands as vscodeCommands } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import { commands } from '../contributions.ts';

/** What VS Code hands over depends on the place of the click; `Targets` reads it. */
export type CommandHandlers = { readonly [K in keyof typeof commands]?: (...args: unknown[]) => unknown };

export function registerCommands(handlers: CommandHandlers): Disposable {
  const registered = new DisposableStore();
  for (const [name, handler] of Object.entries(handlers))
    registered.add(vscodeCommands.registerCommand(commands[name as keyof typeof commands], handler));
  return registered;
}
