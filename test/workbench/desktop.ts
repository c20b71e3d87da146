import { spawn } from 'node:child_process';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import * as path from 'node:path';
import type { Sample } from '../sample/makeSample.ts';
import { downloadsFolder, projectFolder, sampleFolder } from './folders.ts';
import type { Say } from './say.ts';
import { writeUserSettings } from './userSettings.ts';

interface DesktopSession {
  readonly say: Say;
  /** What else there is to connect to, for people. */
  readonly offer: string;
}

/** Opens the sample in a desktop VS Code of its own, with settings of its own; resolves when its window is closed. */
export async function startDesktop(sample: Sample, { say, offer }: DesktopSession): Promise<void> {
  say('Getting desktop VS Code …');
  const executable = await downloadAndUnzipVSCode({ cachePath: downloadsFolder });
  const data = path.join(sampleFolder, 'desktop');
  await writeUserSettings(path.join(data, 'User'));
  say(`Opening VS Code. Connect this repository in its APIs view: ${sample.repository}`);
  process.stdout.write(`\n${offer}\n`);
  const child = spawn(
    executable,
    [
      `--user-data-dir=${data}`,
      `--extensions-dir=${path.join(data, 'extensions')}`,
      `--extensionDevelopmentPath=${projectFolder}`,
      '--skip-welcome',
      '--wait',
      sample.workspace,
    ],
    { stdio: 'inherit' },
  );
  const stop = (): boolean => child.kill();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}
