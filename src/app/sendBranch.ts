import { Failure } from '../core/errors.ts';
import type { Checkout, SentBranch } from './checkout/checkout.ts';
import type { CallContext } from '../ports/repositoryHost.ts';

/**
 * Makes or deletes a branch at the host, once. Where the answer is lost, the host is asked whether it is so; where it
 * cannot be asked, the checkout remembers it, so that the same wish finds it done later instead of in its own way.
 * @throws Failure of `send`.
 */
export async function sendBranch(
  checkout: Checkout,
  sent: SentBranch,
  send: () => Promise<void>,
  call: CallContext,
): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!Failure.is(error, 'answerLost')) throw error;
    checkout.unheard = sent;
    if (!(await isSo(checkout, sent, call))) throw error;
  }
  checkout.unheard = undefined;
}

/** The head of a branch that this window sent to be made or deleted, without ever hearing that it was. */
export function headSent(
  { unheard }: Pick<Checkout, 'unheard'>,
  change: SentBranch['change'],
  branch: string,
): SentBranch['head'] | undefined {
  return unheard?.change === change && unheard.branch === branch ? unheard.head : undefined;
}

async function isSo(
  { host, repository }: Checkout,
  { change, branch, head }: SentBranch,
  call: CallContext,
): Promise<boolean> {
  try {
    const there = await host.head(repository.id, branch, call);
    return change === 'made' ? there === head : there === undefined;
  } catch (error) {
    if (Failure.is(error)) return false;
    throw error;
  }
}
