import { Failure } from '../../core/errors.ts';
import { outgoingOf } from '../../core/sync/moves.ts';
import type { Ask } from '../../ports/ask.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type { WorkspaceClone } from '../../ports/workspaceClone.ts';
import type { Workplace } from '../checkoutWork.ts';
import { refuseOpaque } from '../guards.ts';
import { surveyOf, type Look, type Sight } from '../look/look.ts';
import { uncancelled } from '../uncancelled.ts';
import type { PushResult } from '../useCases.ts';

/**
 * Pushes one API from a person's own clone: their Git commits exactly its changed files and pushes the branch. Commits
 * that go along are shown first. Nothing is searched for afterwards: a commit that is here is never made twice.
 */
export class ClonePush {
  constructor(
    private readonly look: Look,
    private readonly ask: Ask,
  ) {}

  /**
   * @throws Failure `pullFirst`, `commitRefused` with nothing done; `notPushed` where the commit is made and stays, as
   *   it does in Git.
   */
  async run(
    clone: WorkspaceClone,
    sight: Sight,
    { api }: Workplace,
    message: string,
    context: OperationContext,
  ): Promise<PushResult> {
    await clone.refuseUnready();
    const { branch } = sight.state;
    const { plan } = surveyOf(sight, api);
    refuseBehind(
      sight,
      plan.filter(({ kind }) => kind === 'conflict' || kind === 'incoming').map(({ path }) => path),
    );
    const outgoing = [...outgoingOf(plan).keys()];
    if (outgoing.length === 0) throw new Failure('nothingToPush', { branch });
    refuseOpaque(outgoing, sight.remote.files);
    await this.confirmCompany(clone, sight, context);
    context.progress.report({ step: 'sendingFiles', count: outgoing.length });
    const dirty = await clone.uncommitted(outgoing, context.signal);
    if (dirty.length > 0) await clone.commit(dirty, message, context);
    try {
      await clone.push(context);
    } catch (error) {
      await this.look.remember(sight.checkout, uncancelled(context));
      throw dirty.length > 0 ? notPushed(error, sight) : error;
    }
    await this.look.ask(sight.checkout, uncancelled(context));
    return { files: outgoing.length, branch, landedOnNewerHead: false };
  }

  /** A push sends the branch, not a file: what was committed before goes along. */
  private async confirmCompany(
    clone: WorkspaceClone,
    { state, checkout }: Sight,
    context: OperationContext,
  ): Promise<void> {
    const unpushed = await clone.unpushed(context.signal);
    if (unpushed.length === 0) return;
    const commits = unpushed.map(({ id, subject }) => `${id.slice(0, 7)} ${subject}`);
    const facts = { branch: state.branch, repository: checkout.repository.name, commits };
    if ((await this.ask.ask('unpushedCommits', facts)) === 'cancel') throw new Failure('cancelled');
  }
}

function refuseBehind({ remote, branch, state, checkout }: Sight, paths: readonly string[]): void {
  if (remote.head === undefined || remote.head === branch.head) return;
  throw new Failure('pullFirst', { branch: state.branch, repository: checkout.repository.name, paths });
}

function notPushed(cause: unknown, { state, checkout }: Sight): unknown {
  if (!Failure.is(cause)) return cause;
  const facts = {
    branch: state.branch,
    repository: checkout.repository.name,
    detail: cause.facts.detail ?? cause.reason,
  };
  return new Failure('notPushed', facts, { cause });
}
