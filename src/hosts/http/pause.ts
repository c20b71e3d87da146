import type { Timer } from '../../ports/timer.ts';
import { cancelledUnsent } from './cancelledUnsent.ts';

/** Lets time pass. @throws Failure `cancelled` when the signal fires meanwhile. */
export async function pause(timer: Timer, milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw cancelledUnsent();
  await new Promise<void>((resolve, reject) => {
    const cancel = (): void => {
      waiting.dispose();
      reject(cancelledUnsent());
    };
    const waiting = timer.after(milliseconds, () => {
      signal.removeEventListener('abort', cancel);
      resolve();
    });
    signal.addEventListener('abort', cancel, { once: true });
  });
}
