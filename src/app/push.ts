import { Failure } from '../core/errors.ts';
import type { FileChange } from '../core/model/change.ts';
import type { CommitId } from '../core/model/ids.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import { branchState, type CheckoutState, type PushIntent } from '../core/sync/checkoutState.ts';
import { deletesTooMuch } from '../core/sync/deletesTooMuch.ts';
import { convergedOf, moveBase, outgoingOf, type Moves } from '../core/sync/moves.ts';
import type { SyncPlan } from '../core/sync/planItem.ts';
import type { Ask } from '../ports/ask.ts';
import type { Editors } from '../ports/editors.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { CommitResult } from '../ports/repositoryHost.ts';
import type { ApiKey } from './apiNode.ts';
import type { BackUp, Copy } from './backup/backUp.ts';
import { broughtBack, type UndoFiles } from './backup/undoFiles.ts';
import { settledView } from './checkout/remoteView.ts';
import type { LoadCloneVerbs } from './clone/cloneVerbs.ts';
import type { CheckoutWork, Workplace } from './checkoutWork.ts';
import { refuseOpaque } from './guards.ts';
import { surveyOf, type Look, type Sight } from './look/look.ts';
import { withLanded } from './look/settle.ts';
import type { ApiSurvey } from './look/survey.ts';
import { refuseUnusual } from './pull.ts';
import type { SendCommit } from './sendCommit.ts';
import { uncancelled } from './uncancelled.ts';
import type { Undoable } from './undoable.ts';
import type { PushResult } from './useCases.ts';

/** Somebody was faster; planned again so often before giving up. */
const attempts = 3;

/** Commits exactly what changed in one API's files, on the head that was looked at. */
export class Push {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
    private readonly editors: Editors,
    private readonly ask: Ask,
    private readonly send: SendCommit,
    private readonly backUp: BackUp,
    private readonly undo: UndoFiles,
    private readonly cloneVerbs: LoadCloneVerbs,
  ) {}

  async run(key: ApiKey, message: string, context: OperationContext): Promise<PushResult> {
    if (message.trim() === '') throw new Failure('emptyMessage');
    return this.work.run(key, 'push', context, (place) => this.push(place, message, context));
  }

  /** Within an operation that has the checkout to itself. */
  async push(place: Workplace, message: string, context: OperationContext): Promise<PushResult> {
    let sight = await this.saved(place, await this.looked(place, context), context);
    const deleted = await this.confirmDeletes(sight, place);
    const kept = await this.backUp.run(
      place.checkout,
      { reason: 'push', branch: sight.state.branch },
      await baseCopies(sight, deleted, context),
    );
    const { clone } = place.checkout;
    if (clone !== undefined) {
      await refuseUnusual(sight, this.ask);
      const result = await (await this.cloneVerbs()).push.run(clone, sight, place, message, context);
      return deleted.length === 0 ? result : { ...result, deleted: this.undoable(sight, place, deleted, kept) };
    }
    for (let attempt = 1; ; attempt++) {
      await refuseUnusual(sight, this.ask);
      refuseOverlaps(surveyOf(sight, place.api).plan);
      try {
        const result = await this.commit(sight, place, message, context);
        return deleted.length === 0 ? result : { ...result, deleted: this.undoable(sight, place, deleted, kept) };
      } catch (error) {
        if (!Failure.is(error, 'stale') || attempt === attempts) throw error;
        sight = await this.looked(place, context);
      }
    }
  }

  /** @throws Failure `pushInDoubt` while an earlier push is: nothing new is sent on top of what nobody knows. */
  private async looked({ checkout }: Workplace, context: OperationContext): Promise<Sight> {
    const sight = await this.look.insist(checkout, context);
    if (sight.state.intent !== undefined) throw new Failure('pushInDoubt', { branch: sight.state.intent.branch });
    return sight;
  }

  /** An unsaved editor is an edit: it goes along, once it is saved. */
  private async saved(place: Workplace, sight: Sight, context: OperationContext): Promise<Sight> {
    const { workspaceFolder, folder } = place.checkout;
    const paths = this.editors.unsaved(workspaceFolder, folder, [...surveyOf(sight, place.api).universe]);
    if (paths.length === 0) return sight;
    if ((await this.ask.ask('unsavedBeforePush', { paths })) === 'cancel') throw new Failure('cancelled');
    await this.editors.save(workspaceFolder, folder, paths);
    // What was saved may reference other files, with editors of their own.
    return this.saved(place, await this.looked(place, context), context);
  }

  /** Undoing makes them changes again: only the next push takes back what everybody has by now. */
  private undoable(
    sight: Sight,
    { key }: Workplace,
    deleted: readonly RepoPath[],
    kept: Pick<Undoable, 'backup'>,
  ): Undoable {
    const files = deleted.map((path) => broughtBack(path, sight.branch.base.get(path)));
    const replaced = { key, operation: 'push', branch: sight.state.branch, files } as const;
    return { ...kept, undo: (again) => this.undo.run(replaced, again) };
  }

  /** Those that the person was asked about, by name. */
  private async confirmDeletes(sight: Sight, { api }: Workplace): Promise<readonly RepoPath[]> {
    const { plan, members } = surveyOf(sight, api);
    const files = { members, ...(api.rootFile === undefined ? {} : { rootFile: api.rootFile }) };
    const paths = deletesTooMuch(plan, files);
    if (paths.length === 0) return [];
    const facts = { api: api.name, branch: sight.state.branch, paths };
    if ((await this.ask.ask('pushDeletes', facts)) === 'cancel') throw new Failure('cancelled');
    return paths;
  }

  private async commit(
    sight: Sight,
    place: Workplace,
    message: string,
    context: OperationContext,
  ): Promise<PushResult> {
    const survey = surveyOf(sight, place.api);
    const outgoing = outgoingOf(survey.plan);
    if (outgoing.size === 0) throw new Failure('nothingToPush');
    refuseOpaque(outgoing.keys(), sight.remote.files);
    const changes = await contentsOf(place, survey);
    const { branch } = sight.state;
    const expected = sight.remote.head === undefined ? {} : { expectedHead: sight.remote.head };
    const intent: PushIntent = { branch, message, changes: outgoing, ...expected };
    context.progress.report({ step: 'sendingFiles', count: outgoing.size });
    const result = await this.send.run(sight, intent, changes, context);
    await this.moveBase(sight, intent, result, survey, uncancelled(context));
    const landedOnNewerHead = result.parent !== intent.expectedHead;
    return { files: outgoing.size, branch, landedOnNewerHead };
  }

  private async moveBase(
    sight: Sight,
    intent: PushIntent,
    { commit, parent }: CommitResult,
    { plan }: ApiSurvey,
    context: OperationContext,
  ): Promise<void> {
    const { checkout, remote } = sight;
    const state = withMoved(withLanded(sight.state, intent, commit), intent.branch, convergedOf(plan), commit);
    await checkout.storage.state.save(state);
    if (parent !== intent.expectedHead) {
      // Somebody's commit lies between: only a look tells what is in it.
      await this.look.ask(checkout, context);
      return;
    }
    const view = settledView(intent.branch, commit, remote.files.after(commit, intent.changes, checkout.fetch));
    checkout.seen.set(intent.branch, view);
    await this.look.see(checkout, state, view, context);
  }
}

async function baseCopies(
  { checkout, branch }: Sight,
  paths: readonly RepoPath[],
  context: OperationContext,
): Promise<readonly Copy[]> {
  const contents = await checkout.baseFiles(branch).read(paths, context);
  return Array.from(contents, ([path, bytes]) => ({ path, bytes, mode: branch.base.get(path)?.mode ?? 'regular' }));
}

/** @throws Failure `conflicts`, or `incomingOverlap` where a pull would join both sides by itself. */
function refuseOverlaps(plan: SyncPlan): void {
  const conflicts = plan.filter((item) => item.kind === 'conflict');
  const open = conflicts.filter((item) => item.mergeable !== true);
  if (open.length > 0) throw new Failure('conflicts', { paths: open.map(({ path }) => path) });
  if (conflicts.length > 0) throw new Failure('incomingOverlap', { paths: conflicts.map(({ path }) => path) });
}

/** The bytes of exactly what the plan says. @throws Failure `changedMeanwhile` when a file is another one by now. */
async function contentsOf({ checkout }: Workplace, { plan }: ApiSurvey): Promise<readonly FileChange[]> {
  const changes: FileChange[] = [];
  const changed: RepoPath[] = [];
  for (const item of plan) {
    if (item.kind !== 'outgoing') continue;
    const { path, local, base } = item;
    if (local === undefined) {
      if (base !== undefined) changes.push({ kind: 'delete', path, expected: base.id });
      continue;
    }
    const bytes = await checkout.storage.files.read(path);
    // Kept before it is sent: once the commit has landed, this is what both sides agreed on.
    if (bytes === undefined || (await checkout.storage.blobs.put(bytes)) !== local.id) changed.push(path);
    else changes.push({ kind: 'write', path, bytes, mode: local.mode, expected: base?.id ?? null });
  }
  if (changed.length > 0) throw new Failure('changedMeanwhile', { paths: changed });
  return changes;
}

function withMoved(state: CheckoutState, name: string, moves: Moves, commit: CommitId): CheckoutState {
  const branch = branchState(state, name);
  const { intent: _, ...settled } = state;
  const moved = { ...branch, base: moveBase(branch.base, moves, commit) };
  return { ...settled, branches: new Map([...state.branches, [name, moved]]) };
}
