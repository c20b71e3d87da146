import { l10n, window } from 'vscode';
import type { News, Tell } from '../ports/tell.ts';
import { listFiles } from './messages/nameFiles.ts';

/** Tells news in a message that nobody has to answer. */
export class NewsMessages implements Tell {
  tell({ apis, outcome, kept }: News): void {
    const names = apis.join(', ');
    const done =
      outcome === 'finished'
        ? l10n.t('“{0}”: the last operation was cut off in the middle. It has been finished now.', names)
        : l10n.t('“{0}”: the last operation was cut off in the middle. It has been undone: try it again.', names);
    const message =
      kept.length === 0 ? done : `${done} ${l10n.t('What you changed since stays as it is: {0}', listFiles(kept))}`;
    void window.showInformationMessage(message);
  }
}
