import { l10n, Uri, window } from 'vscode';
import type { News, Tell } from '../ports/tell.ts';
import { listFiles } from './messages/nameFiles.ts';
import { tellBackup } from './undoOffer.ts';

/** Tells news in a message that nobody has to answer. */
export class NewsMessages implements Tell {
  tell(news: News): void {
    const text = textOf(news);
    const { workspaceFolder, folder, backup, apis } = news;
    if (backup === undefined) {
      void window.showInformationMessage(text);
      return;
    }
    const place = { name: apis.join(', '), folder: Uri.joinPath(Uri.parse(workspaceFolder, true), folder) };
    void tellBackup({ place, text }, backup);
  }
}

function textOf({ apis, outcome, kept, backup }: News): string {
  const names = apis.join(', ');
  const done =
    outcome === 'finished'
      ? l10n.t('“{0}”: the last operation was cut off in the middle. It has been finished now.', names)
      : l10n.t('“{0}”: the last operation was cut off in the middle. It has been undone: try it again.', names);
  const sentences = [done];
  if (kept.length > 0) sentences.push(l10n.t('What you changed since stays as it is: {0}', listFiles(kept)));
  if (backup !== undefined) sentences.push(l10n.t('What you edited before has no place there any more.'));
  return sentences.join(' ');
}
