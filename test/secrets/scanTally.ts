import { appendFileSync, readFileSync } from 'node:fs';

/** How much was looked through. */
export interface ScanCounts {
  readonly files: number;
  readonly messages: number;
  readonly processes: number;
}

interface Tally extends ScanCounts {
  readonly findings: number;
  /** Digests of what was looked for: the same token in many tests is one. */
  readonly secrets: readonly string[];
}

/** Names the file in which the processes of a suite add up their scans. */
export const tallyVariable = 'SECRET_SCAN_TALLY';

/** Without a suite that wants to know, a scan is only passed or failed. */
export function addToTally(tally: Tally): void {
  const file = process.env[tallyVariable];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(tally)}\n`);
}

/** What all scans of a suite were, as one line; `undefined`: there was none. */
export function tallyLine(file: string): string | undefined {
  const tallies = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Tally);
  if (tallies.length === 0) return undefined;
  const sum = (kind: keyof ScanCounts | 'findings'): number => tallies.reduce((total, each) => total + each[kind], 0);
  const secrets = new Set(tallies.flatMap((each) => each.secrets)).size;
  const looked = `${sum('files')} files, ${sum('messages')} messages, ${sum('processes')} processes`;
  return `secrets: ${looked} looked through for ${secrets} secrets, ${sum('findings')} findings`;
}
