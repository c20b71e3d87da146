import { commands, l10n, window } from 'vscode';
import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import type { PullResult, PushResult, UseCases } from '../../app/useCases.ts';
import type { Disposable } from '../../core/events.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { nameFiles } from '../messages/nameFiles.ts';
import type { OperationRunner } from '../runOperation.ts';
import { offerUndo, placeOf, tellBackup } from '../undoOffer.ts';
import { registerCommands } from './registerCommands.ts';
import { isConnected, type Targets } from './targets.ts';

/** The message boxes of the Source Control view. */
export interface PushMessages {
  message(api: ApiKey): string;
  /** Says in the box why nothing was sent and focuses it. */
  demandMessage(api: ApiKey, alreadyFocused: boolean): Promise<void>;
  acceptMessage(api: ApiKey): void;
  clearMessage(api: ApiKey, pushed: string): void;
}

/** How long a result stays in the status bar, in milliseconds. */
const resultShown = 6_000;

/** Refresh, pull, push and what a push in doubt needs. */
export class SyncCommands implements Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly store: ReadonlyApiStore,
    private readonly useCases: UseCases,
    private readonly runner: OperationRunner,
    private readonly targets: Targets,
    private readonly messages: PushMessages,
  ) {
    this.registration = registerCommands({
      refresh: (...args) => this.refresh(args),
      pull: (...args) => this.pull(args),
      push: (...args) => this.push(args),
      settlePush: (...args) => this.settlePush(args),
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async refresh(args: readonly unknown[]): Promise<void> {
    const node = this.targets.named(args);
    const checkout = node?.sync?.checkout;
    await this.runner.run({
      title: node === undefined ? l10n.t('Refreshing') : l10n.t('Refreshing “{0}”', node.api.name),
      kind: 'look',
      ...(node !== undefined && { api: node.key }),
      work: async (context) => {
        await (checkout === undefined ? this.useCases.lookAll(context) : this.useCases.look(checkout, context));
        // A look works offline as far as it can; whoever asked for it is told where it ended.
        const seen = this.store.apis.filter(({ sync }) => checkout === undefined || sync?.checkout === checkout);
        for (const { failure } of seen) if (failure !== undefined) throw failure;
      },
    });
  }

  private async pull(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(args, isConnected, l10n.t('Pull which API?'));
    if (node === undefined) return;
    await this.runner.run({
      title: l10n.t('Pulling “{0}”', node.api.name),
      kind: 'pull',
      api: node.key,
      work: (context) => this.useCases.pull(node.key, context),
      done: (result) => {
        showPulled(node, result);
        const text = l10n.t('“{0}” is pulled from the rewritten branch.', node.api.name);
        if (result.backup !== undefined) void tellBackup({ place: placeOf(node), text }, result.backup);
      },
    });
  }

  private async push(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(args, isConnected, l10n.t('Push which API?'));
    if (node === undefined) return;
    const message = this.messages.message(node.key);
    if (message.trim() === '') {
      await this.messages.demandMessage(node.key, args.some(isMessageBox));
      return;
    }
    this.messages.acceptMessage(node.key);
    await this.runner.run({
      title: l10n.t('Pushing “{0}”', node.api.name),
      kind: 'push',
      api: node.key,
      work: (context) => this.useCases.push(node.key, message, context),
      done: (result) => {
        this.messages.clearMessage(node.key, message);
        showPushed(result);
        const text = l10n.t('What you deleted of “{0}” is gone from “{1}”, too.', node.api.name, result.branch);
        if (result.deleted !== undefined)
          void offerUndo(this.runner, { place: placeOf(node), kind: 'push', text }, result.deleted);
      },
    });
  }

  private async settlePush(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(
      args,
      (each) => each.sync?.inDoubt === true,
      l10n.t('Check the push of which API?'),
    );
    if (node === undefined) return;
    await this.runner.run({
      title: l10n.t('Checking the last push of “{0}”', node.api.name),
      kind: 'push',
      api: node.key,
      work: (context) => this.useCases.settlePush(node.key, context),
      done: (outcome) =>
        void window.showInformationMessage(
          outcome === 'landed'
            ? l10n.t('The last push of “{0}” did arrive.', node.api.name)
            : l10n.t(
                'The last push of “{0}” did not arrive. Your changes are still here; push them again.',
                node.api.name,
              ),
        ),
    });
  }
}

/** Files that wait for a decision are worth more than a text that goes away. */
async function showConflicts({ api }: ApiNode, conflicts: readonly RepoPath[]): Promise<void> {
  const show = l10n.t('Show Conflicts');
  const text = l10n.t(
    '“{0}”: both you and somebody else changed {1}. Your files are as they were; decide in the Source Control view.',
    api.name,
    nameFiles(conflicts),
  );
  if ((await window.showWarningMessage(text, show)) === show) await commands.executeCommand('workbench.view.scm');
}

function isMessageBox(arg: unknown): boolean {
  return typeof arg === 'object' && arg !== null && 'kind' in arg && arg.kind === 'messageBox';
}

function showPulled(node: ApiNode, { taken, merged, conflicts }: PullResult): void {
  const counts = [taken > 0 ? l10n.t('{0} pulled', taken) : '', merged > 0 ? l10n.t('{0} merged', merged) : ''].filter(
    (text) => text !== '',
  );
  const { name } = node.api;
  if (counts.length > 0) {
    window.setStatusBarMessage(l10n.t('$(check) “{0}”: {1}', name, counts.join(', ')), resultShown);
  } else if (conflicts.length === 0) {
    window.setStatusBarMessage(l10n.t('$(check) “{0}” is up to date', name), resultShown);
  }
  if (conflicts.length > 0) void showConflicts(node, conflicts);
}

function showPushed({ files, branch, landedOnNewerHead }: PushResult): void {
  window.setStatusBarMessage(
    files === 1
      ? l10n.t('$(check) 1 file pushed to “{0}”', branch)
      : l10n.t('$(check) {0} files pushed to “{1}”', files, branch),
    resultShown,
  );
  // The host could not compare heads, so this is news: somebody else's commit lies in between.
  if (landedOnNewerHead)
    void window.showInformationMessage(
      l10n.t('Your push to “{0}” landed on top of a newer commit. Pull to get what is in it.', branch),
    );
}
