import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { bundles } from '../../../esbuild.mjs';
import { GitSandbox } from '../../forge/git/gitCommand.ts';
import { makeSample } from '../../sample/makeSample.ts';
import { projectFolder } from '../../workbench/folders.ts';
import { Window } from '../kills/window.ts';

/** What a run of the program came to. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A run that is not over yet. */
export interface Running {
  readonly ended: Promise<Run>;
  /** Resolves once the program said this. */
  said(text: string): Promise<void>;
  interrupt(): void;
}

/** The program as it is shipped, the sample repository, and a folder where an editor connected to it. */
export class CliWorld {
  readonly sandbox = new GitSandbox();
  private readonly leave = this.sandbox.enter();
  private readonly program = this.sandbox.path('program/dist/node/cli.mjs');

  async open(): Promise<void> {
    const shipped = bundles({ production: true }).find(({ outdir }) => outdir === 'dist/node');
    const { cli, askpass } = shipped?.entryPoints as Readonly<Record<string, string>>;
    await build({ ...shipped, entryPoints: { cli: cli ?? '', askpass: askpass ?? '' }, outdir: dirname(this.program) });
    copyFileSync(join(projectFolder, 'package.json'), this.sandbox.path('program/package.json'));
    await makeSample(this.sandbox.path('sample'));
  }

  close(): void {
    this.leave();
    this.sandbox.remove();
  }

  /** A folder with an `apis.json`, and with the sample repository beside or in it. */
  folder(name: string, files: Readonly<Record<string, string | object>>): string {
    const folder = resolve(this.sandbox.folder, name);
    for (const [path, content] of Object.entries(files)) {
      const place = join(folder, path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
    }
    return folder;
  }

  /** A clone of the sample, as CI has one. */
  clone(name: string): string {
    this.sandbox.git(this.sandbox.folder, 'clone', '--quiet', this.repository, name);
    return this.sandbox.path(name);
  }

  /** A folder that an editor connected the sample's Payments to, in `repo`. */
  async connected(name: string): Promise<string> {
    const editor = this.editor(name);
    await editor.start();
    await editor.run('connect');
    editor.close();
    return join(this.sandbox.path(name), 'work');
  }

  editor(name: string): Window {
    const wanted = { name: 'Payments', rootFile: 'apis/payments/openapi.yaml' };
    mkdirSync(this.sandbox.path(name, 'work'), { recursive: true });
    return new Window(this.sandbox.path(name), this.repository, undefined, wanted);
  }

  get repository(): string {
    return this.sandbox.path('sample/acme-apis.git');
  }

  /** Somebody else's commit on `main` of the sample. */
  teammatePushes(path: string, content: string): void {
    const clone = mkdtempSync(this.sandbox.path('teammate-'));
    this.sandbox.git(this.sandbox.folder, 'clone', '--quiet', this.repository, clone);
    writeFileSync(join(clone, path), content);
    this.sandbox.git(clone, 'commit', '--quiet', '--all', '-m', 'Theirs');
    this.sandbox.git(clone, 'push', '--quiet');
  }

  textAtHead(path: string): string {
    return this.sandbox.git(this.repository, 'show', `main:${path}`);
  }

  run(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    return this.start(cwd, args, env).ended;
  }

  start(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
    const child = spawn(process.execPath, [this.program, ...args], {
      cwd,
      env: { ...this.sandbox.commandEnvironment, XDG_CACHE_HOME: this.sandbox.path('cache'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    const waiting: (() => void)[] = [];
    const heard = (): void => waiting.forEach((each) => each());
    child.stdout.setEncoding('utf8').on('data', (text: string) => ((out += text), heard()));
    child.stderr.setEncoding('utf8').on('data', (text: string) => ((err += text), heard()));
    const ended = new Promise<Run>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, out, err }));
    });
    const said = (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (`${out}${err}`.includes(text)) resolve();
        };
        waiting.push(look);
        look();
        ended.then((run) => reject(new Error(`ended without saying ${text}: ${JSON.stringify(run)}`)), reject);
      });
    return { ended, said, interrupt: () => void child.kill('SIGINT') };
  }

  read(folder: string, path: string): string {
    return readFileSync(join(folder, path), 'utf8');
  }

  write(folder: string, path: string, text: string): void {
    writeFileSync(join(folder, path), text);
  }
}
