import { countsMark, lineMark } from './host/marks.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Finds the lines of a test run in what an extension host prints, shows them and keeps the counts. */
export class TestOutput {
  counts: Counts | undefined;
  /** When something was last heard of the run. */
  lastHeard = Date.now();
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** Takes one printed line, with whatever the host has put before and after it. */
  take(line: string): void {
    const counts = line.indexOf(countsMark);
    const text = line.indexOf(lineMark);
    if (counts >= 0) this.counts = JSON.parse(jsonAt(line, counts + countsMark.length)) as Counts;
    else if (text >= 0) this.#print(line.slice(text + lineMark.length));
    else if (process.env['VERBOSE'] !== undefined) this.#print(`  | ${line}`);
    if (counts >= 0 || text >= 0) this.lastHeard = Date.now();
  }
}

/** The counts are one flat object: it ends at its first brace. */
function jsonAt(line: string, start: number): string {
  return line.slice(start, line.indexOf('}', start) + 1);
}
