import { l10n, ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import { commands } from '../contributions.ts';
import { apisProblemText } from '../problemTexts.ts';
import type { ApisFileRow } from './apisFileRow.ts';

/** A click opens the file at its first problem. */
export function apisFileItem(row: ApisFileRow): TreeItem {
  const { length } = row.problems;
  const item = new TreeItem(l10n.t('apis.json has errors'));
  item.id = row.id;
  item.contextValue = row.kind;
  item.description =
    length === 1
      ? l10n.t('1 problem, APIs may be missing here')
      : l10n.t('{0} problems, APIs may be missing here', length);
  item.tooltip = row.problems.map(apisProblemText).join('\n');
  item.iconPath = new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  item.command = { command: commands.openApisFile, title: l10n.t('Open apis.json'), arguments: [row] };
  return item;
}
