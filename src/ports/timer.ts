import type { Disposable } from '../core/events.ts';

/** Lets time pass from outside, so that tests own it. */
export interface Timer {
  /** Runs `work` once, after that many milliseconds, unless it was disposed of before. */
  after(milliseconds: number, work: () => void): Disposable;
}
