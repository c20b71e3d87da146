/** Packs the extension, installs the package into a fresh VS Code and sees its view answer: npm run test:vsix */
import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { Workbench } from '../e2e/support/workbench.ts';
import { makeSample } from '../sample/makeSample.ts';
import { projectFolder } from '../workbench/folders.ts';
import { launchBrowser } from '../workbench/launchBrowser.ts';
import { sayWithTime as say } from '../workbench/say.ts';
import { startServer } from '../workbench/startServer.ts';
import { writeUserSettings } from '../workbench/userSettings.ts';
import { vscodeServer } from '../workbench/vscodeServer.ts';

const budgetBytes = 2_000_000;
const run = promisify(execFile);

const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'asc-vsix-')));
let failed = 0;
try {
  const vsix = await pack(path.join(folder, 'extension.vsix'));
  await showsItsView(vsix);
  say('The installed package shows its view');
} catch (error) {
  failed = 1;
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.stdout.write(`\n${1 - failed} passed, ${failed} failed\n`);
const countsFile = process.env['TEST_COUNTS'];
if (countsFile !== undefined) await writeFile(countsFile, JSON.stringify({ passed: 1 - failed, failed, skipped: 0 }));
process.exitCode = failed;

async function pack(file: string): Promise<string> {
  say('Packing …');
  const vsce = path.join(projectFolder, 'node_modules/@vscode/vsce/vsce');
  const { stdout } = await run(process.execPath, [vsce, 'package', '--no-dependencies', '--out', file], {
    cwd: projectFolder,
  });
  process.stdout.write(stdout);
  const { size } = await stat(file);
  say(`The package has ${(size / 1_000).toFixed(0)} kB`);
  if (size > budgetBytes) throw new Error(`The package has ${size} bytes, more than ${budgetBytes}`);
  return file;
}

/** A server without a development payload: the extension comes from its extensions folder, as for anybody else. */
async function showsItsView(vsix: string): Promise<void> {
  const server = await vscodeServer(say);
  const dataFolder = path.join(folder, 'vscode');
  await writeUserSettings(path.join(dataFolder, 'data/User'));
  await run(server.node, [server.main, '--install-extension', vsix, '--server-data-dir', dataFolder]);
  const { workspace } = await makeSample(folder);
  const running = await startServer(server, { dataFolder, workspaceTrust: false, development: false });
  const browser = await launchBrowser(say);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const url = `http://127.0.0.1:${running.port}/?folder=${encodeURIComponent(workspace)}`;
    const workbench = await Workbench.open(page, url);
    await workbench.apis.open();
    await workbench.apis.welcome.getByText('Connect Repository').first().waitFor();
  } finally {
    await browser.close();
    await running.stop();
  }
}
