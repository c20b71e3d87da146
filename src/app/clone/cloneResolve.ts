import { Failure } from '../../core/errors.ts';
import { hasMarkers } from '../../core/merge/markers.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { UnmergedFiles } from '../../core/model/unmergedFile.ts';
import type { Ask } from '../../ports/ask.ts';
import type { Editors } from '../../ports/editors.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type { WorkspaceClone } from '../../ports/workspaceClone.ts';
import { localCopies, type BackUp } from '../backup/backUp.ts';
import type { CheckoutWork, Workplace } from '../checkoutWork.ts';
import { refuseUnsaved } from '../guards.ts';
import { surveyOf, type Look } from '../look/look.ts';
import { uncancelled } from '../uncancelled.ts';
import type { Undoable } from '../undoable.ts';

/**
 * Ends conflicts that Git has in a person's own clone, as they would at a command line: the file becomes what it shall
 * be, and the index is told. The merge, or whatever it was, stays theirs to end.
 */
export class CloneResolve {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
    private readonly editors: Editors,
    private readonly ask: Ask,
    private readonly backUp: BackUp,
  ) {}

  /**
   * Either side replaces what is in the file, which Git wrote and a person may have gone on with: it is copied before.
   * `undefined`: nothing was to be decided.
   * @throws Failure `gitMerges` for a conflict that no merge has come to yet.
   */
  async take(
    clone: WorkspaceClone,
    place: Workplace,
    side: 'mine' | 'theirs',
    paths: readonly RepoPath[],
    context: OperationContext,
  ): Promise<Undoable | undefined> {
    const { checkout } = place;
    const files = await this.find(clone, place, paths, context);
    const named = [...files.keys()];
    if (named.length === 0) return undefined;
    refuseUnsaved(this.editors, checkout, named);
    if (side === 'theirs' && (await this.ask.ask('acceptTheirs', { paths: named })) === 'cancel') {
      throw new Failure('cancelled');
    }
    const kept = await this.backUp.run(checkout, { reason: `accept-${side}` }, await localCopies(checkout, named));
    refuseUnsaved(this.editors, checkout, named);
    const putBack = await clone.takeSide(files, side, uncancelled(context));
    await this.look.remember(checkout, uncancelled(context));
    return { ...kept, undo: (again) => this.putBack(place, named, putBack, again) };
  }

  /** @throws Failure `markersLeft`, `unsavedEditors`, `gitMerges`. */
  async markResolved(
    clone: WorkspaceClone,
    place: Workplace,
    paths: readonly RepoPath[],
    context: OperationContext,
  ): Promise<void> {
    const { checkout } = place;
    const named = [...(await this.find(clone, place, paths, context)).keys()];
    if (named.length === 0) return;
    refuseUnsaved(this.editors, checkout, named);
    const copies = await localCopies(checkout, named);
    const marked = copies.filter(({ bytes }) => hasMarkers(bytes)).map(({ path }) => path);
    if (marked.length > 0) throw new Failure('markersLeft', { paths: marked });
    await clone.addMerged(named, context.signal);
    await this.look.remember(checkout, uncancelled(context));
  }

  private putBack(
    { key }: Workplace,
    paths: readonly RepoPath[],
    act: (context: OperationContext) => Promise<void>,
    context: OperationContext,
  ): Promise<void> {
    return this.work.run(key, 'resolve', context, async ({ checkout }) => {
      refuseUnsaved(this.editors, checkout, paths);
      await act(uncancelled(context));
      await this.look.remember(checkout, uncancelled(context));
    });
  }

  private async find(
    clone: WorkspaceClone,
    { checkout, api }: Workplace,
    paths: readonly RepoPath[],
    context: OperationContext,
  ): Promise<UnmergedFiles> {
    const unmerged = await clone.unmerged(context.signal);
    const { plan } = surveyOf(await this.look.remember(checkout, context), api);
    const isOpen = (path: RepoPath): boolean => plan.some((item) => item.path === path && item.kind === 'conflict');
    const early = paths.filter((path) => !unmerged.has(path) && isOpen(path));
    // Git has a base of its own, which nothing but a merge moves.
    if (early.length > 0) throw new Failure('gitMerges', { repository: checkout.repository.name, paths: early });
    return new Map([...unmerged].filter(([path]) => paths.includes(path)));
  }
}
