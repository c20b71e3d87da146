import {
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import type { UseCases } from '../../app/useCases.ts';
import { DisposableStore, Emitter, type Disposable } from '../../core/events.ts';
import type { Accounts } from '../../ports/accounts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HostDescription } from '../../ports/hosts.ts';
import type { SignIns } from '../../ports/signIn.ts';
import { hostName } from '../connect/hostName.ts';
import { views } from '../contributions.ts';
import { accountName, serverName } from './accountNames.ts';
import { accountContextValue, accountRows, type AccountRow, type AccountsRow } from './accountRows.ts';
import { accountDescription, signedOutText, sourceText } from './accountTexts.ts';
import { avatarMarkdown } from './avatarMarkdown.ts';

const { None, Collapsed, Expanded } = TreeItemCollapsibleState;

export interface AccountsViewServices {
  readonly store: ReadonlyApiStore;
  readonly accounts: Pick<Accounts, 'list' | 'onDidChange'>;
  readonly useCases: Pick<UseCases, 'accountOf'>;
  readonly hosts: { readonly descriptions: readonly Pick<HostDescription, 'id' | 'icon'>[] };
  readonly signIns: Pick<SignIns, 'page'>;
  readonly clock: Clock;
}

/** The view *Connected Accounts*: who is signed in where, and what for. */
export class AccountsView implements TreeDataProvider<AccountsRow>, Disposable {
  private readonly owned = new DisposableStore();
  private readonly changes = this.owned.add(new Emitter<undefined>());
  private readonly view: TreeView<AccountsRow>;

  readonly onDidChangeTreeData = this.changes.event;

  constructor(private readonly services: AccountsViewServices) {
    this.view = this.owned.add(window.createTreeView<AccountsRow>(views.accounts, { treeDataProvider: this }));
    this.owned.add(services.accounts.onDidChange(() => this.refresh()));
    this.owned.add(services.store.onDidChange(() => this.refresh()));
    this.refresh();
  }

  getChildren(row?: AccountsRow): AccountsRow[] {
    if (row === undefined) return [...this.servers()];
    switch (row.kind) {
      case 'server':
        return [...row.accounts];
      case 'account':
        return [...row.uses];
      case 'use':
        return [];
    }
  }

  getTreeItem(row: AccountsRow): TreeItem {
    const item = this.itemOf(row);
    item.id = row.id;
    item.contextValue = accountContextValue(row);
    return item;
  }

  resolveTreeItem(item: TreeItem, row: AccountsRow): TreeItem {
    if (row.kind === 'account') item.tooltip = tooltipOf(row);
    return item;
  }

  dispose(): void {
    this.owned.dispose();
  }

  private servers() {
    const { store, accounts, useCases, signIns } = this.services;
    return accountRows({
      accounts: accounts.list(),
      apis: store.apis,
      accountOf: (repository) => useCases.accountOf(repository),
      page: (account) => signIns.page(account),
    });
  }

  private refresh(): void {
    this.changes.fire(undefined);
    const signedOut = this.services.accounts.list().filter(({ state }) => state === 'signedOut').length;
    this.view.badge =
      signedOut === 0
        ? undefined
        : { value: signedOut, tooltip: l10n.t('Accounts to sign in to again: {0}', signedOut) };
  }

  private itemOf(row: AccountsRow): TreeItem {
    switch (row.kind) {
      case 'server': {
        const item = new TreeItem(serverName(row.origin), Expanded);
        item.description = hostName(row.host);
        item.iconPath = new ThemeIcon(
          this.services.hosts.descriptions.find(({ id }) => id === row.host)?.icon ?? 'server',
        );
        return item;
      }
      case 'account':
        return accountItem(row, this.services.clock.now());
      case 'use': {
        const item = new TreeItem(row.name, None);
        item.description = row.repository;
        item.iconPath = new ThemeIcon('repo');
        return item;
      }
    }
  }
}

function accountItem(row: AccountRow, now: number): TreeItem {
  const { account, uses } = row;
  const item = new TreeItem(account.name, uses.length === 0 ? None : Collapsed);
  const description = accountDescription(account, uses.length, now);
  item.description = description;
  item.iconPath =
    account.state === 'signedOut'
      ? new ThemeIcon('warning', new ThemeColor('list.warningForeground'))
      : new ThemeIcon('account');
  item.accessibilityInformation = { label: `${accountName(account)}, ${description}` };
  return item;
}

/** Names and rights come from hosts: appended as text, never as Markdown. */
function tooltipOf({ account, uses }: AccountRow): MarkdownString {
  const text = new MarkdownString();
  const picture = avatarMarkdown(account.avatar);
  if (picture !== '') text.appendMarkdown(`${picture}\n\n`);
  text.appendMarkdown('**').appendText(accountName(account)).appendMarkdown('**');
  const line = (words: string): void => void text.appendMarkdown('\n\n').appendText(words);
  line(sourceText(account));
  if (account.state === 'signedOut') for (const words of signedOutText(account).split('\n')) line(words);
  if (account.scopes !== undefined) line(l10n.t('Rights: {0}', account.scopes.join(', ')));
  if (account.expires !== undefined)
    line(l10n.t('Valid until {0}.', new Date(account.expires).toISOString().slice(0, 10)));
  for (const { name, repository } of uses) line(l10n.t('Used for “{0}” in {1}', name, repository));
  return text;
}
