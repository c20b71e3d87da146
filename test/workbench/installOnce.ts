import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { downloadsFolder } from './folders.ts';
import type { Say } from './say.ts';

/** Something that is downloaded once and then found in its folder. */
export interface Download {
  /** Folder name under the downloads folder. */
  readonly name: string;
  /** Names exactly what is in the folder: another stamp means another download. */
  readonly stamp: string;
  /** Fills an empty folder. */
  readonly fill: (folder: string) => Promise<void>;
}

/**
 * Returns the folder of a download, filling it first where it is missing or holds another version. It is filled under
 * another name and renamed when complete, so an interrupted run leaves nothing that looks whole.
 */
export async function installOnce(download: Download, say: Say): Promise<string> {
  const folder = path.join(downloadsFolder, download.name);
  if ((await stampOf(folder)) === download.stamp) return folder;

  say(`Getting ${download.stamp} …`);
  const partial = `${folder}.partial-${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  try {
    await download.fill(partial);
    await writeFile(stampFile(partial), download.stamp);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  say(`Got ${download.stamp}`);
  return folder;
}

async function stampOf(folder: string): Promise<string | undefined> {
  try {
    return await readFile(stampFile(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function stampFile(folder: string): string {
  return path.join(folder, '.complete');
}
