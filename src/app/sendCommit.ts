import { throwIfCancelled } from '../core/cancellation.ts';
import { Failure } from '../core/errors.ts';
import type { FileChange } from '../core/model/change.ts';
import type { CheckoutState, PushIntent } from '../core/sync/checkoutState.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { CommitResult } from '../ports/repositoryHost.ts';
import type { Look, Sight } from './look/look.ts';
import { settle, type Settlement } from './look/settle.ts';
import { uncancelled } from './uncancelled.ts';

/** Sends one commit, once. What it intends is written down first, so that a lost answer can be looked up. */
export class SendCommit {
  constructor(private readonly look: Look) {}

  /**
   * The intent stays in the saved state: whoever moves the base takes it away in the same step.
   * @throws Failure `stale` and every refusal of the host, with the intent gone; `pushInDoubt` with the intent kept.
   */
  async run(
    { checkout, state }: Sight,
    intent: PushIntent,
    changes: readonly FileChange[],
    context: OperationContext,
  ): Promise<CommitResult> {
    const { branch, expectedHead, message } = intent;
    throwIfCancelled(context.signal);
    const intended: CheckoutState = { ...state, intent };
    await checkout.storage.state.save(intended);
    try {
      return await checkout.host.commit(checkout.repository.id, { branch, expectedHead, message, changes }, context);
    } catch (error) {
      if (isRefusal(error)) {
        await checkout.storage.state.save(state);
        throw error;
      }
      return this.lookUp({ checkout, state: intended }, intent, context, error);
    }
  }

  private async lookUp(
    place: Pick<Sight, 'checkout' | 'state'>,
    intent: PushIntent,
    context: OperationContext,
    cause: unknown,
  ): Promise<CommitResult> {
    const settlement = await settleIfReadable(place, intent, context);
    if (settlement?.result !== undefined) return settlement.result;
    // Nothing took effect, so that what the host said is all there is to say.
    if (settlement?.outcome === 'notLanded') throw Failure.is(cause) ? cause : new Failure('answerLost', {}, { cause });
    // The person who cancelled must see the doubt too.
    await this.look.remember(place.checkout, uncancelled(context));
    if (context.signal.aborted) throw new Failure('cancelled', {}, { cause });
    throw new Failure('pushInDoubt', { branch: intent.branch }, { cause });
  }
}

async function settleIfReadable(
  { checkout, state }: Pick<Sight, 'checkout' | 'state'>,
  intent: PushIntent,
  context: OperationContext,
): Promise<Settlement | undefined> {
  try {
    return await settle(checkout, state, intent, context);
  } catch (error) {
    if (Failure.is(error)) return undefined;
    throw error;
  }
}

/** The host said no, was never reached, or the person gave up, before anything could take effect. Everything else may have happened. */
function isRefusal(error: unknown): boolean {
  if (Failure.is(error, 'cancelled')) return error.facts.unsent === true;
  return Failure.is(
    error,
    'stale',
    'offline',
    'certificate',
    'rateLimited',
    'signInNeeded',
    'singleSignOn',
    'organizationPolicy',
    'missingScope',
    'forbidden',
    'protectedBranch',
    'repositoryNotFound',
    'branchNotFound',
    'tooLarge',
    'unsupported',
  );
}
