import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { Sample } from '../sample/makeSample.ts';
import { authorIdentity } from './authorIdentity.ts';
import { sampleFolder } from './folders.ts';
import { openFrontDoor } from './frontDoor.ts';
import { installExtension } from './installExtension.ts';
import { openBrowser } from './openBrowser.ts';
import type { Say } from './say.ts';
import { startServer } from './startServer.ts';
import { writeUserSettings } from './userSettings.ts';
import { vscodeServer } from './vscodeServer.ts';

interface BrowserSession {
  readonly open: boolean;
  readonly say: Say;
  /** What else there is to connect to, for people. */
  readonly offer: string;
  /** Ports that serve pages of it. */
  readonly pages: readonly number[];
}

/** Serves the workbench to a browser until this process is told to end. */
export async function startBrowser(sample: Sample, { open, say, offer, pages }: BrowserSession): Promise<void> {
  const server = await vscodeServer(say);
  const dataFolder = path.join(sampleFolder, 'vscode');
  const connectionToken = randomBytes(16).toString('hex');
  await writeUserSettings(path.join(dataFolder, 'data/User'), { 'security.workspace.trust.startupPrompt': 'always' });
  await installExtension(dataFolder);
  say('Starting VS Code …');
  const running = await startServer(server, {
    dataFolder,
    connectionToken,
    workspaceTrust: true,
    development: false,
    env: await authorIdentity(),
  });
  const door = await openFrontDoor({
    server: running.port,
    wantedPort: await remembered(path.join(dataFolder, 'port')),
    secretKey: await secretKey(path.join(dataFolder, 'secret.key')),
    connectionToken,
    pages,
    complete: (url) => completed(url, sample.workspace),
  });
  await writeFile(path.join(dataFolder, 'port'), `${door.port}`);

  const url = `http://127.0.0.1:${door.port}/?tkn=${connectionToken}`;
  say('Ready');
  process.stdout.write(welcome(url, sample, offer));
  const ending = Promise.race([interrupted(), running.ended]);
  if (open && !(await openBrowser(url))) process.stdout.write('No browser opened: open the address yourself.\n');
  await ending;
  await door.close();
  await running.stop();
}

/** Adds the folder to an address that names none, so that the printed one stays short. */
function completed(url: URL, workspace: string): URL | undefined {
  if (['folder', 'workspace', 'ew'].some((name) => url.searchParams.has(name))) return undefined;
  const full = new URL(url);
  full.searchParams.set('folder', workspace);
  return full;
}

function welcome(url: string, sample: Sample, offer: string): string {
  return `
  VS Code with API Source Control:

    ${url}

  In its APIs view choose Connect Repository and give this repository (branches main and develop):

    ${sample.repository}

${offer}
  Ctrl-C ends it.

`;
}

/** Told to end, or left alone: npm's shell does not pass a SIGTERM on to what it started, it only goes away. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, 500);
    watch.unref();
  });
}

async function remembered(file: string): Promise<number> {
  return Number((await readIfThere(file))?.toString() ?? 0) || 0;
}

/** Kept with the server's data: another key could not read the secrets that the browser has stored. */
async function secretKey(file: string): Promise<Uint8Array> {
  const kept = await readIfThere(file);
  if (kept?.length === 32) return kept;
  const key = randomBytes(32);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, key, { mode: 0o600 });
  return key;
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
