/** What came of every fault, for a person to read: `MATRIX=1` prints it. */
export class FaultMatrix {
  readonly #rows: string[] = [];

  constructor(private readonly host: string) {}

  note(fault: string, doing: string, outcome: string, requests: number): void {
    this.#rows.push(`| ${this.host} | ${fault} | ${doing} | ${outcome} | ${requests} |`);
  }

  print(): void {
    if (process.env['MATRIX'] !== '1') return;
    process.stdout.write(`| host | fault | doing | outcome | requests |\n|---|---|---|---|---|\n`);
    process.stdout.write(`${this.#rows.join('\n')}\n`);
  }
}
