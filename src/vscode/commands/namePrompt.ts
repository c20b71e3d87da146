import { l10n, window, type InputBoxOptions } from 'vscode';

/** Asks for a name; `problem` says why one cannot be taken. `undefined` when closed. */
export async function askName(
  options: Pick<InputBoxOptions, 'title' | 'prompt' | 'value' | 'placeHolder'>,
  problem: (name: string) => string | undefined = () => undefined,
): Promise<string | undefined> {
  const name = await window.showInputBox({
    ...options,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? l10n.t('Type a name.') : problem(text.trim())),
  });
  return name?.trim();
}
