import { Failure } from '../core/errors.ts';
import type { OperationContext } from '../ports/progress.ts';
import { checkoutKeyOf } from './apiKeys.ts';
import type { ApiKey, ApiNode, CheckoutKey } from './apiNode.ts';
import { isReadable } from './approvals.ts';
import type { ApiStore } from './apiStore.ts';
import type { Checkout } from './checkout/checkout.ts';
import type { CheckoutWork } from './checkoutWork.ts';
import type { DefaultBranch } from './defaultBranch.ts';
import type { LookAtFolder } from './look/lookAtFolder.ts';
import { withFailure, type Look } from './look/look.ts';
import type { Operations } from './operations.ts';
import type { RepositoryNames } from './repositoryNames.ts';

/** Refreshes what is shown: every API of a folder in one look, with one question to the host. */
export class LookAll {
  constructor(
    private readonly store: ApiStore,
    private readonly operations: Operations,
    private readonly work: CheckoutWork,
    private readonly look: Look,
    private readonly folders: LookAtFolder,
    private readonly names: RepositoryNames,
    private readonly defaultBranch: DefaultBranch,
  ) {}

  async run(context: OperationContext): Promise<void> {
    const keys = new Set(this.store.apis.filter(isReadable).map(checkoutKeyOf));
    await Promise.all([...keys].map((key) => this.refresh(key, context)));
  }

  /** As {@link one}, with what people see of the repository itself. */
  refresh(key: CheckoutKey, context: OperationContext): Promise<void> {
    return this.see(key, 'look', context, async (checkout) => {
      await this.names.refresh(checkout, context);
      const sight = await this.look.ask(checkout, context);
      await this.defaultBranch.refresh(sight, context);
    });
  }

  one(key: CheckoutKey, context: OperationContext): Promise<void> {
    return this.see(key, 'look', context, (checkout) => this.look.ask(checkout, context));
  }

  /** Files of the folder moved: the host is taken as it was seen last. */
  glance(key: CheckoutKey, context: OperationContext): Promise<void> {
    return this.see(key, 'glance', context, (checkout) => this.look.glance(checkout, context));
  }

  /** The files of an API that is not connected any more. */
  async files(api: ApiKey, context: OperationContext): Promise<void> {
    const node = this.store.get(api);
    if (node !== undefined && node.state !== 'connected' && isReadable(node)) await this.lookAt(node, context);
  }

  /** Nothing of an API that is not approved is opened. */
  private async see(
    key: CheckoutKey,
    kind: 'look' | 'glance',
    context: OperationContext,
    work: (checkout: Checkout) => Promise<unknown>,
  ): Promise<void> {
    const nodes = this.store.apis.filter((node) => checkoutKeyOf(node) === key);
    const local = nodes.filter((node) => node.state !== 'connected' && isReadable(node));
    if (nodes.some(({ state }) => state === 'connected')) {
      await this.work.look(key, kind, context, work);
    }
    if (local.length > 0) {
      await this.operations.run(key, kind, context, async () => {
        for (const node of local) await this.lookAt(node, context);
      });
    }
  }

  private async lookAt(node: ApiNode, context: OperationContext): Promise<void> {
    try {
      await this.folders.run(node, context);
    } catch (error) {
      if (!Failure.is(error) || error.reason === 'cancelled') throw error;
      this.store.update([node.key], (now) => withFailure(now, error));
    }
  }
}
