import { Failure } from '../../core/errors.ts';
import type { CheckoutState } from '../../core/sync/checkoutState.ts';
import { decodeState, encodeState } from '../../core/sync/stateCodec.ts';
import type { StateStore } from '../../ports/stateStore.ts';

/** Keeps the text that a disk would keep, so that what cannot be written and read again shows here too. */
export class MemoryStateStore implements StateStore {
  /** The file's text; `undefined`: no file. */
  text: string | undefined;
  private refused: { readonly after: number; readonly times: number } | undefined;

  load(): Promise<CheckoutState | undefined> {
    return Promise.resolve(this.text).then((text) => (text === undefined ? undefined : decodeState(text)));
  }

  save(state: CheckoutState): Promise<void> {
    if (this.isRefused()) return Promise.reject(new Failure('writeFailed', { detail: 'ENOSPC' }));
    this.text = encodeState(state);
    return Promise.resolve();
  }

  /** After `after` more saves, `times` saves fail. */
  failSaves(after: number, times = 1): void {
    this.refused = { after, times };
  }

  private isRefused(): boolean {
    if (this.refused === undefined) return false;
    const { after, times } = this.refused;
    if (after > 0) this.refused = { after: after - 1, times };
    else this.refused = times > 1 ? { after, times: times - 1 } : undefined;
    return after === 0;
  }
}
