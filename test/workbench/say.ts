/** A line for the person in front of the terminal. */
export type Say = (line: string) => void;

const started = Date.now();

/** Prints a line of progress with the seconds since the start. */
export function sayWithTime(line: string): void {
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(5);
  process.stdout.write(`${seconds}s  ${line}\n`);
}
