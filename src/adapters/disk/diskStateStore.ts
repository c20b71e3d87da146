import type { CheckoutState } from '../../core/sync/checkoutState.ts';
import { decodeState, encodeState } from '../../core/sync/stateCodec.ts';
import type { StateStore } from '../../ports/stateStore.ts';
import type { OwnFolder } from './ownFolder.ts';

const stateFile = 'state.json';

/** A checkout's memory in `.api-source-control/state.json`. */
export class DiskStateStore implements StateStore {
  constructor(private readonly own: OwnFolder) {}

  async load(): Promise<CheckoutState | undefined> {
    const bytes = await this.own.read(stateFile);
    return bytes === undefined ? undefined : decodeState(new TextDecoder().decode(bytes));
  }

  save(state: CheckoutState): Promise<void> {
    return this.own.write(stateFile, encodeState(state));
  }
}
