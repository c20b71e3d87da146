import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../core/errors.ts';
import { asCommitId, type CommitId } from '../../../core/model/ids.ts';
import { branchRef } from '../refName.ts';
import type { CloneGit } from './cloneGit.ts';
import { exists } from './exists.ts';

/** A branch of the clone's remote, and where the clone keeps what it fetched of it. */
export interface Upstream {
  readonly branch: string;
  /** `refs/remotes/origin/main` */
  readonly tracking: string;
  /** The branch is configured to follow it. */
  readonly configured: boolean;
}

/** Where the clone stands. */
export interface Standpoint {
  readonly branch: string;
  /** Absent: the branch has no commit yet. */
  readonly head?: CommitId;
  readonly upstream: Upstream;
  /** The upstream, as last fetched. */
  readonly fetched?: CommitId;
  /** What is being merged: HEAD's next commit has it. */
  readonly merging?: CommitId;
}

/** What Git leaves in its folder while it is in the middle of something. */
const underway: readonly (readonly [file: string, name: string])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply/applying', 'git am'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['BISECT_LOG', 'bisect'],
];

/** Where a rebase keeps the branch that will get its commits. */
const rebased = ['rebase-merge/head-name', 'rebase-apply/head-name'];

/** Reads HEAD, branches and their upstreams. */
export class CloneHeads {
  constructor(
    private readonly git: CloneGit,
    readonly remote: string,
  ) {}

  /** @throws Failure `gitUnderway`, `detachedHead`. */
  async refuseUnready(signal: AbortSignal): Promise<void> {
    const detail = await this.underway();
    if (detail !== undefined) throw new Failure('gitUnderway', { repository: this.git.name, detail });
    await this.here(signal);
  }

  /** What Git is in the middle of. */
  async underway(): Promise<string | undefined> {
    for (const [file, name] of underway) if (await exists(join(this.git.place.gitFolder, file))) return name;
    return undefined;
  }

  /** In a rebase, the branch is the one that is rebased. @throws Failure `detachedHead`, `gitUnderway`. */
  async here(signal: AbortSignal): Promise<Standpoint> {
    const ref = (await this.git.line(['symbolic-ref', '--quiet', 'HEAD'], signal)) ?? (await this.#rebasedRef());
    if (ref === undefined) throw await this.#detached(signal);
    const branch = ref.replace(/^refs\/heads\//, '');
    const upstream = await this.upstreamOf(branch, signal);
    const [head, fetched] = [await this.commitAt('HEAD', signal), await this.commitAt(upstream.tracking, signal)];
    const isMerging = await exists(join(this.git.place.gitFolder, 'MERGE_HEAD'));
    const merging = isMerging ? await this.commitAt('MERGE_HEAD', signal) : undefined;
    return { branch, upstream, ...(head && { head }), ...(fetched && { fetched }), ...(merging && { merging }) };
  }

  /** What the branch follows on the remote; else the branch of the same name there. */
  async upstreamOf(branch: string, signal: AbortSignal): Promise<Upstream> {
    const format = '--format=%(upstream)%00%(upstream:remotename)%00%(upstream:remoteref)';
    const line = await this.git.line(['for-each-ref', format, branchRef(branch)], signal);
    const [tracking = '', remote, ref = ''] = (line ?? '').split('\0');
    if (remote === this.remote && tracking !== '' && ref.startsWith('refs/heads/')) {
      return { branch: ref.slice('refs/heads/'.length), tracking, configured: true };
    }
    return { branch, tracking: `refs/remotes/${this.remote}/${branch}`, configured: false };
  }

  async commitAt(revision: string, signal: AbortSignal): Promise<CommitId | undefined> {
    const id = await this.git.line(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], signal);
    return id === undefined ? undefined : asCommitId(id);
  }

  /**
   * The commit that both sides last had in common, one of them being what a merge of several would be; `undefined`:
   * none. @throws Failure `historyMissing` where a shallow clone may only not have it.
   */
  async mergeBase(one: CommitId, merge: readonly CommitId[], signal: AbortSignal): Promise<CommitId | undefined> {
    const base = await this.git.line(['merge-base', one, ...merge], signal);
    if (base !== undefined) return asCommitId(base);
    const isShallow = (await this.git.line(['rev-parse', '--is-shallow-repository'], signal)) === 'true';
    if (isShallow) throw new Failure('historyMissing', { repository: this.git.name });
    return undefined;
  }

  async #rebasedRef(): Promise<string | undefined> {
    for (const name of rebased) {
      const file = join(this.git.place.gitFolder, name);
      const ref = (await exists(file)) ? (await readFile(file, 'utf8')).trim() : '';
      if (ref.startsWith('refs/heads/')) return ref;
    }
    return undefined;
  }

  async #detached(signal: AbortSignal): Promise<Failure> {
    const repository = this.git.name;
    const detail = await this.underway();
    if (detail !== undefined && detail !== 'bisect') return new Failure('gitUnderway', { repository, detail });
    const commit = await this.git.line(['rev-parse', '--short', 'HEAD'], signal);
    return new Failure('detachedHead', { repository, ...(commit === undefined ? {} : { detail: commit }) });
  }
}
