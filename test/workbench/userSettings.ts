import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

/** Quiet enough for a test and for a first look: nothing that asks, updates or reports. */
const quiet = {
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.untrustedFiles': 'open',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** Writes the user settings of a VS Code that does not run yet, into its `User` folder. */
export async function writeUserSettings(
  userFolder: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await mkdir(userFolder, { recursive: true });
  await writeFile(path.join(userFolder, 'settings.json'), `${JSON.stringify({ ...quiet, ...settings }, null, 2)}\n`);
}
