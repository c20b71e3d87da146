import type { CheckoutState } from '../core/sync/checkoutState.ts';

/** A checkout's own memory, in `.api-source-control/state.json` of its folder. */
export interface StateStore {
  /** `undefined` when there is none yet. @throws Failure `invalidFile` when it cannot be read: never guesses. */
  load(): Promise<CheckoutState | undefined>;
  /** By temporary file and rename: a reader sees the old or the new, never a part. */
  save(state: CheckoutState): Promise<void>;
}
