import { Failure } from '../../../core/errors.ts';
import type { CommitId } from '../../../core/model/ids.ts';
import type { CallContext } from '../../../ports/repositoryHost.ts';
import { Conversation, type Answers, type Speaker } from '../conversation.ts';
import { throwUnlessPushed } from '../push.ts';
import { branchRef } from '../refName.ts';
import { parseBranches, type RemoteBranches } from '../remote.ts';
import { Turns } from '../turns.ts';
import type { CloneGit } from './cloneGit.ts';
import type { CloneHeads, Upstream } from './cloneHeads.ts';
import { ownWords } from './ownWords.ts';

/** What is fetched is the branch that was asked for, and nobody's FETCH_HEAD is replaced. */
const fetchArgs = [
  'fetch',
  '--quiet',
  '--no-auto-maintenance',
  '--no-write-fetch-head',
  '--recurse-submodules=no',
  '--no-prune',
];
const refNotFound = /couldn't find remote ref/i;
const pushArgs = ['push', '--porcelain', '--progress'];

/** Everything that talks to the clone's remote. One call at a time. */
export class CloneRemote {
  readonly #turns = new Turns();
  readonly #speaker: Speaker;

  constructor(
    git: CloneGit,
    private readonly heads: CloneHeads,
    address: Speaker['address'],
    private readonly answers: Answers,
  ) {
    this.#speaker = {
      address,
      remote: heads.remote,
      view: (request) => git.change(request),
      attemptView: (request) => git.attempt(request),
      fetching: (request) => git.change(request),
    };
  }

  /** Fetches the branch to where the clone keeps it; `undefined` when it does not exist. */
  fetch({ branch, tracking }: Upstream, call: CallContext): Promise<CommitId | undefined> {
    return this.#talk(call, async (git) => {
      const result = await git.fetch([...fetchArgs, this.heads.remote, `+${branchRef(branch)}:${tracking}`]);
      if (result.code !== 0 && refNotFound.test(result.stderr)) return undefined;
      if (result.code !== 0) throw await git.failure(result, branch);
      return this.heads.commitAt(tracking, call.signal);
    });
  }

  branches(call: CallContext): Promise<RemoteBranches> {
    return this.#talk(call, async (git) => {
      const result = await git.view(['ls-remote', '--symref', this.heads.remote, 'HEAD', 'refs/heads/*']);
      if (result.code !== 0) throw await git.failure(result);
      return parseBranches(result.stdout.toString());
    });
  }

  /** Never by force: what the remote has is in what is sent, or it refuses. */
  push(from: string, { branch, configured }: Upstream, call: CallContext): Promise<void> {
    return this.#talk(call, async (git) => {
      const follow = configured ? [] : ['--set-upstream'];
      const refs = `${branchRef(from)}:${branchRef(branch)}`;
      const result = await git.push([...pushArgs, ...follow, this.heads.remote, refs]);
      try {
        throwUnlessPushed(result, this.#speaker.address, branch);
      } catch (error) {
        throw inOwnWords(error, result.stderr);
      }
    });
  }

  #talk<T>(call: CallContext, work: (git: Conversation) => Promise<T>): Promise<T> {
    return this.#turns.run(() => Conversation.hold(this.#speaker, this.answers, call, work), call.signal);
  }
}

/** A hook on either side says why in words that no pattern knows. */
function inOwnWords(error: unknown, stderr: string): unknown {
  if (!Failure.is(error) || error.reason === 'cancelled') return error;
  const detail = ownWords(stderr);
  return detail === '' ? error : new Failure(error.reason, { ...error.facts, detail }, { cause: error });
}
