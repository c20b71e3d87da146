import { accessSync, chmodSync, constants, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Written } from './written.ts';

/** Stands before Git in the `PATH`, tells with what it was started, and becomes Git. */
const wrapper = (git: string): string => `#!/bin/sh
{ printf '%s\\n' "$@"; echo '${environmentMark}'; export -p; } >> "$PROCESS_RECORD/started/$$"
exec '${git}' "$@"
`;

const environmentMark = 'environment:';

/**
 * Arguments and environment of the programs below whatever is started with `environment`: of each Git as it starts, of
 * what Git starts (which inherits its environment) as Git tells it (Trace2), and of all that runs at the end.
 */
export class ProcessRecord {
  readonly #started: string;
  readonly #ofGit: string;

  /** `folder` is there, and holds nothing else. */
  constructor(readonly folder: string) {
    this.#started = path.join(folder, 'started');
    this.#ofGit = path.join(folder, 'trace.jsonl');
    for (const each of [this.#started, this.#programs]) mkdirSync(each);
    writeFileSync(this.#ofGit, '');
    if (process.platform === 'win32') return;
    const program = path.join(this.#programs, 'git');
    writeFileSync(program, wrapper(programInPath('git')));
    chmodSync(program, 0o755);
  }

  get environment(): Readonly<Record<string, string>> {
    const own = [this.#programs, process.env['PATH'] ?? ''].join(path.delimiter);
    return { PATH: own, PROCESS_RECORD: this.folder };
  }

  /** To be in the configuration of every Git: ours is given no variables that trace. */
  get gitConfig(): string {
    return `[trace2]\n\teventTarget = ${this.#ofGit.replaceAll('\\', '/')}\n`;
  }

  /** Those that have ended, and those that run. */
  read(): readonly Written[] {
    const started = readdirSync(this.#started).flatMap((name) => {
      const [args = '', environment = ''] = readFileSync(path.join(this.#started, name), 'utf8').split(environmentMark);
      return writtenOf('git', args, environment);
    });
    const told = readFileSync(this.#ofGit, 'utf8').split('\n').filter(Boolean).flatMap(startedByGit);
    return [...started, ...told, ...this.#running()];
  }

  get #programs(): string {
    return path.join(this.folder, 'programs');
  }

  /** Linux alone tells the environment of others. */
  #running(): readonly Written[] {
    if (process.platform !== 'linux') return [];
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        const environment = ofProcess(pid, 'environ');
        if (!environment.includes(`PROCESS_RECORD=${this.folder}`)) return [];
        const args = ofProcess(pid, 'cmdline');
        return writtenOf(`running ${path.basename(args.split('\0')[0] ?? '')}`, args, environment);
      });
  }
}

function writtenOf(name: string, args: string, environment: string): readonly Written[] {
  return [
    { where: `arguments of ${name}`, text: args },
    { where: `environment of ${name}`, text: environment },
  ];
}

/** Git tells of itself (`start`) and of what it starts (`child_start`): helpers, hooks, ssh. */
function startedByGit(line: string): readonly Written[] {
  const { event, argv = [] } = JSON.parse(line) as { readonly event: string; readonly argv?: readonly string[] };
  if (event !== 'start' && event !== 'child_start') return [];
  return [{ where: `arguments that Git tells of ${path.basename(argv[0] ?? '')}`, text: argv.join('\n') }];
}

/** Empty: it has ended meanwhile, or is somebody else's. */
function ofProcess(pid: string, what: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'latin1');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}

function programInPath(name: string): string {
  const files = (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, name));
  const found = files.find((file) => isExecutable(file));
  if (found === undefined) throw new Error(`There is no ${name} in the PATH`);
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
