import { l10n, MarkdownString, StatusBarAlignment, window, type Command, type StatusBarItem } from 'vscode';
import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import { DisposableStore, type Disposable } from '../../core/events.ts';
import { commands } from '../contributions.ts';
import type { CurrentApi } from '../currentApi.ts';
import { branchFactTexts } from './branchFactTexts.ts';
import { branchSummary } from './branchSummary.ts';

/** Left of most, right of Git's own branch. */
const priority = 90;

/** One item: the branch of the API that the person is at. */
export class BranchStatus implements Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly item: StatusBarItem;
  /** Kept as long as the API is the same: VS Code forgets a command that is replaced, though it can still be clicked. */
  private click: { readonly api: ApiKey; readonly command: Command } | undefined;

  constructor(
    private readonly store: ReadonlyApiStore,
    private readonly current: CurrentApi,
  ) {
    this.item = this.subscriptions.add(
      window.createStatusBarItem('apiSourceControl.branch', StatusBarAlignment.Left, priority),
    );
    this.item.name = l10n.t('API branch');
    this.subscriptions.add(current.onDidChange(() => this.update()));
    this.update();
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private update(): void {
    const node = this.current.node;
    if (node === undefined || node.state !== 'connected') {
      this.item.hide();
      return;
    }
    const several = this.store.apis.filter(({ state }) => state === 'connected').length > 1;
    const summary = node.sync === undefined ? (node.api.connection?.branch ?? '') : branchSummary(node.sync);
    const icon = node.running === undefined ? '$(git-branch)' : '$(sync~spin)';
    this.item.text = several ? `${icon} ${node.api.name}: ${summary}` : `${icon} ${summary}`;
    this.item.tooltip = tooltip(node);
    const label = l10n.t('API {0}, branch {1}. Switch branch', node.api.name, summary);
    this.item.accessibilityInformation = { label, role: 'button' };
    // While it works a click would only queue another operation.
    this.item.command = node.running === undefined ? this.commandFor(node.key) : undefined;
    this.item.show();
  }

  private commandFor(api: ApiKey): Command {
    if (this.click?.api !== api) {
      const command = { command: commands.switchBranch, title: l10n.t('Switch Branch…'), arguments: [api] };
      this.click = { api, command };
    }
    return this.click.command;
  }
}

function tooltip({ api, sync, running }: ApiNode): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown('**').appendText(api.name).appendMarkdown('**\n\n');
  text.appendText(sync?.repositoryName ?? api.connection?.repository.name ?? '');
  if (sync !== undefined) {
    const counts = l10n.t('{0} to push, {1} to pull, {2} in conflict', sync.outgoing, sync.incoming, sync.conflicts);
    text.appendMarkdown('\n\n').appendText(counts);
    for (const fact of branchFactTexts(sync)) text.appendMarkdown('\n\n').appendText(fact);
  }
  text
    .appendMarkdown('\n\n')
    .appendText(running === undefined ? l10n.t('Click to switch the branch') : l10n.t('Working…'));
  return text;
}
