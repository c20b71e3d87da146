import { createHash } from 'node:crypto';
import { Failure } from '../../core/errors.ts';
import { asCommitId, type BlobId, type CommitId } from '../../core/model/ids.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { Conversation, type Answers } from './conversation.ts';
import type { GitResult } from './gitProcess.ts';
import { cleanMirror } from './leftovers.ts';
import type { Mirror } from './mirror.ts';
import { branchRef } from './refName.ts';
import { remoteName } from './remoteName.ts';

/** A branch as the remote has it, and which one HEAD names. */
export interface RemoteBranches {
  readonly heads: ReadonlyMap<string, CommitId>;
  readonly defaultBranch: string | undefined;
}

const filter = '--filter=blob:none';
/** The person's configuration must not add to what we fetch. */
const fetchArgs = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-prune',
  '--no-prune-tags',
  '--no-write-fetch-head',
  '--recurse-submodules=no',
];
const refNotFound = /couldn't find remote ref/i;
const refBusy = /cannot lock ref|Unable to create '.*\.lock'/;

/** Everything that talks to a mirror's remote. One call at a time per mirror. */
export class Remote {
  constructor(
    private readonly mirror: Mirror,
    private readonly answers: Answers,
  ) {}

  /** Two requests. */
  branches(call: CallContext): Promise<RemoteBranches> {
    return this.#talk(call, async (git) => {
      const result = await git.view(['ls-remote', '--symref', remoteName, 'HEAD', 'refs/heads/*']);
      if (result.code !== 0) throw await git.failure(result);
      return parseBranches(result.stdout.toString());
    });
  }

  /**
   * The branch's head with all history and trees: two requests when nothing is new, three when something is.
   * `undefined` when the branch does not exist.
   */
  head(branch: string, call: CallContext): Promise<CommitId | undefined> {
    const known = `refs/known/${createHash('sha1').update(branch).digest('hex')}`;
    return this.#talk(call, async (git) => {
      const args = [...fetchArgs, filter, remoteName, `+${branchRef(branch)}:${known}`];
      let result = await git.fetch(args);
      // Another window was at the same branch, or was killed there.
      if (result.code !== 0 && refBusy.test(result.stderr)) {
        await cleanMirror(this.mirror.folder);
        result = await git.fetch(args);
      }
      if (result.code !== 0 && refNotFound.test(result.stderr)) return undefined;
      if (result.code !== 0) throw await git.failure(result, branch);
      const read = await this.mirror.fetching({ args: ['rev-parse', '--verify', known], signal: call.signal });
      return asCommitId(read.stdout.toString().trim());
    });
  }

  /** A commit that is not here yet, with its history and trees: two requests. */
  async fetchCommit(commit: CommitId, call: CallContext): Promise<void> {
    await this.#talk(call, async (git) => {
      const result = await git.fetch([...fetchArgs, filter, remoteName, `+${commit}:refs/known/${commit}`]);
      if (result.code !== 0) throw await git.failure(result);
    });
  }

  /**
   * Exactly these blobs: two requests, whatever their number. A server that gives no single objects (before protocol
   * v2) is asked for everything.
   */
  async fetchBlobs(ids: readonly BlobId[], call: CallContext): Promise<void> {
    await this.#talk(call, async (git) => {
      // Nothing is said about what we have: a server may leave out what such commits contain, and it takes requests.
      const exact = ['-c', 'fetch.negotiationAlgorithm=noop', ...fetchArgs, filter, '--stdin', remoteName];
      const result = await git.fetch(exact, `${ids.join('\n')}\n`);
      if (result.code === 0) return;
      if (!/not our ref|unadvertised object/.test(result.stderr)) throw await git.failure(result);
      const everything = [...fetchArgs, '--no-filter', '--refetch', remoteName, '+refs/heads/*:refs/known/heads/*'];
      const refetched = await git.fetch(everything);
      if (refetched.code !== 0) throw await git.failure(refetched);
    });
  }

  /** Runs a push, in the view: what a push sends is here, so nothing is ever fetched for it. Gives the bare result. */
  push(args: readonly string[], call: CallContext): Promise<GitResult> {
    return this.#talk(call, async (git) => {
      const settings = ['-c', 'push.gpgSign=false', '-c', `http.postBuffer=${16 * 1024 * 1024}`];
      const result = await git.push([...settings, ...args]);
      if (!/Host key verification failed/.test(result.stderr) || result.aborted) return result;
      throw await git.failure(result);
    });
  }

  #talk<T>(call: CallContext, work: (git: Conversation) => Promise<T>): Promise<T> {
    return this.mirror.turns.run(() => Conversation.hold(this.mirror, this.answers, call, work), call.signal);
  }
}

/** Reads `git ls-remote --symref`. */
export function parseBranches(listing: string): RemoteBranches {
  const heads = new Map<string, CommitId>();
  let defaultBranch: string | undefined;
  for (const line of listing.split('\n')) {
    const [value = '', ref = ''] = line.split('\t');
    if (ref === 'HEAD' && value.startsWith('ref: refs/heads/')) defaultBranch = value.slice('ref: refs/heads/'.length);
    if (!ref.startsWith('refs/heads/')) continue;
    if (value.length === 64) throw new Failure('unsupportedRepository', { detail: 'SHA-256 object ids' });
    heads.set(ref.slice('refs/heads/'.length), asCommitId(value));
  }
  return { heads, defaultBranch };
}
