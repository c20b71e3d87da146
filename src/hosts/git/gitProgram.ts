import { Failure } from '../../core/errors.ts';
import type { Log } from '../../ports/log.ts';
import { runProcess, type GitRequest, type GitResult } from './gitProcess.ts';

/** Partial fetches of exact objects, and what we read from them, are tested from here on. */
const oldest = [2, 39] as const;

export interface GitProgramOptions {
  /** The setting `git.path`, read at each use; `undefined`: the one on PATH. */
  readonly gitPath: () => string | undefined;
  readonly log: Log;
}

/** The person's `git`, checked once per path for being new enough. */
export class GitProgram {
  #checked: string | undefined;

  constructor(private readonly options: GitProgramOptions) {}

  /**
   * The result whatever the exit code, and whether it was cancelled.
   * @throws Failure `gitMissing`, `gitTooOld`, `tooLarge`, `cancelled` when the signal had fired before the start.
   */
  async attempt(request: GitRequest): Promise<GitResult> {
    const program = this.options.gitPath() || 'git';
    if (this.#checked !== program) {
      await check(program, request);
      this.#checked = program;
    }
    const started = performance.now();
    let outcome = 'failed';
    try {
      const result = await runProcess(program, request);
      outcome = result.aborted ? 'cancelled' : `exit ${result.code}`;
      return result;
    } finally {
      this.#note(request, `${outcome}, ${Math.round(performance.now() - started)} ms`);
    }
  }

  /** As {@link attempt}, but a cancelled run throws Failure `cancelled`. */
  async run(request: GitRequest): Promise<GitResult> {
    const result = await this.attempt(request);
    if (result.aborted) throw new Failure('cancelled');
    return result;
  }

  /** One line per process. Never its arguments, its environment or what it printed. */
  #note({ args, remote }: GitRequest, outcome: string): void {
    const { log } = this.options;
    if (remote === undefined) log.trace(`git ${subcommandOf(args)}: ${outcome}`);
    else log.info(`git ${subcommandOf(args)}, ${remote.name} at ${remote.origin}: ${outcome}`);
  }
}

/** The first word that is neither an option nor the value of `-c`. */
export function subcommandOf(args: readonly string[]): string {
  return args.find((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-c') ?? '';
}

async function check(program: string, { cwd, signal }: GitRequest): Promise<void> {
  const { stdout, aborted } = await runProcess(program, { args: ['version'], cwd, signal });
  if (aborted) throw new Failure('cancelled');
  const [, version, major, minor] = /^git version ((\d+)\.(\d+)\S*)/.exec(stdout.toString()) ?? [];
  if (version === undefined) throw new Failure('gitMissing', { detail: program });
  const isOld = Number(major) < oldest[0] || (Number(major) === oldest[0] && Number(minor) < oldest[1]);
  if (isOld) throw new Failure('gitTooOld', { detail: version });
}
