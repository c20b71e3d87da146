import type { OperationContext } from '../ports/progress.ts';
import type { Checkout } from './checkout/checkout.ts';
import type { Checkouts } from './checkout/checkouts.ts';
import type { Leases } from './checkout/leases.ts';
import type { Recover } from './checkout/recover.ts';
import { operations, type OperationKind } from './operation.ts';

/** The folder that is worked in, connected or not. */
type Place = Pick<Checkout, 'key' | 'workspaceFolder' | 'folder' | 'storage'>;

/** Lets an operation at a checkout's folder once nobody else is, and once what was cut off there is settled. */
export class Turns {
  constructor(
    private readonly leases: Leases,
    private readonly checkouts: Checkouts,
    private readonly recover: Recover,
  ) {}

  /** What only reads goes on beside others, except in the middle of a transaction. */
  async run<T>(checkout: Place, kind: OperationKind, context: OperationContext, work: () => Promise<T>): Promise<T> {
    const { lease, journal } = checkout.storage;
    if (operations[kind].writesFolder) {
      return this.leases.hold(lease, kind, context, async () => {
        await this.settle(checkout);
        return work();
      });
    }
    if ((await journal.load()) !== undefined) {
      await this.leases.hold(lease, kind, context, () => this.settle(checkout));
    }
    return work();
  }

  private async settle(checkout: Place): Promise<void> {
    const apis = this.checkouts.apisOf(checkout.key).map(({ name }) => name);
    await this.recover.run(checkout, apis);
  }
}
