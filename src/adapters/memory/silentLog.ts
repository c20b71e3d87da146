import type { Log } from '../../ports/log.ts';

/** Hears everything, says nothing. */
export class SilentLog implements Log {
  trace(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}
