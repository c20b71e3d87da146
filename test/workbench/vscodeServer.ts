import { chmod } from 'node:fs/promises';
import * as path from 'node:path';
import { installOnce } from './installOnce.ts';
import { installDependencies, installPackages } from './npm.ts';
import pins from './pins.json' with { type: 'json' };
import type { Say } from './say.ts';

/** The built VS Code server and a Node that can run it. */
export interface VSCodeServer {
  readonly node: string;
  readonly main: string;
}

/** Returns a complete VS Code server, from the npm registry the first time. */
export async function vscodeServer(say: Say): Promise<VSCodeServer> {
  const [main, node] = await Promise.all([installServer(say), installNode(say)]);
  return { main, node };
}

async function installServer(say: Say): Promise<string> {
  const name = `code-server@${pins.codeServer}`;
  const inside = 'node_modules/code-server/lib/vscode';
  const folder = await installOnce(
    {
      name: 'code-server',
      stamp: name,
      fill: async (target) => {
        await installPackages(target, [name]);
        say(`Getting what ${name} depends on …`);
        await installDependencies(path.join(target, inside), `the dependencies of ${name}`);
      },
    },
    say,
  );
  return path.join(folder, inside, 'out/server-main.js');
}

/** The server needs Node 24; the project itself runs on the Node that is here. */
async function installNode(say: Say): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  const pin = (pins.node as Partial<Record<string, { package: string; version: string }>>)[platform];
  if (pin === undefined) throw new Error(`No Node ${platform} is published on npm to run the VS Code server with`);
  const binary = path.join('node_modules', pin.package, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const folder = await installOnce(
    {
      name: 'node',
      stamp: `${pin.package}@${pin.version}`,
      fill: async (target) => {
        await installPackages(target, [`${pin.package}@${pin.version}`]);
        await chmod(path.join(target, binary), 0o755);
      },
    },
    say,
  );
  return path.join(folder, binary);
}
