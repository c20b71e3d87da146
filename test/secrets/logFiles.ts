import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { VSCodeServer } from '../workbench/vscodeServer.ts';
import pins from '../workbench/pins.json' with { type: 'json' };

const standIn = fileURLToPath(new URL('logFiles.cjs', import.meta.url));

/**
 * VS Code writes its logs, the ones of output channels too, by a native module (`@vscode/spdlog`), which the server from
 * npm has not: no compiler runs for it. Where its loader (`bindings`) looks, below a folder that a variable names, this
 * puts a plain one; without it there would be no log to look through.
 */
export function logFilesEnvironment(server: VSCodeServer, folder: string): Readonly<Record<string, string>> {
  const module = realpathSync(path.resolve(server.main, '../../node_modules/@vscode/spdlog'));
  const { platform, arch } = process;
  const pin = (pins.node as Partial<Record<string, { readonly version: string }>>)[`${platform}-${arch}`];
  const place = path.join(folder, pin?.version ?? '', platform, arch, 'spdlog.node');
  mkdirSync(place, { recursive: true });
  writeFileSync(path.join(place, 'index.js'), `module.exports = require(${JSON.stringify(standIn)});\n`);
  return { NODE_BINDINGS_COMPILED_DIR: path.relative(module, folder) };
}
