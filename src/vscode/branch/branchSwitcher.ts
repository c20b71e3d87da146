import { l10n, window } from 'vscode';
import type { ApiNode, SyncStatus } from '../../app/apiNode.ts';
import type { SwitchResult, UseCases } from '../../app/useCases.ts';
import type { Disposable } from '../../core/events.ts';
import { branchNameProblem } from '../../core/model/branchName.ts';
import { askName } from '../commands/namePrompt.ts';
import { registerCommands } from '../commands/registerCommands.ts';
import { isConnected, type Targets } from '../commands/targets.ts';
import { branchRuleText } from '../ruleTexts.ts';
import type { OperationRunner } from '../runOperation.ts';
import { offerUndo, placeOf } from '../undoOffer.ts';
import { currentBranch, listBranches, listOtherBranches } from './apiBranches.ts';
import { pickBranch } from './branchPick.ts';

/** How long a result stays in the status bar, in milliseconds. */
const resultShown = 6_000;

/** Switches to a branch that exists, or makes one from any branch and switches to it; deletes others. */
export class BranchSwitcher implements Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly useCases: UseCases,
    private readonly runner: OperationRunner,
    private readonly targets: Targets,
  ) {
    this.registration = registerCommands({
      switchBranch: (...args) => this.open(args),
      deleteBranch: (...args) => this.openDelete(args),
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async open(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(args, isConnected, l10n.t('Switch the branch of which API?'));
    if (node === undefined) return;
    const picked = await pickBranch({
      title: l10n.t('Switch the branch of “{0}”', node.api.name),
      placeholder: l10n.t('Search a branch to switch to'),
      current: currentBranch(node),
      offerNew: true,
      offerDelete: true,
      parked: parkedCounts(node),
      list: listBranches(this.useCases, node),
    });
    if (picked?.kind === 'delete') await this.delete(node, picked.name);
    else if (picked?.kind === 'new') await this.create(node, picked.name);
    else if (picked !== undefined && picked.name !== currentBranch(node)) await this.switchTo(node, picked.name);
  }

  private async switchTo(node: ApiNode, branch: string): Promise<void> {
    await this.runner.run({
      title: l10n.t('Switching “{0}” to “{1}”', node.api.name, branch),
      kind: 'switchBranch',
      api: node.key,
      work: (context) => this.useCases.switchBranch(node.key, branch, context),
      done: (result) => tellParked(currentBranch(node), branch, result),
    });
  }

  private async create(node: ApiNode, typed: string): Promise<void> {
    const title = l10n.t('New branch for “{0}”', node.api.name);
    const name = await askName({ title, prompt: l10n.t('Name of the new branch'), value: typed }, (text) => {
      const rule = branchNameProblem(text);
      return rule === undefined ? undefined : branchRuleText(rule);
    });
    if (name === undefined) return;
    const from = await pickBranch({
      title,
      placeholder: l10n.t('Start “{0}” from which branch?', name),
      current: currentBranch(node),
      list: listBranches(this.useCases, node),
    });
    if (from === undefined) return;
    await this.runner.run({
      title: l10n.t('Making the branch “{0}” from “{1}”', name, from.name),
      kind: 'createBranch',
      api: node.key,
      work: (context) => this.useCases.createBranch(node.key, name, from.name, context),
      done: (result) => tellParked(currentBranch(node), name, result),
    });
  }

  private async openDelete(args: readonly unknown[]): Promise<void> {
    const node = await this.targets.api(args, isConnected, l10n.t('Delete a branch of which API’s repository?'));
    if (node === undefined) return;
    const picked = await pickBranch({
      title: l10n.t(
        'Delete a branch of the repository of “{0}” ({1})',
        node.api.name,
        node.sync?.repositoryName ?? node.api.connection?.repository.name ?? '',
      ),
      placeholder: l10n.t('Search the branch to delete'),
      current: currentBranch(node),
      parked: parkedCounts(node, ({ branch }) => branch !== currentBranch(node)),
      list: listOtherBranches(this.useCases, node),
    });
    if (picked !== undefined) await this.delete(node, picked.name);
  }

  private async delete(node: ApiNode, branch: string): Promise<void> {
    await this.runner.run({
      title: l10n.t('Deleting the branch “{0}”', branch),
      kind: 'deleteBranch',
      api: node.key,
      work: (context) => this.useCases.deleteBranch(node.key, branch, context),
      done: (done) => {
        const text = l10n.t('The branch “{0}” is deleted.', branch);
        void offerUndo(this.runner, { place: placeOf(node), kind: 'createBranch', text }, done);
      },
    });
  }
}

type Parked = NonNullable<SyncStatus['parked']>[number];

function parkedCounts({ sync }: ApiNode, counts: (parked: Parked) => boolean = () => true): Map<string, number> {
  return new Map(sync?.parked?.filter(counts).map(({ branch, paths }) => [branch, paths.length]));
}

/** Where changes went is said once, quietly; the tooltip and the list of branches say it from then on. */
function tellParked(from: string, to: string, { parked, restored }: SwitchResult): void {
  const texts = [
    ...(parked.length > 0 ? [l10n.t('$(archive) {0} parked on “{1}”', parked.length, from)] : []),
    ...(restored.length > 0 ? [l10n.t('$(check) {0} back on “{1}”', restored.length, to)] : []),
  ];
  if (texts.length > 0) window.setStatusBarMessage(texts.join(' '), resultShown);
}
