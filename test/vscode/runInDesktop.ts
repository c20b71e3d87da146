import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { downloadsFolder } from '../workbench/folders.ts';
import { bundleTests, extensionFolder } from './bundleTests.ts';
import type { Configuration } from './configurations.ts';
import type { TestOutput } from './testOutput.ts';
import { makeTestWindow } from './testWindow.ts';

/** Runs the test files of a configuration in desktop VS Code; returns its exit code. */
export async function runInDesktop(
  configuration: Configuration,
  files: readonly string[],
  output: TestOutput,
): Promise<number> {
  const executable = await downloadAndUnzipVSCode({ cachePath: downloadsFolder });
  const extension = await extensionFolder(configuration);
  const tests = await bundleTests(configuration, files, extension);
  const window = await makeTestWindow(configuration, 'User');
  const child = spawn(
    executable,
    [
      `--user-data-dir=${window.dataFolder}`,
      `--extensions-dir=${path.join(window.dataFolder, 'extensions')}`,
      `--extensionDevelopmentPath=${extension}`,
      `--extensionTestsPath=${tests}`,
      ...(configuration.trusted ? ['--disable-workspace-trust'] : []),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-updates',
      '--skip-release-notes',
      '--skip-welcome',
      ...(window.open === undefined ? [] : [window.open]),
    ],
    { env: { ...process.env, ...window.env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', (line) => output.take(line));
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    await window.remove();
  }
}
