import { l10n, MarkdownString } from 'vscode';
import type { ApiNode, DefinitionFile } from '../../app/apiNode.ts';
import type { OutlineItem } from '../../core/collection/collectionOutline.ts';
import type { Account } from '../../ports/accounts.ts';
import { accountState, serverName } from '../accounts/accountNames.ts';
import { signedOutText } from '../accounts/accountTexts.ts';
import { branchFactTexts } from '../branch/branchFactTexts.ts';
import { branchSummary } from '../branch/branchSummary.ts';
import { changeMark, planItemOf } from '../changeMark.ts';
import { definitionTypeName } from '../definitionTypeName.ts';
import { itemTooltip } from '../markTexts.ts';
import { describeFailure } from '../messages.ts';
import { documentProblemText, referenceProblemText } from '../problemTexts.ts';
import type { NoticeRow, TreeRow } from './treeRow.ts';

export function apiDescription(node: ApiNode): string {
  if (node.state === 'local') return l10n.t('not connected');
  if (node.ended === true) return l10n.t('disconnected');
  if (node.state === 'unapproved') return l10n.t('waits for your approval');
  if (node.sync === undefined) return node.api.connection?.branch ?? '';
  const summary = branchSummary(node.sync);
  if (node.sync.inDoubt) return l10n.t('{0} – push in doubt', summary);
  if (node.sync.pushingElsewhere === true) return l10n.t('{0} – another window is pushing', summary);
  switch (node.sync.standing) {
    case 'deleted':
      return l10n.t('{0} – branch deleted', summary);
    case 'rewritten':
      return l10n.t('{0} – branch rewritten', summary);
    case 'unborn':
      return l10n.t('{0} – no commit yet', summary);
    case 'moved':
    case 'upToDate':
      return summary;
  }
}

export function definitionDescription({ api, definition }: ApiNode): string {
  if (definition?.type !== undefined) return definitionTypeName(definition.type);
  if (api.rootFile === undefined) return l10n.t('no root file yet');
  const root = definition?.files.find(({ role }) => role === 'root');
  return definition !== undefined && (root === undefined || root.presence === 'missing')
    ? l10n.t('root file is missing')
    : '';
}

export function fileDescription({ role, presence }: DefinitionFile): string {
  if (presence === 'missing') return l10n.t('missing');
  if (presence === 'incoming') return l10n.t('not pulled yet');
  switch (role) {
    case 'root':
      return l10n.t('root');
    case 'unreferenced':
      return l10n.t('no longer referenced');
    case 'added':
      return l10n.t('added');
    case 'dependent':
      return '';
  }
}

export function requestCount(items: readonly OutlineItem[]): number {
  return items.reduce((sum, item) => sum + (item.kind === 'folder' ? requestCount(item.items) : 1), 0);
}

/** Made only when the pointer rests on a row. Names come from repositories: appended as text, never as Markdown. */
export function rowTooltip(row: TreeRow, node: ApiNode, account: Account | undefined): MarkdownString | string {
  switch (row.kind) {
    case 'notice':
      return noticeTooltip(row);
    case 'api':
      return apiTooltip(node, account);
    case 'definition':
      return l10n.t('The root file, everything it references in the repository, and files added by hand');
    case 'collections':
      return l10n.t('Collections in “{0}”', node.api.collectionFolder);
    case 'folder':
    case 'collectionFolder':
      return row.path;
    case 'definitionFile':
      return fileTooltip(row.file, node);
    case 'referenceProblem':
      return referenceProblemText(row.problem);
    case 'documentProblem':
      return documentProblemText(row.problem);
    case 'collection':
      return row.collection.path;
    case 'request':
      return `${row.request.method} ${row.request.name}`;
  }
}

function fileTooltip(file: DefinitionFile, node: ApiNode): string {
  const item = planItemOf(node, file.path);
  const mark = item === undefined ? undefined : changeMark(item);
  return [file.path, fileDescription(file), item === undefined || mark === undefined ? '' : itemTooltip(item, mark)]
    .filter((line) => line !== '')
    .join('\n');
}

function noticeTooltip({ notice }: NoticeRow): string {
  if (notice.kind === 'signedOut') return signedOutText(notice.account);
  const server = serverName(notice.origin);
  if (notice.absent !== undefined) {
    return l10n.t('{0} works on this at {1}, and is signed out. To push, sign in again.', notice.absent, server);
  }
  return l10n.t('Nobody is signed in at {0}. Public repositories can be read without; to push, sign in.', server);
}

function apiTooltip(node: ApiNode, account: Account | undefined): MarkdownString {
  const { api, sync, failure } = node;
  const text = new MarkdownString();
  text.appendMarkdown('**').appendText(api.name).appendMarkdown('**');
  const line = (label: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') text.appendMarkdown('\n\n').appendText(`${label}: ${value}`);
  };
  line(l10n.t('Repository'), sync?.repositoryName ?? api.connection?.repository.name);
  line(l10n.t('Host'), api.connection?.repository.origin);
  line(l10n.t('Account'), account && accountState(account));
  line(l10n.t('Branch'), sync?.branch ?? api.connection?.branch);
  line(l10n.t('Folder'), api.folder === '' ? l10n.t('the workspace folder itself') : api.folder);
  if (sync !== undefined) {
    line(l10n.t('To push'), String(sync.outgoing));
    line(l10n.t('To pull'), String(sync.incoming));
    line(l10n.t('Conflicts'), String(sync.conflicts));
    for (const fact of branchFactTexts(sync)) text.appendMarkdown('\n\n').appendText(fact);
  }
  if (failure !== undefined) text.appendMarkdown('\n\n$(warning) ').appendText(describeFailure(failure).message);
  text.supportThemeIcons = true;
  return text;
}
