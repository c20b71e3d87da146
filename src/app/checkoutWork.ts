import { Failure } from '../core/errors.ts';
import type { OperationContext } from '../ports/progress.ts';
import { checkoutKeyOf } from './apiKeys.ts';
import type { ApiKey, CheckoutKey } from './apiNode.ts';
import type { ApiStore } from './apiStore.ts';
import type { Checkout } from './checkout/checkout.ts';
import type { Checkouts, ConnectedApi } from './checkout/checkouts.ts';
import { withFailure } from './look/look.ts';
import type { OperationKind } from './operation.ts';
import type { Operations } from './operations.ts';
import type { Turns } from './turns.ts';

/** One API and its checkout, while an operation has both to itself. */
export interface Workplace {
  readonly checkout: Checkout;
  readonly key: ApiKey;
  readonly api: ConnectedApi;
}

/** Runs the work of a verb on a connected API's checkout, when it is its turn. */
export class CheckoutWork {
  constructor(
    private readonly checkouts: Checkouts,
    private readonly operations: Operations,
    private readonly store: ApiStore,
    private readonly turns: Turns,
  ) {}

  /** @throws Failure `notApproved`, `untrusted`, `folderInUse`, and what the work throws. */
  async run<T>(
    key: ApiKey,
    kind: OperationKind,
    context: OperationContext,
    work: (place: Workplace) => Promise<T>,
  ): Promise<T> {
    const checkout = checkoutKeyOf(this.checkouts.nodeOf(key));
    return this.operations.run(checkout, kind, context, async () => {
      // While it waited, the API may have been taken away.
      const { api } = this.checkouts.nodeOf(key);
      const opened = await this.checkouts.open(checkout);
      return this.turns.run(opened, kind, context, () => work({ checkout: opened, key, api }));
    });
  }

  /** A look's failure is shown on the nodes; only a cancelled one is thrown. */
  look(
    key: CheckoutKey,
    kind: 'look' | 'glance',
    context: OperationContext,
    work: (checkout: Checkout) => Promise<unknown>,
  ): Promise<void> {
    return this.operations.look(key, kind, context, async () => {
      try {
        const checkout = await this.checkouts.open(key);
        await this.turns.run(checkout, kind, context, () => work(checkout));
      } catch (error) {
        if (!Failure.is(error) || error.reason === 'cancelled') throw error;
        const keys = this.checkouts.nodesOf(key).map((node) => node.key);
        this.store.update(keys, (node) => withFailure(node, error));
      }
    });
  }
}
