import { Failure } from '../../core/errors.ts';
import type { FileChange } from '../../core/model/change.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { sameVersion, type BaseVersion, type FileVersion } from '../../core/model/snapshot.ts';
import { branchState, withBranch, type CheckoutState } from '../../core/sync/checkoutState.ts';
import type { PlanItem } from '../../core/sync/planItem.ts';
import type { Editors } from '../../ports/editors.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type { ApiKey } from '../apiNode.ts';
import type { Checkout } from '../checkout/checkout.ts';
import { transact } from '../checkout/transact.ts';
import type { CheckoutWork } from '../checkoutWork.ts';
import { refuseUnsaved } from '../guards.ts';
import type { Look } from '../look/look.ts';

/** One file before something was done to it, and after. */
interface Replaced {
  readonly path: RepoPath;
  /** `null`: there was none. */
  readonly before: FileVersion | null;
  readonly after: FileVersion | null;
  readonly baseBefore: BaseVersion | undefined;
  readonly baseAfter: FileVersion | undefined;
}

/** What was done to a branch's files, as much of it as undoing needs. */
export interface ReplacedFiles {
  readonly key: ApiKey;
  readonly operation: 'discard' | 'resolve' | 'removeFile' | 'push';
  readonly branch: string;
  readonly files: readonly Replaced[];
}

/** `after` and `baseAfter` are what the operation makes of a file; `undefined`: nothing. */
export function replacedFile(
  { path, local, base }: PlanItem,
  after: FileVersion | undefined,
  baseAfter: FileVersion | undefined,
): Replaced {
  return { path, before: local ?? null, after: after ?? null, baseBefore: base, baseAfter };
}

/** A file that was deleted here and there: undoing makes it a new one. */
export function broughtBack(path: RepoPath, before: FileVersion | undefined): Replaced {
  return { path, before: before ?? null, after: null, baseBefore: undefined, baseAfter: undefined };
}

/** Puts back what an operation that a person named has replaced. */
export class UndoFiles {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
    private readonly editors: Editors,
  ) {}

  /** @throws Failure `changedMeanwhile` when a file, its base or the branch is another one by now; `unsavedEditors`. */
  run({ key, operation, branch, files }: ReplacedFiles, context: OperationContext): Promise<void> {
    return this.work.run(key, operation, context, async ({ checkout }) => {
      const paths = files.map(({ path }) => path);
      refuseUnsaved(this.editors, checkout, paths);
      const state = await this.look.stateOf(checkout);
      const { base } = branchState(state);
      const moved = files.filter(({ path, baseAfter }) => !sameVersion(base.get(path), baseAfter));
      if (state.branch !== branch) throw new Failure('changedMeanwhile', { paths });
      if (moved.length > 0) throw new Failure('changedMeanwhile', { paths: moved.map(({ path }) => path) });
      const changes = await changesBack(checkout, files);
      await transact(checkout, { operation, changes, next: withBasesBack(state, files) }, context);
      await this.look.remember(checkout, context);
    });
  }
}

async function changesBack({ storage }: Checkout, files: readonly Replaced[]): Promise<readonly FileChange[]> {
  const changes: FileChange[] = [];
  for (const { path, before, after } of files) {
    if (sameVersion(before ?? undefined, after ?? undefined)) continue;
    if (before === null) {
      if (after !== null) changes.push({ kind: 'delete', path, expected: after.id });
      continue;
    }
    const bytes = await storage.blobs.get(before.id);
    if (bytes === undefined) throw new Failure('changedMeanwhile', { paths: [path] });
    changes.push({ kind: 'write', path, bytes, mode: before.mode, expected: after?.id ?? null });
  }
  return changes;
}

function withBasesBack(state: CheckoutState, files: readonly Replaced[]): CheckoutState {
  const branch = branchState(state);
  const base = new Map(branch.base);
  for (const { path, baseBefore } of files) {
    if (baseBefore === undefined) base.delete(path);
    else base.set(path, baseBefore);
  }
  return withBranch(state, state.branch, { ...branch, base });
}
