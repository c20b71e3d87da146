/**
 * Runs suites one after another and counts:
 *
 *   npm test                 the type check and every suite
 *   npm test -- unit e2e     only these
 *   npm run test:long        the suites that know large numbers, with them (LONG=1) and without time limits
 *
 * The last line alone says `N passed, N failed`; a suite that ends without counts is a failure.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { suites } from './suites.ts';
import type { Suite } from './suites.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What a run of a suite has written. */
interface SuiteCounts extends Counts {
  /** By the file of the tests; absent where a suite does not tell them apart. */
  readonly files?: Readonly<Record<string, Counts>>;
}

const long = process.argv.includes('--long');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) throw new Error(`No such suite: ${unknown.join(', ')}`);

/** Files with a test that failed at first and passed when it was run once more. */
const secondTries: string[] = [];
const results = new Map<string, Counts>();
if (wanted.length === 0) results.set('types', await checkTypes());
for (const suite of suites) {
  if (wanted.length === 0 || wanted.includes(suite.name)) results.set(suite.name, await runSuite(suite));
}
report(results);

async function checkTypes(): Promise<Counts> {
  heading('types');
  const code = await run(['node_modules/typescript/bin/tsc', '-p', '.'], {});
  return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

async function runSuite(suite: Suite): Promise<Counts> {
  heading(suite.name);
  const first = await runOnce(suite.command, suite.files ?? []);
  const failed = Object.entries(first.files ?? {}).filter(([file, counts]) => file !== '' && counts.failed > 0);
  const failures = failed.reduce((sum, [, counts]) => sum + counts.failed, 0);
  // A failure that belongs to no file would get lost.
  if (suite.secondTry !== true || first.failed === 0 || failures !== first.failed) return first;

  const files = failed.map(([file]) => file);
  heading(`${suite.name}, once more: ${files.join(', ')}`);
  const second = await runOnce(suite.command, files);
  const counts = failed.reduce((sum, [, before]) => minus(sum, before), plus(first, second));
  secondTries.push(...files.filter((file) => second.files?.[file]?.failed === 0));
  return counts;
}

async function runOnce(command: readonly string[], files: readonly string[]): Promise<SuiteCounts> {
  const folder = await mkdtemp(path.join(tmpdir(), 'asc-counts-'));
  const file = path.join(folder, 'counts.json');
  try {
    const code = await run([...command, ...files, ...(long ? ['--timeout', '0'] : [])], {
      TEST_COUNTS: file,
      ...(long ? { LONG: '1' } : {}),
    });
    const counts = await readCounts(file);
    return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function plus(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

function minus(a: Counts, b: Counts): Counts {
  return { passed: a.passed - b.passed, failed: a.failed - b.failed, skipped: a.skipped - b.skipped };
}

/** A suite that was killed, or could not start, has written nothing. */
async function readCounts(file: string): Promise<SuiteCounts> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as SuiteCounts;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { passed: 0, failed: 1, skipped: 0 };
    throw error;
  }
}

function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function heading(name: string): void {
  process.stdout.write(`\n== ${name}\n`);
}

function report(counts: ReadonlyMap<string, Counts>): void {
  process.stdout.write('\n');
  let total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, suite] of counts) {
    process.stdout.write(`${name.padEnd(10)} ${line(suite)}\n`);
    total = plus(total, suite);
  }
  for (const file of secondTries) process.stdout.write(`Passed only when it was run once more: ${file}\n`);
  process.stdout.write(`\n${line(total)}\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

function line({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
