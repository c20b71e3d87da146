import { cp, readFile, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { projectFolder } from './folders.ts';

/** What the package has, by `.vscodeignore`. */
const parts = ['package.json', 'package.nls.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'l10n', 'media', 'dist'];

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
}

/**
 * Puts the built extension into the server's extensions folder, as installing its package would. An extension under
 * development needs the test driver instead, and with that the workbench shows no notification.
 */
export async function installExtension(dataFolder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(path.join(projectFolder, 'package.json'), 'utf8')) as Manifest;
  const extensions = path.join(dataFolder, 'extensions');
  // Its list of what is installed, too: without one, the server takes what is there.
  await rm(extensions, { recursive: true, force: true });
  const home = path.join(extensions, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  for (const part of parts) await cp(path.join(projectFolder, part), path.join(home, part), { recursive: true });
}
