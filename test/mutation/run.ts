/**
 * Takes out, one at a time, the guards that keep what sync promises, and expects a named test to turn red, which is
 * green with the guard in its place. Ends with 1 where nobody notices, and with a table: promise, guard, test.
 *
 *   npm run mutation                 every guard
 *   npm run mutation -- gitlab       only those of a host, or of `sync`
 *
 * Everything happens in a copy: the working tree is left alone.
 */
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { projectFolder } from '../workbench/folders.ts';
import { hostMutants } from './hostMutants.ts';
import type { Mutant, Tests } from './mutant.ts';
import { ProjectCopy } from './projectCopy.ts';
import { syncMutants } from './syncMutants.ts';

/** Titles of the tests of one run. */
interface Outcome {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

interface Report {
  readonly passes: readonly { readonly title: string }[];
  readonly failures: readonly { readonly title: string }[];
}

const wanted = process.argv.slice(2);
const chosen = [...syncMutants, ...hostMutants].filter(({ part }) => wanted.length === 0 || wanted.includes(part));
if (chosen.length === 0) throw new Error(`No such part: ${wanted.join(', ')}`);

const copy = await ProjectCopy.make();
try {
  summarize(await tryAll());
} finally {
  await copy.remove();
}

/** Those that were noticed. */
async function tryAll(): Promise<readonly Mutant[]> {
  const sound = new Map<string, Outcome>();
  const noticed: Mutant[] = [];
  for (const mutant of chosen) {
    const whole = sound.get(mutant.tests.file) ?? (await outcomeOf(mutant.tests));
    sound.set(mutant.tests.file, whole);
    const mend = await copy.change(mutant.file, mutant.edits);
    const broken = await outcomeOf(mutant.tests);
    await mend();
    if (report(mutant, whole, broken)) noticed.push(mutant);
  }
  return noticed;
}

function report({ promise, part, what, noticedBy }: Mutant, whole: Outcome, broken: Outcome): boolean {
  const isNoticed = whole.passed.includes(noticedBy) && broken.failed.includes(noticedBy);
  const others = broken.failed.filter((title) => whole.passed.includes(title) && title !== noticedBy);
  const verdict = isNoticed ? 'red' : 'NOT NOTICED';
  process.stdout.write(`${String(promise)} ${part.padEnd(12)} ${what.padEnd(48)} ${verdict.padEnd(12)} “${noticedBy}”`);
  process.stdout.write(others.length > 0 ? ` and ${String(others.length)} more\n` : '\n');
  if (!isNoticed) process.exitCode = 1;
  if (whole.failed.length === 0) return isNoticed;
  process.exitCode = 1;
  process.stdout.write(`  red without a change: ${whole.failed.join(', ')}\n`);
  return isNoticed;
}

/** How many of the promises have a guard whose loss somebody notices, and none whose loss nobody does. */
function summarize(noticed: readonly Mutant[]): void {
  const promises = new Set(chosen.map(({ promise }) => promise));
  const kept = [...promises].filter((promise) =>
    chosen.every((mutant) => mutant.promise !== promise || noticed.includes(mutant)),
  );
  process.stdout.write(`${String(noticed.length)} of ${String(chosen.length)} guards, `);
  process.stdout.write(`${String(kept.length)} of ${String(promises.size)} promises\n`);
}

async function outcomeOf({ file: tests, only }: Tests): Promise<Outcome> {
  const file = path.join(copy.folder, 'report.json');
  await rm(file, { force: true });
  const mocha = path.join(projectFolder, 'node_modules/mocha/bin/mocha.js');
  const reporter = ['--reporter', 'json', '--reporter-option', `output=${file}`];
  const titles = only === undefined ? [] : ['--grep', only];
  await run([mocha, '--import=tsx', '--timeout', '60000', '--exit', ...reporter, ...titles, tests]);
  const { passes, failures } = JSON.parse(await readFile(file, 'utf8')) as Report;
  return { passed: passes.map(({ title }) => title), failed: failures.map(({ title }) => title) };
}

/** Mocha's exit code is the number of failures: what counts is in its report. */
async function run(args: readonly string[]): Promise<void> {
  const data = process.env['DATA_DIR'] ?? path.join(projectFolder, '../shared/data');
  const env = { ...process.env, DATA_DIR: path.resolve(projectFolder, data) };
  const child = spawn(process.execPath, args, { cwd: copy.folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  await new Promise<void>((resolve, reject) => child.on('error', reject).on('close', () => resolve()));
}
