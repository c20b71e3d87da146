import type { GitsWords } from './cloneBench.ts';

/** What a clone was like, what happened, and Git's own words before and after. */
export interface Situation {
  readonly situation: string;
  readonly outcome: string;
  readonly before: GitsWords;
  readonly after: GitsWords;
}

/** Every situation that a suite went through; printed where `CLONES=1` asks for it. */
export class SituationTable {
  private readonly rows: Situation[] = [];

  add(row: Situation): void {
    this.rows.push(row);
  }

  print(): void {
    if (process.env['CLONES'] === '1') for (const row of this.rows) console.log(told(row));
  }
}

function told({ situation, outcome, before, after }: Situation): string {
  const short = (text: string): string => text.trim().replaceAll(/[0-9a-f]{40}/g, (id) => id.slice(0, 7)) || 'clean';
  return [
    `| ${situation} | ${outcome.trim()} |`,
    `    before: ${short(before.status).replaceAll('\n', '\n            ')}`,
    `    after:  ${short(after.status).replaceAll('\n', '\n            ')}`,
  ].join('\n');
}
