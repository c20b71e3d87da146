import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './freePort.ts';
import type { VSCodeServer } from './vscodeServer.ts';

export interface ServerOptions {
  /** Settings, extension storage and logs: everything that the server writes. */
  readonly dataFolder: string;
  /** Asked of every browser; without it anybody on this machine may connect (tests only). */
  readonly connectionToken?: string;
  /** Ask whether a folder is trusted, as VS Code does for people. */
  readonly workspaceTrust: boolean;
  /** Run extensions from a folder that the page names; the workbench then shows no notification by itself. */
  readonly development: boolean;
  /** Added to the environment of the server, and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningServer {
  readonly port: number;
  /** Settles when the server ends by itself. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts the VS Code server on a free port of the loopback address; resolves when it accepts connections. */
export async function startServer(server: VSCodeServer, options: ServerOptions): Promise<RunningServer> {
  const port = await freePort();
  await mkdir(options.dataFolder, { recursive: true });
  // A process group of its own: the server starts extension hosts and terminals, which end with it.
  const child = spawn(server.node, [server.main, ...serverArguments(port, options)], {
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...cleanEnvironment(), ...options.env },
  });
  const log = createWriteStream(path.join(options.dataFolder, 'server.log'));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    endGroup(child, 'SIGTERM');
    await Promise.race([ended, pause(5_000, undefined, { ref: false })]);
    endGroup(child, 'SIGKILL');
    await ended;
    log.end();
  };
  try {
    await accepting(port, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, ended, stop };
}

function serverArguments(port: number, options: ServerOptions): readonly string[] {
  return [
    ...['--host', '127.0.0.1', '--port', `${port}`],
    ...(options.connectionToken ? ['--connection-token', options.connectionToken] : ['--without-connection-token']),
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...['--server-data-dir', options.dataFolder],
    '--accept-server-license-terms',
    '--disable-telemetry',
    // Without this the built workbench ignores the extension under development.
    // A login shell has its own idea of the PATH.
    ...(options.development ? ['--enable-smoke-test-driver', '--force-disable-user-env'] : []),
  ];
}

/** What a terminal of another VS Code, npm or a coverage run left behind would steer the server's own processes. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const unwanted = /^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$|NODE_V8_COVERAGE$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !unwanted.test(name)));
}

async function accepting(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`The VS Code server ended with code ${child.exitCode} at its start`);
    if (Date.now() > deadline) throw new Error('The VS Code server did not accept a connection within a minute');
    await pause(50);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // The group is gone: nothing left to end.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
