// Bundles the extension: node esbuild.mjs [--production]
import * as esbuild from 'esbuild';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(fileURLToPath(import.meta.url));

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  external: ['vscode'],
  mainFields: ['module', 'main'],
  target: 'es2023',
  logLevel: 'warning',
  metafile: true,
  // Who the extension is to hosts that give grants, by server; nobody unless the build is told.
  define: { OAUTH_CLIENTS: process.env.OAUTH_CLIENTS ?? '{}' },
};

/**
 * Builds everything that the extension ships with, and removes from `dist` what an earlier build left there.
 *
 * @param {{ production: boolean }} options
 * @returns {Promise<Record<string, number>>} size in bytes of each file, by its path in the project
 */
export async function build({ production }) {
  const results = await Promise.all(bundles({ production }).map((bundle) => esbuild.build(bundle)));
  const outputs = Object.assign({}, ...results.map((result) => result.metafile?.outputs));
  await removeStale(new Set(Object.keys(outputs)));
  await copyIcons();
  return Object.fromEntries(Object.entries(outputs).map(([file, { bytes }]) => [file, bytes]));
}

/**
 * How each part is built: for Node, for the web, for the form.
 *
 * @param {{ production: boolean }} options
 * @returns {esbuild.BuildOptions[]}
 */
export function bundles({ production }) {
  /** @type {Pick<esbuild.BuildOptions, 'minify' | 'sourcemap' | 'legalComments'>} */
  const mode = { minify: production, sourcemap: production ? false : 'linked', legalComments: 'none' };
  return [node(mode), web(mode), webview(mode)].filter((bundle) => bundle !== undefined);
}

/**
 * ES modules, so that what a command needs can wait in a chunk until the command runs.
 *
 * @param {esbuild.BuildOptions} mode
 * @returns {esbuild.BuildOptions}
 */
function node(mode) {
  return {
    ...common,
    ...mode,
    platform: 'node',
    format: 'esm',
    splitting: true,
    // What yaml offers to Node is CommonJS, whose `require` no ES module has.
    alias: { '#platform': './src/platform/node/index.ts', yaml: './node_modules/yaml/browser/index.js' },
    entryPoints: {
      extension: 'src/extension.ts',
      ...optional('askpass', 'src/hosts/git/askpassMain.ts'),
      ...optional('cli', 'src/cli/main.ts'),
    },
    outdir: 'dist/node',
    chunkNames: 'chunks/[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    // For parts of clients that are CommonJS and ask for a module of Node.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  };
}

/**
 * One file: the web extension host loads no chunks.
 *
 * @param {esbuild.BuildOptions} mode
 * @returns {esbuild.BuildOptions}
 */
function web(mode) {
  return {
    ...common,
    ...mode,
    platform: 'browser',
    format: 'cjs',
    alias: { '#platform': './src/platform/web/index.ts' },
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist/web',
    outExtension: { '.js': '.cjs' },
  };
}

/**
 * @param {esbuild.BuildOptions} mode
 * @returns {esbuild.BuildOptions | undefined}
 */
function webview(mode) {
  if (!existsSync(path.join(root, 'src/webview/main.ts'))) return undefined;
  return {
    ...common,
    ...mode,
    platform: 'browser',
    format: 'esm',
    loader: { '.ttf': 'file' },
    entryPoints: { main: 'src/webview/main.ts', ...optional('style', 'src/webview/style.css') },
    outdir: 'dist/webview',
  };
}

/**
 * @param {string} name
 * @param {string} file
 * @returns {Record<string, string>}
 */
function optional(name, file) {
  return existsSync(path.join(root, file)) ? { [name]: file } : {};
}

/** The icon font and its style sheet, which the form links to by file. */
async function copyIcons() {
  const from = path.join(root, 'node_modules/@vscode/codicons/dist');
  const to = path.join(root, 'dist/webview');
  await mkdir(to, { recursive: true });
  for (const file of ['codicon.css', 'codicon.ttf']) await cp(path.join(from, file), path.join(to, file));
}

/** @param {ReadonlySet<string>} built */
async function removeStale(built) {
  for (const folder of ['dist/node', 'dist/web', 'dist/webview']) {
    const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const file = path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/');
      if (entry.isFile() && !built.has(file)) await rm(path.join(root, file), { force: true });
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = await build({ production: process.argv.includes('--production') });
  for (const [file, bytes] of Object.entries(sizes).filter(([file]) => !file.endsWith('.map'))) {
    console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`);
  }
}
