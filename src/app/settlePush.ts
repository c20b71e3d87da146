import { Failure } from '../core/errors.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApiKey } from './apiNode.ts';
import type { CheckoutWork } from './checkoutWork.ts';
import type { Look } from './look/look.ts';
import { settle } from './look/settle.ts';

/** Searches, because a person asks, for the commit of a push in doubt. */
export class SettlePush {
  constructor(
    private readonly work: CheckoutWork,
    private readonly look: Look,
  ) {}

  run(key: ApiKey, context: OperationContext): Promise<'landed' | 'notLanded'> {
    return this.work.run(key, 'push', context, async ({ checkout }) => {
      const state = await this.look.stateOf(checkout);
      if (state.intent === undefined) return 'notLanded';
      const { outcome } = await settle(checkout, state, state.intent, context);
      if (outcome === 'unknown') throw new Failure('pushInDoubt', { branch: state.intent.branch });
      await this.look.ask(checkout, context);
      return outcome;
    });
  }
}
