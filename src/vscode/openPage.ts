import { env, l10n, Uri, window } from 'vscode';
import { isWebPage } from './isWebPage.ts';

/** Opens a page that a host, or somebody's file, names: in the browser, and nothing that starts a program. */
export async function openPage(url: string): Promise<void> {
  if (isWebPage(url)) await env.openExternal(Uri.parse(url, true));
  else refuse();
}

/**
 * Opens a page with an address within its address. A `Uri` decodes what is in a query and encodes less of it again, so
 * that the inner one falls apart; a text is opened as it is, though only `Uri` is documented (microsoft/vscode#85930).
 * Answers whether it was opened.
 */
export async function openPageVerbatim(url: string): Promise<boolean> {
  if (isWebPage(url)) return env.openExternal(url as unknown as Uri);
  refuse();
  return false;
}

function refuse(): void {
  void window.showWarningMessage(l10n.t('The page was not opened: its address does not lead to a website.'));
}
