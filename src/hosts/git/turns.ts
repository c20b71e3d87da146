import { throwIfCancelled } from '../../core/cancellation.ts';

/** Lets one piece of work run at a time, in the order in which they came. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** @throws Failure `cancelled` when the signal fires while waiting. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const before = this.#last;
    let finish = () => {};
    const own = new Promise<void>((resolve) => (finish = resolve));
    this.#last = before.then(() => own);
    try {
      await firstOf(before, signal);
      return await work();
    } finally {
      finish();
    }
  }
}

async function firstOf(before: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop = () => {};
  const aborted = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener('abort', stop, { once: true });
  });
  if (!signal.aborted) await Promise.race([before, aborted]);
  signal.removeEventListener('abort', stop);
  throwIfCancelled(signal);
}
