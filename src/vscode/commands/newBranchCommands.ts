import { l10n, window, workspace } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';
import type { NewBranchPush, UseCases } from '../../app/useCases.ts';
import type { Disposable } from '../../core/events.ts';
import { branchNameProblem } from '../../core/model/branchName.ts';
import { openPage } from '../openPage.ts';
import { branchRuleText } from '../ruleTexts.ts';
import type { OperationRunner } from '../runOperation.ts';
import { askName } from './namePrompt.ts';
import { proposedBranch } from './proposedBranch.ts';
import { registerCommands } from './registerCommands.ts';
import type { PushMessages } from './syncCommands.ts';
import { isConnected, type Targets } from './targets.ts';

/** The way on where a branch takes no push: a new branch, and a pull request where the host has those. */
export class NewBranchCommands implements Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly useCases: UseCases,
    private readonly runner: OperationRunner,
    private readonly targets: Targets,
    private readonly messages: PushMessages,
  ) {
    this.registration = registerCommands({ pushToNewBranch: (...args) => this.open(args) });
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async open(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(args, isConnected, l10n.t('Push which API to a new branch?'));
    if (node === undefined) return;
    const message = this.messages.message(node.key);
    if (message.trim() === '') {
      await this.messages.demandMessage(node.key, false);
      return;
    }
    const branch = await askBranch(node, message);
    if (branch === undefined) return;
    const title = message.trim().split('\n')[0] ?? '';
    this.messages.acceptMessage(node.key);
    await this.runner.run({
      title: l10n.t('Pushing “{0}” to the new branch “{1}”', node.api.name, branch),
      kind: 'push',
      api: node.key,
      work: (context) => this.useCases.pushToNewBranch(node.key, { branch, message, title }, context),
      done: (outcome) => this.tell(node, message, outcome),
    });
  }

  private async tell(node: ApiNode, message: string, outcome: NewBranchPush): Promise<void> {
    if (outcome.pushed !== undefined) this.messages.clearMessage(node.key, message);
    if (outcome.failure !== undefined) {
      const request = { title: l10n.t('Push to New Branch'), kind: 'push', api: node.key } as const;
      await this.runner.explain(outcome.failure, request, { done: doneText(outcome) });
    } else if (outcome.pullRequest !== undefined) {
      await openPage(outcome.pullRequest.url);
    } else {
      void window.showInformationMessage(l10n.t('Your changes are pushed to the new branch “{0}”.', outcome.branch));
    }
  }
}

function askBranch(node: ApiNode, message: string): Promise<string | undefined> {
  const prefix = workspace.getConfiguration('git').get<string>('branchPrefix', '');
  const options = {
    title: l10n.t('Push “{0}” to a new branch', node.api.name),
    prompt: l10n.t('Name of the new branch. You go on working on it.'),
    value: proposedBranch(prefix, message),
  };
  return askName(options, (name) => {
    const rule = branchNameProblem(name);
    return rule === undefined ? undefined : branchRuleText(rule);
  });
}

/** What stays, whatever went wrong after it. */
function doneText({ branch, pushed }: NewBranchPush): string {
  return pushed === undefined
    ? l10n.t('The branch “{0}” was made and you are on it with your changes, but they are not pushed yet.', branch)
    : l10n.t('Your changes are pushed to the new branch “{0}”, but there is no pull request yet.', branch);
}
