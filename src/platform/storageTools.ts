import type { CheckoutStorages } from '../ports/checkoutStorage.ts';
import type { Clock } from '../ports/clock.ts';
import type { Hasher } from '../ports/hasher.ts';
import type { Log } from '../ports/log.ts';

/** What checkouts are kept with, whatever the platform. */
export interface StorageTools {
  readonly hasher: Hasher;
  readonly clock: Clock;
  readonly log: Log;
  /** For workspace folders that are on no disk of this computer. */
  readonly virtual: CheckoutStorages;
}
