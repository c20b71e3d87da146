import { execFileSync } from 'node:child_process';

/** Processes whose command line has one of these words; nobody tells on Windows. */
export function processesNaming(...words: readonly string[]): readonly string[] {
  if (process.platform === 'win32') return [];
  const listing = execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' }).split('\n');
  return listing.filter((line) => words.some((word) => line.includes(word)));
}
