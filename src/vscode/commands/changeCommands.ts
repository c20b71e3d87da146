import { l10n, window } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';
import type { UseCases } from '../../app/useCases.ts';
import type { Disposable } from '../../core/events.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { PlanItem } from '../../core/sync/planItem.ts';
import type { Log } from '../../ports/log.ts';
import { planItemOf } from '../changeMark.ts';
import { openDiff } from '../files/openDiff.ts';
import { openMergeEditor } from '../files/openMergeEditor.ts';
import { openApiFile } from './openFile.ts';
import { registerCommands } from './registerCommands.ts';
import type { ConflictResolver } from './resolveCommands.ts';
import { isRow, type Targets } from './targets.ts';

/** Look at files: as they are, as a diff, in the merge editor. */
export class ChangeCommands implements Disposable {
  private readonly registration: Disposable;

  constructor(
    private readonly targets: Targets,
    private readonly resolver: ConflictResolver,
    private readonly services: { readonly useCases: Pick<UseCases, 'contents'>; readonly log: Log },
  ) {
    this.registration = registerCommands({
      openChange: (...args) => this.eachFile(args, (node, path) => this.openChange(node, path)),
      openFile: (...args) => this.openFile(args),
      openMergeEditor: (...args) => this.eachFile(args, (node, path) => this.openMergeEditor(node, path)),
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async openFile(args: readonly unknown[]): Promise<void> {
    const [row] = args;
    const node = this.targets.named(args);
    if (node !== undefined && isRow(row)) {
      if (row.kind === 'referenceProblem') return openApiFile(node, row.problem.from, row.problem.range);
      if (row.kind === 'documentProblem') return openApiFile(node, row.problem.path, row.problem.range);
    }
    await this.eachFile(args, openApiFile);
  }

  private async openChange(node: ApiNode, path: RepoPath): Promise<void> {
    const item = planItemOf(node, path);
    // The click was on a row of a moment ago.
    await (item === undefined ? openApiFile(node, path) : openDiff(node, item));
  }

  private async openMergeEditor(node: ApiNode, path: RepoPath): Promise<void> {
    const item = planItemOf(node, path);
    if (item === undefined || (await openMergeEditor(node, item, this.services))) return;
    await openDiff(node, item);
    await this.offerSides(node, item);
  }

  /** Where there is nothing to merge line by line (a deleted file), or no merge editor. */
  private async offerSides(node: ApiNode, item: PlanItem): Promise<void> {
    const mine = l10n.t('Accept Mine');
    const theirs = l10n.t('Accept Theirs');
    const chosen = await window.showInformationMessage(sidesText(item), mine, theirs);
    if (chosen === mine) await this.resolver.acceptMine(node, [item.path]);
    if (chosen === theirs) await this.resolver.acceptTheirs(node, [item.path]);
  }

  private async eachFile(
    args: readonly unknown[],
    open: (node: ApiNode, path: RepoPath) => Promise<void>,
  ): Promise<void> {
    for (const { node, paths } of this.targets.files(args)) for (const path of paths) await open(node, path);
  }
}

function sidesText({ path, local, remote, rename }: PlanItem): string {
  if (rename?.here !== undefined && rename.there !== undefined)
    return l10n.t(
      'You renamed {0} to {1}, and somebody else renamed it to {2}. Which side is right?',
      rename.from,
      rename.here,
      rename.there,
    );
  if (local === undefined)
    return l10n.t('You deleted {0}, and it was changed in the repository. Which side is right?', path);
  if (remote === undefined)
    return l10n.t('You changed {0}, and it was deleted in the repository. Which side is right?', path);
  return l10n.t(
    '{0} was changed here and in the repository. Edit your file and mark it as resolved, or take one side as it is.',
    path,
  );
}
