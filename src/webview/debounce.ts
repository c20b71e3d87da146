import type { Pause } from './pause.ts';

/** Runs the newest action once nothing newer came for a while. */
export class Debounce implements Pause {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly milliseconds: number) {}

  run(action: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(action, this.milliseconds);
  }
}
