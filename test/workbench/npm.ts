import { spawn } from 'node:child_process';
import { copyFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { projectFolder } from './folders.ts';

/**
 * Installs packages into a folder of their own. No install script runs: code-server's demands another Node and a
 * compiler, and a download for tests has no business running code. The person's npm settings (registry, proxy,
 * credentials) apply as they are, those of the project included.
 */
export async function installPackages(folder: string, packages: readonly string[]): Promise<void> {
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  await useProjectSettings(folder);
  await npm(folder, ['install', '--no-save', '--no-package-lock', ...packages], packages.join(', '));
}

/** Installs what the package in `folder` itself asks for, after its own lock file. */
export async function installDependencies(folder: string, label: string): Promise<void> {
  await useProjectSettings(folder);
  await npm(folder, ['install', '--omit=dev'], label);
}

async function useProjectSettings(folder: string): Promise<void> {
  const settings = path.join(projectFolder, '.npmrc');
  if (existsSync(settings)) await copyFile(settings, path.join(folder, '.npmrc'));
}

async function npm(folder: string, args: readonly string[], label: string): Promise<void> {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder];
  const { code, output } = await run([...args, ...flags], folder);
  if (code === 0) return;
  const registry = (await run(['config', 'get', 'registry', '--loglevel=silent'], folder)).output.trim();
  throw new Error(
    `npm could not install ${label} from ${registry}\n${indent(output)}\n` +
      'Check the network and the registry (npm config get registry), then run the same command again: ' +
      'what is already here is kept.',
  );
}

function run(args: readonly string[], cwd: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [npmProgram(), ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-4_000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** npm as a script, so that it starts without a shell on every system. */
function npmProgram(): string {
  const besideNode = path.dirname(process.execPath);
  const candidates = [
    process.env['npm_execpath'],
    path.join(besideNode, 'node_modules/npm/bin/npm-cli.js'),
    path.join(besideNode, '../lib/node_modules/npm/bin/npm-cli.js'),
    path.join(besideNode, '../share/nodejs/npm/bin/npm-cli.js'),
  ];
  const found = candidates.find((candidate) => candidate?.endsWith('npm-cli.js') && existsSync(candidate));
  if (found === undefined) throw new Error('npm was not found beside Node. Run this as an npm script: npm start');
  return found;
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '  ');
}
