import * as esbuild from 'esbuild';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { projectFolder } from '../workbench/folders.ts';
import type { Configuration } from './configurations.ts';

interface Manifest {
  main?: string;
  extensionKind?: readonly string[];
}

/** The test files of a configuration; none if nobody has written any. */
export async function testFiles(configuration: Configuration): Promise<readonly string[]> {
  const folder = path.join(projectFolder, 'test/vscode', configuration.name);
  try {
    const names = await readdir(folder, { recursive: true });
    return names.filter((name) => name.endsWith('.test.ts')).map((name) => path.join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Bundles test files into the one module that the extension host loads, and returns its path. It is inside the folder
 * of the extension: VS Code runs tests in the host that runs the extension around them.
 */
export async function bundleTests(
  configuration: Configuration,
  files: readonly string[],
  extension: string,
): Promise<string> {
  const outfile = path.join(extension, 'dist/test', `${configuration.name}.cjs`);
  const imports = ['./test/vscode/host/setUpMocha.ts', ...files].map((file) => `import ${JSON.stringify(file)};`);
  await esbuild.build({
    absWorkingDir: projectFolder,
    stdin: {
      // mocha is set up before the test files are evaluated: imports run in their order.
      contents: [...imports, "export { runMocha as run } from './test/vscode/host/runMocha.ts';"].join('\n'),
      resolveDir: projectFolder,
    },
    bundle: true,
    format: 'cjs',
    platform: configuration.host === 'node' ? 'node' : 'browser',
    mainFields: ['module', 'main'],
    external: ['vscode'],
    alias: {
      '#platform': `./src/platform/${configuration.host}/index.ts`,
      ...(configuration.host === 'web' ? { 'node:assert/strict': './test/vscode/host/webAssert.ts' } : {}),
    },
    sourcemap: 'inline',
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}

/**
 * The folder of the extension as a configuration runs it. VS Code takes `main` before `browser` wherever it has Node,
 * and `workspace` extensions on the remote side, so the
 * worker host gets a copy whose manifest says neither.
 */
export async function extensionFolder(configuration: Configuration): Promise<string> {
  if (configuration.host === 'node') return projectFolder;
  const staged = path.join(projectFolder, 'dist/webExtension');
  await rm(staged, { recursive: true, force: true });
  await mkdir(path.join(staged, 'dist'), { recursive: true });
  const manifest = JSON.parse(await readFile(path.join(projectFolder, 'package.json'), 'utf8')) as Manifest;
  delete manifest.main;
  delete manifest.extensionKind;
  await writeFile(path.join(staged, 'package.json'), JSON.stringify(manifest));
  const shipped = ['dist/web', 'dist/webview', 'l10n', 'media', 'package.nls.json', 'schemas'];
  for (const name of shipped) await copyIfThere(name, staged);
  return staged;
}

async function copyIfThere(name: string, target: string): Promise<void> {
  try {
    await cp(path.join(projectFolder, name), path.join(target, name), { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
