import { Failure } from '../../core/errors.ts';
import type { Editors } from '../../ports/editors.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type { WorkspaceClone } from '../../ports/workspaceClone.ts';
import type { Checkout } from '../checkout/checkout.ts';
import { refuseUnsaved } from '../guards.ts';
import type { Look } from '../look/look.ts';
import { uncancelled } from '../uncancelled.ts';
import type { SwitchResult } from '../useCases.ts';

/** Switches a person's own clone: as `git switch` does, uncommitted work comes along or nothing happens. */
export class CloneSwitch {
  constructor(
    private readonly look: Look,
    private readonly editors: Editors,
  ) {}

  /** @throws Failure `branchNotFound`, `localChanges`, `unsavedEditors`, `branchInUse`, `gitUnderway`. */
  async run(
    clone: WorkspaceClone,
    checkout: Checkout,
    branch: string,
    context: OperationContext,
  ): Promise<SwitchResult> {
    return this.move(clone, checkout, branch, context, () => clone.switchTo(branch, context));
  }

  /** @throws Failure `branchExists`, `branchNotFound`, and what switching throws. */
  async create(
    clone: WorkspaceClone,
    checkout: Checkout,
    { name, from }: { readonly name: string; readonly from: string },
    context: OperationContext,
  ): Promise<SwitchResult> {
    if ((await clone.host.head(checkout.repository.id, name, context)) !== undefined) {
      throw new Failure('branchExists', { branch: name, repository: checkout.repository.name });
    }
    return this.move(clone, checkout, from, context, () => clone.createBranch(name, from, context));
  }

  private async move(
    clone: WorkspaceClone,
    checkout: Checkout,
    target: string,
    context: OperationContext,
    act: () => Promise<void>,
  ): Promise<SwitchResult> {
    await clone.refuseUnready();
    const changes = await clone.changesTo(target, context);
    if (changes === undefined) {
      throw new Failure('branchNotFound', { branch: target, repository: checkout.repository.name });
    }
    refuseUnsaved(this.editors, checkout, changes);
    context.progress.report({ step: 'writingFiles', count: changes.length });
    await act();
    await this.look.ask(checkout, uncancelled(context));
    // Git parks nothing: it takes along, or refuses.
    return { parked: [], restored: [] };
  }
}
