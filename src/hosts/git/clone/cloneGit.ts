import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../../../core/errors.ts';
import type { GitProgram } from '../gitProgram.ts';
import type { GitRequest, GitResult } from '../gitProcess.ts';
import { failureFrom } from '../failures.ts';
import { exists } from './exists.ts';
import { ownWords } from './ownWords.ts';

/** What a run in the clone is made of; the folder is the clone's. */
export type CloneRequest = Omit<GitRequest, 'cwd'>;

/** Where a clone's parts are; absolute paths. */
export interface ClonePlace {
  readonly root: string;
  /** Of this working tree: HEAD and index are here. */
  readonly gitFolder: string;
  /** Of all working trees: objects and branches are here. */
  readonly commonFolder: string;
}

/** Milliseconds between looks at a lock, and how many looks. */
const lockPause = 100;
const lockLooks = 150;

/** The configuration is the person's; paths are names, not patterns, and nothing is coloured. */
const always = ['--literal-pathspecs', '-c', 'core.quotePath=false', '-c', 'color.ui=false'];

/** What our own mirrors are kept from, a person's clone may: which protocols, whose replacements. */
const personal: NodeJS.ProcessEnv = {
  GIT_ALLOW_PROTOCOL: undefined,
  GIT_PROTOCOL_FROM_USER: undefined,
  GIT_NO_REPLACE_OBJECTS: undefined,
};

/** Runs the person's Git in their clone. */
export class CloneGit {
  constructor(
    private readonly git: GitProgram,
    readonly place: ClonePlace,
    /** For messages. */
    readonly name: string,
  ) {}

  /** Takes no lock: Git must not even write down what it saw on the way. Gives the bare result. */
  look(request: CloneRequest): Promise<GitResult> {
    return this.git.run(this.#request(request, ['--no-optional-locks']));
  }

  /** Output of a look. @throws Failure when Git ends with an error. */
  async read(args: readonly string[], signal: AbortSignal, more: Partial<CloneRequest> = {}): Promise<Buffer> {
    const { code, stdout, stderr } = await this.look({ ...more, args, signal });
    if (code !== 0) throw failureFrom(stderr, { repository: this.name });
    return stdout;
  }

  /** As {@link read}, as one line; `undefined` when Git ends with an error. */
  async line(args: readonly string[], signal: AbortSignal): Promise<string | undefined> {
    const { code, stdout } = await this.look({ args, signal });
    return code === 0 ? stdout.toString().replace(/\n$/, '') : undefined;
  }

  /** As {@link change}, for what talks to a remote: a cancelled run gives its result, for it may have taken effect. */
  attempt(request: CloneRequest): Promise<GitResult> {
    return this.git.attempt(this.#request(request, []));
  }

  /**
   * Changes the clone; gives the bare result. While somebody else holds a lock it waits, and then begins again: Git
   * takes its locks before it changes anything.
   * @throws Failure `busy` when the lock stays.
   */
  async change(request: CloneRequest): Promise<GitResult> {
    for (;;) {
      const result = await this.attempt(request);
      if (result.aborted) throw new Failure('cancelled');
      const lock = result.code === 0 ? undefined : lockIn(result.stderr);
      if (lock === undefined) return result;
      await this.#wait(lock, result.stderr, request.signal);
    }
  }

  async #wait(lock: string, stderr: string, signal: AbortSignal): Promise<void> {
    for (let looks = 0; looks < lockLooks; looks++) {
      await pause(lockPause);
      if (signal.aborted) throw new Failure('cancelled');
      if (!(await exists(lock))) return;
    }
    throw new Failure('busy', { repository: this.name, detail: ownWords(stderr) });
  }

  #request({ args, env, ...request }: CloneRequest, first: readonly string[]): GitRequest {
    return { ...request, cwd: this.place.root, args: [...first, ...always, ...args], env: { ...env, ...personal } };
  }
}

function lockIn(stderr: string): string | undefined {
  return /Unable to create '(.*\.lock)': File exists/.exec(stderr)?.[1];
}
