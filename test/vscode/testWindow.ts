import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { makeSample } from '../sample/makeSample.ts';
import { writeUserSettings } from '../workbench/userSettings.ts';
import type { Configuration } from './configurations.ts';

/** What one run of a configuration is given: fresh folders and a fresh sample. */
export interface TestWindow {
  /** For the server's or the desktop's own data. */
  readonly dataFolder: string;
  /** Folder or workspace file to open. */
  readonly open: string | undefined;
  /** Environment of the extension host. */
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** Makes the folders of a run; `userFolder` is where this kind of VS Code keeps its settings. */
export async function makeTestWindow(configuration: Configuration, userFolder: string): Promise<TestWindow> {
  // Short: sockets live under it, and macOS allows them 103 characters.
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'asc-')));
  const dataFolder = path.join(root, 'data');
  const untrusted = configuration.trusted
    ? {}
    : { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };
  await writeUserSettings(path.join(dataFolder, userFolder), { ...untrusted, ...configuration.settings });
  const sample = await makeSample(root);
  const gitConfig = path.join(root, 'gitconfig');
  await writeFile(gitConfig, '[user]\n\tname = Katherine Johnson\n\temail = katherine@acme.example\n');
  return {
    dataFolder,
    open: await whatToOpen(configuration, root),
    env: { SAMPLE_REPOSITORY: sample.repository, GIT_CONFIG_GLOBAL: gitConfig, GIT_CONFIG_NOSYSTEM: '1' },
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function whatToOpen(configuration: Configuration, root: string): Promise<string | undefined> {
  switch (configuration.window) {
    case 'noFolder':
      return undefined;
    case 'emptyFolder':
      return path.join(root, 'workspace');
    case 'twoFolders': {
      const folders = ['first', 'second'];
      for (const folder of folders) await mkdir(path.join(root, folder));
      const file = path.join(root, 'two.code-workspace');
      await writeFile(file, JSON.stringify({ folders: folders.map((name) => ({ path: name })) }));
      return file;
    }
  }
}
