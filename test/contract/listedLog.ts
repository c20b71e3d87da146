import type { Log } from '../../src/ports/log.ts';

/** Keeps every line, for tests of what is said and what is not. */
export class ListedLog implements Log {
  readonly lines: { readonly level: keyof Log; readonly message: string }[] = [];

  trace(message: string): void {
    this.lines.push({ level: 'trace', message });
  }

  info(message: string): void {
    this.lines.push({ level: 'info', message });
  }

  warn(message: string): void {
    this.lines.push({ level: 'warn', message });
  }

  error(message: string): void {
    this.lines.push({ level: 'error', message });
  }

  /** The lines of one level; times, which differ from run to run, are left out. */
  at(level: keyof Log): readonly string[] {
    const own = this.lines.filter((line) => line.level === level);
    return own.map(({ message }) => message.replace(/, \d+ ms$/, ''));
  }
}
