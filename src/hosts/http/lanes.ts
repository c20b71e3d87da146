import { cancelledUnsent } from './cancelledUnsent.ts';

interface Waiting {
  start(): void;
  giveUp(): void;
}

/** Lets so many pieces of work run at a time, in the order in which they came. */
export class Lanes {
  #free: number;
  readonly #waiting = new Set<Waiting>();
  /** One listener for all who wait for one signal: hundreds of requests of one operation share it. */
  readonly #bySignal = new WeakMap<AbortSignal, Set<Waiting>>();

  constructor(count: number) {
    this.#free = count;
  }

  /** @throws Failure `cancelled` when the signal fires while waiting. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (signal.aborted) throw cancelledUnsent();
    if (this.#free > 0) this.#free--;
    else await this.#wait(signal);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        start: () => {
          this.#forget(waiting, signal);
          resolve();
        },
        giveUp: () => {
          this.#forget(waiting, signal);
          reject(cancelledUnsent());
        },
      };
      this.#waiting.add(waiting);
      this.#heed(signal).add(waiting);
    });
  }

  #heed(signal: AbortSignal): Set<Waiting> {
    const known = this.#bySignal.get(signal);
    if (known !== undefined) return known;
    const own = new Set<Waiting>();
    this.#bySignal.set(signal, own);
    signal.addEventListener('abort', () => [...own].forEach((waiting) => waiting.giveUp()), { once: true });
    return own;
  }

  #forget(waiting: Waiting, signal: AbortSignal): void {
    this.#waiting.delete(waiting);
    this.#bySignal.get(signal)?.delete(waiting);
  }

  #leave(): void {
    const [next] = this.#waiting;
    // The lane is handed over, so that nobody who comes in between takes it.
    if (next === undefined) this.#free++;
    else next.start();
  }
}
