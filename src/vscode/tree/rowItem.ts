import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';
import { baseName } from '../../core/model/repoPath.ts';
import { accountName, serverName } from '../accounts/accountNames.ts';
import type { AccountNotice } from '../accounts/accountNotices.ts';
import { commands } from '../contributions.ts';
import { documentProblemText, referenceProblemText } from '../problemTexts.ts';
import { contextValue, isOffline } from './contextValue.ts';
import { apiDescription, definitionDescription, fileDescription, requestCount } from './rowTexts.ts';
import { rowUri } from './rowUri.ts';
import type {
  ApiRow,
  CollectionFolderRow,
  CollectionRow,
  CollectionsRow,
  DefinitionRow,
  DocumentProblemRow,
  FileRow,
  FolderRow,
  NoticeRow,
  ReferenceProblemRow,
  RequestRow,
  TreeRow,
} from './treeRow.ts';

const { None, Collapsed, Expanded } = TreeItemCollapsibleState;

/** What VS Code draws of a row; reads memory only. */
export function rowItem(row: TreeRow, node: ApiNode): TreeItem {
  const item = bareItem(row, node);
  item.id = row.id;
  item.contextValue = contextValue(row, node);
  const { label } = item;
  const text = typeof label === 'string' ? label : (label?.label ?? '');
  item.accessibilityInformation ??= {
    label: typeof item.description === 'string' && item.description !== '' ? `${text}, ${item.description}` : text,
  };
  return item;
}

function bareItem(row: TreeRow, node: ApiNode): TreeItem {
  switch (row.kind) {
    case 'notice':
      return noticeItem(row);
    case 'api':
      return apiItem(row, node);
    case 'definition':
      return definitionItem(row, node);
    case 'folder':
      return folderItem(row);
    case 'definitionFile':
      return fileItem(row);
    case 'referenceProblem':
      return referenceItem(row);
    case 'documentProblem':
      return documentItem(row);
    case 'collections':
      return collectionsItem(row, node);
    case 'collection':
      return collectionItem(row);
    case 'collectionFolder':
      return collectionFolderItem(row);
    case 'request':
      return requestItem(row);
  }
}

/** A click on it is the click that a sign-in waits for. */
function noticeItem(row: NoticeRow): TreeItem {
  const { notice } = row;
  const isOut = notice.kind === 'signedOut';
  const item = new TreeItem(isOut ? l10n.t('Sign in again') : l10n.t('Sign in to contribute'), None);
  item.description = isOut ? accountName(notice.account) : whereOf(notice);
  item.iconPath = isOut ? new ThemeIcon('warning', new ThemeColor('list.warningForeground')) : new ThemeIcon('account');
  const command = isOut ? commands.signInAgain : commands.contribute;
  item.command = { command, title: l10n.t('Sign In'), arguments: [row] };
  return item;
}

function whereOf({ absent, origin }: Extract<AccountNotice, { readonly kind: 'contribute' }>): string {
  return absent === undefined ? serverName(origin) : accountName({ name: absent, origin });
}

function apiItem(_row: ApiRow, node: ApiNode): TreeItem {
  const item = new TreeItem(node.api.name, Expanded);
  item.description = apiDescription(node);
  item.iconPath = apiIcon(node);
  const { sync } = node;
  if (sync !== undefined) {
    const label = l10n.t(
      '{0}, branch {1}, {2} to push, {3} to pull, {4} in conflict',
      node.api.name,
      sync.branch,
      sync.outgoing,
      sync.incoming,
      sync.conflicts,
    );
    item.accessibilityInformation = { label };
  }
  return item;
}

function apiIcon(node: ApiNode): ThemeIcon {
  if (node.running !== undefined) return new ThemeIcon('sync~spin');
  if (node.ended === true) return new ThemeIcon('debug-disconnect');
  if (node.state === 'unapproved') return new ThemeIcon('unverified', new ThemeColor('list.warningForeground'));
  if (node.state === 'local') return new ThemeIcon('package');
  if (isOffline(node)) return new ThemeIcon('debug-disconnect');
  if (node.failure !== undefined || node.sync?.inDoubt === true)
    return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  return new ThemeIcon('repo');
}

function definitionItem(_row: DefinitionRow, node: ApiNode): TreeItem {
  // Also while it is empty: VS Code never opens by itself a row that it has once drawn as a leaf.
  const item = new TreeItem(l10n.t('Definition'), Expanded);
  item.description = definitionDescription(node);
  item.iconPath = new ThemeIcon('symbol-interface');
  return item;
}

function folderItem(row: FolderRow): TreeItem {
  const item = new TreeItem(row.label, Collapsed);
  const hasProblems = row.entries.some(({ path }) => row.troubled.has(path));
  item.description = hasProblems ? l10n.t('unresolved references') : '';
  item.iconPath = hasProblems ? new ThemeIcon('folder', new ThemeColor('list.warningForeground')) : ThemeIcon.Folder;
  item.resourceUri = rowUri(row.api, row.path);
  return item;
}

function fileItem(row: FileRow): TreeItem {
  const item = new TreeItem(baseName(row.file.path), row.hasProblems ? Collapsed : None);
  item.description = fileDescription(row.file);
  item.resourceUri = rowUri(row.api, row.file.path);
  item.iconPath =
    row.file.presence === 'missing'
      ? new ThemeIcon('warning', new ThemeColor('list.errorForeground'))
      : row.file.presence === 'incoming'
        ? new ThemeIcon('cloud-download')
        : ThemeIcon.File;
  item.command = openCommand(row);
  return item;
}

function referenceItem(row: ReferenceProblemRow): TreeItem {
  // A long target would hide what is wrong with it: its last segment names it well enough.
  const { target } = row.problem;
  const item = new TreeItem(target.slice(target.replace(/\/$/u, '').lastIndexOf('/') + 1), None);
  const state = row.problem.kind === 'outside' ? l10n.t('outside of the repository') : l10n.t('not in the repository');
  item.description = `${state} · ${target}`;
  item.iconPath =
    row.problem.kind === 'outside'
      ? new ThemeIcon('link-external')
      : new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  item.accessibilityInformation = { label: referenceProblemText(row.problem) };
  item.command = openCommand(row);
  return item;
}

function documentItem(row: DocumentProblemRow): TreeItem {
  const item = new TreeItem(documentProblemText(row.problem), None);
  item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  item.command = openCommand(row);
  return item;
}

function collectionsItem(_row: CollectionsRow, node: ApiNode): TreeItem {
  const count = node.collections?.length ?? 0;
  const item = new TreeItem(l10n.t('Collections'), count === 0 ? None : Collapsed);
  item.description = count === 0 ? l10n.t('none yet') : String(count);
  item.iconPath = new ThemeIcon('library');
  return item;
}

function collectionItem(row: CollectionRow): TreeItem {
  const { outline, presence, path } = row.collection;
  const item = new TreeItem(outline.name, outline.items.length === 0 ? None : Collapsed);
  const count = requestCount(outline.items);
  item.description =
    presence === 'incoming'
      ? l10n.t('not pulled yet')
      : count === 1
        ? l10n.t('1 request')
        : l10n.t('{0} requests', count);
  item.iconPath = new ThemeIcon('book');
  item.resourceUri = rowUri(row.api, path);
  return item;
}

function collectionFolderItem(row: CollectionFolderRow): TreeItem {
  const item = new TreeItem(row.folder.name, row.folder.items.length === 0 ? None : Collapsed);
  item.iconPath = ThemeIcon.Folder;
  return item;
}

function requestItem(row: RequestRow): TreeItem {
  const item = new TreeItem(row.request.name, None);
  item.description = row.request.method;
  item.iconPath = new ThemeIcon('arrow-right');
  item.accessibilityInformation = { label: `${row.request.method} ${row.request.name}` };
  item.command = openCommand(row);
  return item;
}

function openCommand(row: TreeRow): NonNullable<TreeItem['command']> {
  return { command: commands.openFile, title: l10n.t('Open File'), arguments: [row] };
}
