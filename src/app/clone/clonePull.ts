import { Failure } from '../../core/errors.ts';
import type { Ask } from '../../ports/ask.ts';
import type { Editors } from '../../ports/editors.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type { WorkspaceClone } from '../../ports/workspaceClone.ts';
import type { Workplace } from '../checkoutWork.ts';
import { refuseUnsaved } from '../guards.ts';
import { surveyOf, type Look, type Sight } from '../look/look.ts';
import { uncancelled } from '../uncancelled.ts';
import type { PullResult } from '../useCases.ts';

/** Pulls into a person's own clone: their Git merges, or rebases, the whole branch. */
export class ClonePull {
  constructor(
    private readonly look: Look,
    private readonly editors: Editors,
    private readonly ask: Ask,
  ) {}

  /** @throws Failure `localChanges`, `gitUnderway`, `detachedHead`, `unsavedEditors`, with nothing done. */
  async run(clone: WorkspaceClone, sight: Sight, { api }: Workplace, context: OperationContext): Promise<PullResult> {
    await clone.refuseUnready();
    const merge = await clone.merge(context.signal);
    if (merge === undefined) return { taken: 0, merged: 0, conflicts: [] };
    refuseUnsaved(this.editors, sight.checkout, merge.paths);
    await this.confirmConflicts(sight, merge.conflicts);
    context.progress.report({ step: 'writingFiles', count: merge.paths.length });
    try {
      await clone.pull(context);
    } finally {
      await this.look.ask(sight.checkout, uncancelled(context));
    }
    const { plan, universe } = surveyOf(sight, api);
    return {
      taken: plan.filter(({ kind }) => kind === 'incoming').length,
      merged: plan.filter(({ kind, path }) => kind === 'conflict' && !merge.conflicts.includes(path)).length,
      conflicts: merge.conflicts.filter((path) => universe.has(path)),
    };
  }

  /** A merge that stops half way is the person's to end, in Git's own view: nobody is led into it unasked. */
  private async confirmConflicts({ checkout, state }: Sight, paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    const facts = { branch: state.branch, repository: checkout.repository.name, paths };
    if ((await this.ask.ask('mergeInClone', facts)) === 'cancel') throw new Failure('cancelled');
  }
}
