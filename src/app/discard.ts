import { Failure } from '../core/errors.ts';
import type { FileChange } from '../core/model/change.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { PlanItem } from '../core/sync/planItem.ts';
import { withOtherNames } from '../core/sync/renames.ts';
import type { Ask } from '../ports/ask.ts';
import type { Editors } from '../ports/editors.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApiKey } from './apiNode.ts';
import { localCopies, type BackUp } from './backup/backUp.ts';
import { replacedFile, type UndoFiles } from './backup/undoFiles.ts';
import { transact } from './checkout/transact.ts';
import type { CheckoutWork } from './checkoutWork.ts';
import { refuseTyped, refuseUnsaved } from './guards.ts';
import { surveyOf, type Look, type Sight } from './look/look.ts';
import { uncancelled } from './uncancelled.ts';
import type { Undoable } from './undoable.ts';
import { isChangedHere } from './unpushedWork.ts';

/** Puts back what both sides last agreed on; a file that was added here goes. */
export class Discard {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
    private readonly editors: Editors,
    private readonly ask: Ask,
    private readonly backUp: BackUp,
    private readonly undo: UndoFiles,
  ) {}

  /** `undefined`: nothing was changed there. */
  run(key: ApiKey, paths: readonly RepoPath[], context: OperationContext): Promise<Undoable | undefined> {
    return this.work.run(key, 'discard', context, async ({ checkout, api }) => {
      const sight = await this.look.remember(checkout, context);
      const { plan } = surveyOf(sight, api);
      const named = withOtherNames(plan, paths);
      const items = plan.filter((item) => named.has(item.path) && isChangedHere(item));
      if (items.length === 0) return undefined;
      refuseUnmerged(items);
      const changed = items.map(({ path }) => path);
      refuseUnsaved(this.editors, checkout, changed);
      if ((await this.ask.ask('discard', { paths: changed })) === 'cancel') throw new Failure('cancelled');
      const changes = await putBack(sight, items, context);
      const kept = await this.backUp.run(
        checkout,
        { reason: 'discard', branch: sight.state.branch },
        await localCopies(checkout, changed),
      );
      refuseTyped(this.editors, checkout, changes);
      await transact(checkout, { operation: 'discard', changes, next: sight.state }, context);
      await this.look.remember(checkout, uncancelled(context));
      const files = items.map((item) => replacedFile(item, item.base, item.base));
      const replaced = { key, operation: 'discard', branch: sight.state.branch, files } as const;
      return { ...kept, undo: (again) => this.undo.run(replaced, again) };
    });
  }
}

/** Which side stays is for a person to say. @throws Failure `unmergedFiles`. */
function refuseUnmerged(items: readonly PlanItem[]): void {
  const open = items.filter((item) => item.kind === 'conflict' && item.unmerged !== undefined);
  if (open.length > 0) throw new Failure('unmergedFiles', { paths: open.map(({ path }) => path) });
}

async function putBack(
  { checkout, branch }: Sight,
  items: readonly PlanItem[],
  context: OperationContext,
): Promise<readonly FileChange[]> {
  const contents = await checkout.baseFiles(branch).read(
    items.map(({ path }) => path),
    context,
  );
  return items.flatMap(({ path, base, local }): FileChange[] => {
    if (base === undefined) return local === undefined ? [] : [{ kind: 'delete', path, expected: local.id }];
    const bytes = contents.get(path);
    if (bytes === undefined) throw new Failure('offline', { paths: [path] });
    return [{ kind: 'write', path, bytes, mode: base.mode, expected: local?.id ?? null }];
  });
}
