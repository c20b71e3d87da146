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

const long = process.argv.includes('--long');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) throw new Error(`No such suite: ${unknown.join(', ')}`);

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
  const folder = await mkdtemp(path.join(tmpdir(), 'asc-counts-'));
  const file = path.join(folder, 'counts.json');
  try {
    const code = await run(long ? [...suite.command, '--timeout', '0'] : suite.command, {
      TEST_COUNTS: file,
      ...(long ? { LONG: '1' } : {}),
    });
    const counts = await readCounts(file);
    return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A suite that was killed, or could not start, has written nothing. */
async function readCounts(file: string): Promise<Counts> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Counts;
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
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, { passed, failed, skipped }] of counts) {
    process.stdout.write(`${name.padEnd(10)} ${line({ passed, failed, skipped })}\n`);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  process.stdout.write(`\n${line(total)}\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

function line({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
