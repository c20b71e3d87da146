import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { GitSandbox } from '../../forge/git/gitCommand.ts';
import { GitRepository, type GitEdits } from '../../forge/git/gitRepository.ts';
import { root } from '../definitions.ts';
import { Window, type Operation } from './window.ts';
import { readText } from './windowFiles.ts';

/** What is in a folder, or in a commit: path → text. */
export type Texts = ReadonlyMap<string, string>;

/** How a process ended, and which calls of ports came back before. */
export interface Ended {
  readonly calls: readonly string[];
  readonly wasKilled: boolean;
  /** Milliseconds from the operation's beginning. */
  readonly span: number;
  readonly errors: string;
}

/** A file of nine lines, whose first and last are far enough from each other to be merged. */
export function text(first: string, last: string): string {
  const middle = Array.from({ length: 7 }, (_, line) => `l${String(line)}: same\n`).join('');
  return `first: ${first}\n${middle}last: ${last}\n`;
}

const parts = ['remotes', 'place'];

/** One person's folder and one repository, which can be put back as they were before an operation. */
export class KillWorld {
  private readonly sandbox = new GitSandbox();
  private readonly leave = this.sandbox.enter();
  readonly repository = GitRepository.make(this.sandbox, 'payments');

  async open(): Promise<void> {
    await build({
      entryPoints: ['child.ts', 'worker.ts'].map((name) => fileURLToPath(new URL(name, import.meta.url))),
      outdir: this.sandbox.path('programs'),
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      logLevel: 'error',
      banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
    });
  }

  close(): void {
    this.leave();
    this.sandbox.remove();
  }

  window(): Window {
    return new Window(this.place, this.repository.url);
  }

  /** Makes the moment just before `operation`, to come back to with {@link restore}. */
  async prepare(operation: Operation): Promise<void> {
    for (const part of parts) rmSync(this.sandbox.path(part), { recursive: true, force: true });
    GitRepository.make(this.sandbox, 'payments');
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, 'notes.txt'), 'mine-notes\n');
    const files = ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'];
    const shared = Object.fromEntries(files.map((name) => [name, text('start', 'start')]));
    const main = this.repository.push('main', { 'openapi.yaml': root(...files), ...shared });
    this.repository.push('develop', incoming, 'Development', main);
    if (operation !== 'connect') await this.connect();
    if (operation === 'pull') this.repository.push('main', incoming);
    for (const [path, content] of Object.entries(edits[operation])) this.edit(path, content);
    for (const part of parts) this.copy(part, join(operation, part));
  }

  restore(operation: Operation): void {
    for (const part of parts) this.copy(join(operation, part), part);
  }

  /** Runs the operation in a process that ends itself after so many calls, or is ended from outside. */
  run(operation: Operation, { after = 0, within }: { after?: number; within?: number } = {}): Promise<Ended> {
    return this.start('child.mjs', [operation, String(after)], within);
  }

  /** Lets a process write to the file and push and pull it so often; answers what it said of errors. */
  async work(name: string, file: string, count: number): Promise<string> {
    return (await this.start('worker.mjs', [name, file, String(count)])).errors;
  }

  private start(program: string, own: readonly string[], within?: number): Promise<Ended> {
    const args = [this.sandbox.path('programs', program), this.place, this.repository.url, ...own];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', errors: '', at: 0 };
    child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.errors += chunk.toString()));
    child.stdout.once('data', () => {
      said.at = Date.now();
      if (within !== undefined) setTimeout(() => child.kill('SIGKILL'), within);
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (_code, signal) => {
        const calls = said.out.split('\n').filter((line) => line !== '' && line !== 'started');
        resolve({ calls, wasKilled: signal === 'SIGKILL', errors: said.errors, span: Date.now() - said.at });
      });
    });
  }

  edit(path: string, content: string | null): void {
    if (content === null) rmSync(join(this.folder, path));
    else writeFileSync(join(this.folder, path), content);
  }

  /** A person adds a line to a file, or begins it with one; answers what they wrote. */
  append(path: string): string {
    const content = `${this.folderTexts().get(path) ?? ''}more: meanwhile\n`;
    this.edit(path, content);
    return content;
  }

  /** What a person sees in the folder. */
  folderTexts(): Texts {
    const names = readdirSync(this.folder).filter((name) => name !== '.api-source-control');
    return new Map(names.sort().map((name) => [name, readFileSync(join(this.folder, name), 'utf8')]));
  }

  /** What Git has on the branch. */
  branchTexts(branch: string): Texts {
    const head = this.repository.head(branch) ?? '';
    const names = [...this.repository.entries(head).keys()];
    return new Map(names.map((name) => [name, Buffer.from(this.repository.show(head, name)).toString()]));
  }

  /** Our own folder as anybody can read it. */
  own(name: string): string | undefined {
    return readText(join(this.folder, '.api-source-control', name));
  }

  get apisFile(): string {
    return readText(join(this.place, 'work', '.vscode', 'apis.json')) ?? '';
  }

  private async connect(): Promise<void> {
    const window = this.window();
    await window.start();
    await window.run('connect');
    window.close();
    assert.ok(existsSync(join(this.folder, 'a.yaml')));
  }

  private copy(from: string, to: string): void {
    rmSync(this.sandbox.path(to), { recursive: true, force: true });
    cpSync(this.sandbox.path(from), this.sandbox.path(to), { recursive: true, preserveTimestamps: true });
  }

  private get place(): string {
    return this.sandbox.path('place');
  }

  private get folder(): string {
    return join(this.place, 'work', 'repo');
  }
}

/** What teammates did: on `main` before a pull, on `develop` for a switch. */
const incoming: GitEdits = {
  'openapi.yaml': root('a.yaml', 'b.yaml', 'd.yaml', 'e.yaml'),
  'a.yaml': text('theirs-a', 'start'),
  'b.yaml': text('theirs-b', 'start'),
  'c.yaml': null,
  'e.yaml': text('theirs-e', 'start'),
};

/** What the person has changed when the operation begins. */
const edits: Readonly<Record<Operation, Readonly<Record<string, string | null>>>> = {
  connect: {},
  pull: { 'b.yaml': text('start', 'mine-b') },
  push: {
    'openapi.yaml': root('a.yaml', 'b.yaml', 'd.yaml', 'f.yaml'),
    'a.yaml': text('start', 'mine-a'),
    'c.yaml': null,
    'f.yaml': text('mine-f', 'start'),
  },
  switch: { 'd.yaml': text('start', 'mine-d') },
  disconnect: { 'a.yaml': text('start', 'mine-a') },
};
