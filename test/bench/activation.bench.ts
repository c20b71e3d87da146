/**
 * What the extension costs a window: its activation beside the built-in Git extension's, as VS Code itself measured both
 * in the same windows, and the sizes of its package and of the code that every activation loads.
 * Run: npx tsx test/bench/activation.bench.ts
 */
import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { connectByForm, payments } from '../e2e/support/connect.ts';
import { Session } from '../e2e/support/session.ts';
import { copyExtension } from '../workbench/copyExtension.ts';
import { projectFolder } from '../workbench/folders.ts';
import { activationTimes } from './activationTimes.ts';
import type { ActivationTimes } from './activationTimes.ts';
import { median } from './median.ts';

const windows = 5;
const budgets = { activateMs: 50, mainBytes: 300_000, packageBytes: 2_000_000 };

interface Window {
  readonly ours: ActivationTimes;
  readonly git: ActivationTimes;
}

const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'asc-bench-')));
try {
  const vsix = await pack(path.join(folder, 'extension.vsix'));
  const extension = await copyExtension(folder);
  const main = (await stat(path.join(extension, 'dist/node/extension.mjs'))).size;
  const measured = await measure(extension);
  const ours = middle(measured.map((window) => window.ours));
  const git = middle(measured.map((window) => window.git));
  console.log(`median of ${windows} windows with a connected API, after one that warms up:`);
  console.log(`ours          ${line(ours)}; budget of activate() ${budgets.activateMs} ms`);
  console.log(`built-in Git  ${line(git)}`);
  console.log(`Git's time in all / ours: ${(total(git) / total(ours)).toFixed(1)}`);
  console.log(`dist/node/extension.mjs ${kB(main)} of ${kB(budgets.mainBytes)}`);
  console.log(`package ${kB(vsix)} of ${kB(budgets.packageBytes)}`);
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function pack(file: string): Promise<number> {
  const vsce = path.join(projectFolder, 'node_modules/@vscode/vsce/vsce');
  await promisify(execFile)(process.execPath, [vsce, 'package', '--no-dependencies', '--out', file], {
    cwd: projectFolder,
  });
  return (await stat(file)).size;
}

async function measure(extension: string): Promise<readonly Window[]> {
  const session = await Session.start({ extension });
  try {
    const first = await session.open();
    await connectByForm(first, { repository: session.sample.repository, ...payments });
    await first.page.close();
    const measured: Window[] = [];
    for (let index = 0; index <= windows; index += 1) {
      const workbench = await session.open();
      await workbench.apis.open();
      await workbench.apis.row(/^Payments\s*main/).waitFor();
      const [ours, git] = await activationTimes(workbench, 'api-source-control.api-source-control', 'vscode.git');
      if (index > 0) measured.push({ ours, git });
      await workbench.page.close();
    }
    return measured;
  } finally {
    await session.end();
  }
}

function middle(times: readonly ActivationTimes[]): ActivationTimes {
  const of = (name: keyof ActivationTimes): number => median(times.map((one) => one[name]));
  return { loadCode: of('loadCode'), call: of('call'), finish: of('finish') };
}

function total({ loadCode, call, finish }: ActivationTimes): number {
  return loadCode + call + finish;
}

function line({ loadCode, call, finish }: ActivationTimes): string {
  return `load ${loadCode} ms, activate() ${call} ms, finish ${finish} ms`;
}

function kB(bytes: number): string {
  return `${(bytes / 1_000).toFixed(0)} kB`;
}
