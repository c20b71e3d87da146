import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { tallyLine, tallyVariable } from './scanTally.ts';

/** Runs once before every suite of mocha, in the process whose children run the tests. */
export async function mochaGlobalSetup(): Promise<void> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'asc-scans-')), 'tally.jsonl');
  await writeFile(file, '');
  process.env[tallyVariable] = file;
}

/** Says once, after all tests, how much was looked through. */
export async function mochaGlobalTeardown(): Promise<void> {
  const file = process.env[tallyVariable];
  if (file === undefined) return;
  const line = tallyLine(file);
  if (line !== undefined) process.stdout.write(`${line}\n`);
  await rm(path.dirname(file), { recursive: true });
}
