import type { Timer } from '../ports/timer.ts';

/** The extension host's own timers. */
export const systemTimer: Timer = {
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return { dispose: () => clearTimeout(timer) };
  },
};
