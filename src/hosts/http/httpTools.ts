import type { Clock } from '../../ports/clock.ts';
import type { Fetch } from '../../ports/http.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { Log } from '../../ports/log.ts';
import type { Timer } from '../../ports/timer.ts';

/** What every host that speaks HTTP is made of. */
export interface HttpTools {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
  readonly hasher: Hasher;
  /** 0 ≤ n < 1, so that many windows do not come back in the same moment. */
  readonly random: () => number;
}
