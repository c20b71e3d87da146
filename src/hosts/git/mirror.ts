import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { GitAddress } from './address.ts';
import type { GitProgram } from './gitProgram.ts';
import type { GitRequest, GitResult } from './gitProcess.ts';
import { remoteName } from './remoteName.ts';
import { Turns } from './turns.ts';

/** How a mirror's Git is run: the rest of the request is the mirror's. */
export type MirrorRequest = Omit<GitRequest, 'cwd'>;

/** Nothing tidies up in the background, and the person's own program asks nobody where ours may not. */
const mirrorSettings = ['gc.auto=0', 'maintenance.auto=false', 'core.filesRefLockTimeout=10000', 'core.askPass='];

/**
 * A bare partial copy of one repository, in two Git directories over the same objects. `fetch.git` knows that what is
 * missing can be fetched, which Git needs in order to accept a partial fetch. `view.git` does not, so that reading a
 * missing object says "missing", instead of fetching it alone behind our back.
 */
export class Mirror {
  /** Work that changes the mirror, or talks to its remote, takes turns. */
  readonly turns = new Turns();
  readonly remote = remoteName;

  constructor(
    private readonly git: GitProgram,
    readonly address: GitAddress,
    readonly folder: string,
  ) {}

  /** Runs Git where a missing object is an error. */
  view(request: MirrorRequest): Promise<GitResult> {
    return this.git.run(this.#viewRequest(request));
  }

  /** As {@link view}, but a cancelled run gives its result. */
  attemptView(request: MirrorRequest): Promise<GitResult> {
    return this.git.attempt(this.#viewRequest(request));
  }

  /** Runs Git where objects may be missing for now: for fetching only. */
  fetching(request: MirrorRequest): Promise<GitResult> {
    return this.git.run({ ...request, args: this.#args('fetch.git', request.args), cwd: this.folder });
  }

  /** A file for one operation's private index. */
  temporaryIndex(): string {
    return join(this.folder, `index-${randomUUID()}`);
  }

  #viewRequest(request: MirrorRequest): GitRequest {
    const env = { GIT_OBJECT_DIRECTORY: join(this.#directory('fetch.git'), 'objects'), ...request.env };
    return { ...request, env, args: this.#args('view.git', request.args), cwd: this.folder };
  }

  #args(directory: string, args: readonly string[]): readonly string[] {
    // A folder that never exists: Windows has no /dev/null to look for hooks in.
    const hooks = `core.hooksPath=${join(this.folder, 'no-hooks')}`;
    const settings = [hooks, ...mirrorSettings].flatMap((setting) => ['-c', setting]);
    return [`--git-dir=${this.#directory(directory)}`, ...settings, ...args];
  }

  #directory(name: string): string {
    return join(this.folder, name);
  }
}
