import { cp } from 'node:fs/promises';
import * as path from 'node:path';
import { projectFolder } from './folders.ts';

const parts = ['package.json', 'package.nls.json', 'l10n', 'media', 'dist/node', 'dist/web', 'dist/webview'];

/** Copies what was built to where no other build changes it while it is in use; returns the folder. */
export async function copyExtension(target: string): Promise<string> {
  const folder = path.join(target, 'extension');
  for (const part of parts) await cp(path.join(projectFolder, part), path.join(folder, part), { recursive: true });
  return folder;
}
