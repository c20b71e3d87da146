import type { Clock } from '../../ports/clock.ts';

/** Time that stands still until it is told to go on. */
export class FixedClock implements Clock {
  constructor(private time = 0) {}

  now(): number {
    return this.time;
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}
