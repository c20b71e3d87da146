import { throwIfCancelled } from '../core/cancellation.ts';
import { Failure } from '../core/errors.ts';
import type { OperationContext } from '../ports/progress.ts';
import { checkoutKeyOf } from './apiKeys.ts';
import type { ApiNode, CheckoutKey } from './apiNode.ts';
import type { ApiStore } from './apiStore.ts';
import type { OperationKind } from './operation.ts';
import type { OperationLog } from './operationLog.ts';

interface Queued {
  readonly kind: OperationKind;
  readonly interactive: boolean;
  readonly outcome: Promise<unknown>;
  started: boolean;
}

/** Runs operations, one at a time per checkout, in the order in which they came; nodes say what runs. */
export class Operations {
  private readonly queues = new Map<CheckoutKey, Queued[]>();

  constructor(
    private readonly store: ApiStore,
    private readonly log: OperationLog,
  ) {}

  /** A look that waits is joined by the next one, and by a glance: it will see what the second would see. */
  look(
    checkout: CheckoutKey,
    kind: 'look' | 'glance',
    context: OperationContext,
    work: () => Promise<void>,
  ): Promise<void> {
    const sees = (queued: Queued): boolean => queued.kind === 'look' || queued.kind === kind;
    const waiting = this.queues
      .get(checkout)
      ?.find((queued) => sees(queued) && !queued.started && queued.interactive === context.interactive);
    if (waiting !== undefined) return waiting.outcome.then(() => undefined);
    return this.run(checkout, kind, context, work);
  }

  run<T>(checkout: CheckoutKey, kind: OperationKind, context: OperationContext, work: () => Promise<T>): Promise<T> {
    const queue = this.queues.get(checkout) ?? [];
    const before = queue.at(-1)?.outcome ?? Promise.resolve();
    const outcome = before.then(
      () => this.start(checkout, entry, context, work),
      () => this.start(checkout, entry, context, work),
    );
    const entry: Queued = { kind, interactive: context.interactive, outcome, started: false };
    this.queues.set(checkout, [...queue, entry]);
    return cancellableWhileWaiting(outcome, entry, context.signal);
  }

  private async start<T>(
    checkout: CheckoutKey,
    entry: Queued,
    context: OperationContext,
    work: () => Promise<T>,
  ): Promise<T> {
    entry.started = true;
    const end = this.log.begin(checkout, entry.kind);
    try {
      throwIfCancelled(context.signal);
      this.show(checkout, entry.kind);
      const result = await work();
      end('done');
      return result;
    } catch (error) {
      end({ error });
      throw error;
    } finally {
      this.finish(checkout, entry);
    }
  }

  private finish(checkout: CheckoutKey, entry: Queued): void {
    const rest = (this.queues.get(checkout) ?? []).filter((queued) => queued !== entry);
    if (rest.length === 0) this.queues.delete(checkout);
    else this.queues.set(checkout, rest);
    this.show(checkout, undefined);
  }

  private show(checkout: CheckoutKey, kind: OperationKind | undefined): void {
    if (kind === 'glance') return;
    const keys = this.store.apis.filter((node) => checkoutKeyOf(node) === checkout).map(({ key }) => key);
    this.store.update(keys, (node) => withRunning(node, kind));
  }
}

/** What waits for its turn need not wait for it to be told that it is cancelled. */
function cancellableWhileWaiting<T>(outcome: Promise<T>, entry: Queued, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => {
      if (!entry.started) reject(new Failure('cancelled'));
    };
    signal.addEventListener('abort', cancel, { once: true });
    outcome.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}

function withRunning(node: ApiNode, kind: OperationKind | undefined): ApiNode {
  if (node.running === kind) return node;
  const { running: _, ...rest } = node;
  return kind === undefined ? rest : { ...rest, running: kind };
}
