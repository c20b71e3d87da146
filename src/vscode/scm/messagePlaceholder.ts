import { l10n } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';

/** VS Code puts its key for "accept" where the text still says {0}. */
const key = '{0}';

/** `isDemanded`: a push had no message. Why nothing happened comes first: the rest is cut off in a narrow view. */
export function messagePlaceholder({ api, sync }: ApiNode, isDemanded: boolean): string {
  const branch = sync?.branch ?? api.connection?.branch ?? '';
  return isDemanded
    ? l10n.t('Not pushed: no message yet ({0} to push “{1}” to “{2}”)', key, api.name, branch)
    : l10n.t('Message ({0} to push “{1}” to “{2}”)', key, api.name, branch);
}
