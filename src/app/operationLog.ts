import { Failure } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { checkoutKeyOf } from './apiKeys.ts';
import type { ApiNode, CheckoutKey } from './apiNode.ts';
import type { ReadonlyApiStore } from './apiStore.ts';
import type { OperationKind } from './operation.ts';

/** How an operation ended. */
export type Ended = { readonly error: unknown } | 'done';

/** One line for each operation: what, where, how it ended, how long it took. Never contents, never credentials. */
export class OperationLog {
  constructor(
    private readonly log: Log,
    private readonly clock: Clock,
    private readonly store: ReadonlyApiStore,
  ) {}

  /** The answer writes the line, once the operation has ended. */
  begin(checkout: CheckoutKey, kind: OperationKind): (ended: Ended) => void {
    const started = this.clock.now();
    return (ended) => {
      const nodes = this.store.apis.filter((node) => checkoutKeyOf(node) === checkout);
      const outcome = outcomeOf(ended, isLook(kind) ? nodes : []);
      const line = `${kind} ${placeOf(nodes)}: ${outcome}, ${String(this.clock.now() - started)} ms`;
      if (isLook(kind)) this.log.trace(line);
      else this.log.info(line);
    };
  }
}

/** They come every few minutes, and with every edit. */
function isLook(kind: OperationKind): boolean {
  return kind === 'look' || kind === 'glance';
}

function placeOf(nodes: readonly ApiNode[]): string {
  const connected = nodes.find(({ api }) => api.connection !== undefined);
  const connection = connected?.api.connection;
  if (connection === undefined) return '(not connected)';
  return `${connection.repository.name} ${connected?.sync?.branch ?? connection.branch}`;
}

/** A look throws nothing: what kept it from seeing more is shown on the nodes. */
function outcomeOf(ended: Ended, looked: readonly ApiNode[]): string {
  if (ended === 'done') return looked.find(({ failure }) => failure !== undefined)?.failure?.reason ?? 'done';
  return Failure.is(ended.error) ? ended.error.reason : 'unexpected error';
}
