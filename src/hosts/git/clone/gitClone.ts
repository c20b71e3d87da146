import { join } from 'node:path';
import { Failure } from '../../../core/errors.ts';
import { isObjectId, type BlobId, type CommitId } from '../../../core/model/ids.ts';
import type { RepoPath } from '../../../core/model/repoPath.ts';
import { sameVersion, type FileVersion } from '../../../core/model/snapshot.ts';
import type { UnmergedFiles } from '../../../core/model/unmergedFile.ts';
import type { CheckoutStorage } from '../../../ports/checkoutStorage.ts';
import type { CallContext, RepositoryHost } from '../../../ports/repositoryHost.ts';
import type { WorkingCopy } from '../../../ports/workingCopy.ts';
import type { CloneMerge, CommitTitle, WorkspaceClone } from '../../../ports/workspaceClone.ts';
import { failureFrom } from '../failures.ts';
import type { GitResult } from '../gitProcess.ts';
import type { Objects } from '../objects.ts';
import { branchRef } from '../refName.ts';
import type { CloneFilters } from './cloneFilters.ts';
import type { CloneGit } from './cloneGit.ts';
import type { CloneHeads } from './cloneHeads.ts';
import { CloneIndex } from './cloneIndex.ts';
import type { CloneRemote } from './cloneRemote.ts';
import { commitPaths } from './commitPaths.ts';
import { exists } from './exists.ts';
import { addMerged, takeSide } from './mergePaths.ts';
import { ownWords } from './ownWords.ts';
import { minesSide, readUnmerged } from './unmergedIndex.ts';

/** What a clone is made of. */
export interface CloneParts {
  readonly git: CloneGit;
  readonly heads: CloneHeads;
  readonly remote: CloneRemote;
  readonly objects: Objects;
  readonly host: RepositoryHost;
  readonly storage: CheckoutStorage;
  /** The same folder, byte for byte. */
  readonly disk: WorkingCopy;
  readonly filters: CloneFilters;
}

/** Uncommitted or untracked files are in the way, or a clean working tree is needed. Git has changed nothing. */
const inTheWay =
  /would be overwritten by|commit your changes or stash|would lose untracked|You have unstaged changes|index contains uncommitted changes|Updating the following directories would lose/i;

/** A person's clone, worked on with the person's Git. */
export class GitClone implements WorkspaceClone {
  readonly host: RepositoryHost;
  readonly storage: CheckoutStorage;

  constructor(private readonly parts: CloneParts) {
    this.host = parts.host;
    this.storage = parts.storage;
  }

  async refuseUnready(): Promise<void> {
    const { git, heads } = this.parts;
    const { signal } = new AbortController();
    const paths = [...(await this.unmerged(signal)).keys()];
    if (paths.length === 0) return heads.refuseUnready(signal);
    const detail = await heads.underway();
    throw new Failure('unmergedFiles', { repository: git.name, paths, ...(detail === undefined ? {} : { detail }) });
  }

  withDrivers(
    contents: ReadonlyMap<RepoPath, Uint8Array>,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    return this.parts.filters.withDrivers(contents, signal);
  }

  async unmerged(signal: AbortSignal): Promise<UnmergedFiles> {
    const { git, heads } = this.parts;
    return readUnmerged(git, minesSide(await heads.underway()), signal);
  }

  async blob(id: BlobId, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const { objects } = this.parts;
    return (await objects.contents(await objects.sizes([id], signal), signal)).get(id);
  }

  async takeSide(
    files: UnmergedFiles,
    side: 'mine' | 'theirs',
    call: CallContext,
  ): Promise<(call: CallContext) => Promise<void>> {
    const mine = minesSide(await this.parts.heads.underway());
    const other = mine === 'ours' ? 'theirs' : 'ours';
    const has = (path: RepoPath): boolean => files.get(path)?.[side] !== undefined;
    return takeSide(this.parts, files, { side: side === 'mine' ? mine : other, has }, call);
  }

  addMerged(paths: readonly RepoPath[], signal: AbortSignal): Promise<void> {
    return addMerged(this.parts.git, paths, signal);
  }

  async leftOut(paths: readonly RepoPath[], signal: AbortSignal): Promise<readonly RepoPath[]> {
    const entries = await new CloneIndex(this.parts.git).entries(paths, signal);
    const out = paths.filter((path) => entries.get(path)?.leftOut === true);
    const there = await Promise.all(out.map((path) => exists(join(this.parts.git.place.root, path))));
    return out.filter((_, index) => !there[index]);
  }

  async uncommitted(paths: readonly RepoPath[], signal: AbortSignal): Promise<readonly RepoPath[]> {
    const { heads, objects, storage } = this.parts;
    const head = await heads.commitAt('HEAD', signal);
    const tree = head === undefined ? undefined : await objects.tree(head, signal);
    const here = await storage.files.snapshot(paths, signal);
    const committed = (path: RepoPath): FileVersion | undefined => {
      const entry = tree?.get(path);
      const isFile = entry?.kind === 'regular' || entry?.kind === 'executable';
      return isFile && entry.id !== undefined ? { id: entry.id, mode: entry.kind } : undefined;
    };
    return paths.filter((path) => !sameVersion(here.get(path), committed(path)));
  }

  async fetched(branch: string, signal: AbortSignal): Promise<CommitId | undefined> {
    const { heads } = this.parts;
    return heads.commitAt((await heads.upstreamOf(branch, signal)).tracking, signal);
  }

  async unpushed(signal: AbortSignal): Promise<readonly CommitTitle[]> {
    const { git, heads } = this.parts;
    const { head, fetched } = await heads.here(signal);
    if (head === undefined) return [];
    const known = fetched === undefined ? [`--remotes=${heads.remote}`] : [fetched];
    const args = ['log', '-z', '--no-show-signature', '--format=%H%s', head, '--not', ...known, '--'];
    const records = (await git.read(args, signal)).toString().split('\0');
    return records
      .filter((record) => isObjectId(record.slice(0, 40)))
      .map((record) => ({ id: record.slice(0, 40) as CommitId, subject: record.slice(40) }));
  }

  async commit(paths: readonly RepoPath[], message: string, { signal }: CallContext): Promise<CommitId> {
    const { git, heads, objects, storage } = this.parts;
    const head = await heads.commitAt('HEAD', signal);
    const tracked = await new CloneIndex(git).entries(paths, signal);
    const committed = head === undefined ? undefined : await objects.tree(head, signal);
    const unknown = paths.filter((path) => !tracked.has(path) && committed?.has(path) !== true);
    const fresh = [...(await storage.files.snapshot(unknown, signal)).keys()];
    return commitPaths(this.parts, { all: paths, fresh }, message, signal);
  }

  async push(call: CallContext): Promise<void> {
    const { branch, upstream } = await this.parts.heads.here(call.signal);
    await this.parts.remote.push(branch, upstream, call);
  }

  async merge(signal: AbortSignal): Promise<CloneMerge | undefined> {
    const { git, heads, objects } = this.parts;
    const { head, fetched } = await heads.here(signal);
    if (fetched === undefined || head === fetched) return undefined;
    if (head === undefined) return { paths: [...(await objects.tree(fetched, signal)).keys()], conflicts: [] };
    const base = await heads.mergeBase(head, [fetched], signal);
    if (base === fetched) return undefined;
    if (base === head) return { paths: await this.#between(head, fetched, signal), conflicts: [] };
    const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', '--allow-unrelated-histories'];
    const result = await git.look({ args: [...args, head, fetched], signal });
    if (result.code > 1) throw failureFrom(result.stderr, { repository: git.name });
    const [tree = '', ...conflicts] = result.stdout.toString().replace(/\0$/, '').split('\0');
    return { paths: await this.#between(head, tree, signal), conflicts: conflicts as RepoPath[] };
  }

  async pull({ signal }: CallContext): Promise<'done' | 'stopped'> {
    const { git, heads } = this.parts;
    const { upstream } = await heads.here(signal);
    const chosen = await this.#isReconciliationChosen(signal);
    const args = ['pull', '--no-edit', ...(chosen ? [] : ['--no-rebase']), '.'];
    const name = upstream.tracking.replace(/^refs\/remotes\//, '');
    const result = await git.change({ args: [...args, name], env: { GIT_EDITOR: ':' }, signal });
    if (result.code === 0) return 'done';
    if ((await heads.underway()) !== undefined) return 'stopped';
    throw this.#refusal(result);
  }

  async changesTo(branch: string, call: CallContext): Promise<readonly RepoPath[] | undefined> {
    const { heads, objects } = this.parts;
    const target = (await heads.commitAt(branchRef(branch), call.signal)) ?? (await this.#fetched(branch, call));
    if (target === undefined) return undefined;
    const head = await heads.commitAt('HEAD', call.signal);
    if (head === undefined) return [...(await objects.tree(target, call.signal)).keys()];
    return this.#between(head, target, call.signal);
  }

  async switchTo(branch: string, call: CallContext): Promise<void> {
    const { heads } = this.parts;
    const isHere = (await heads.commitAt(branchRef(branch), call.signal)) !== undefined;
    await this.#switch(
      isHere ? ['--no-guess', branch] : ['--create', branch, '--track', `${heads.remote}/${branch}`],
      branch,
      call.signal,
    );
  }

  /** From the branch that is worked on: with the commits that are not pushed yet. */
  async createBranch(name: string, from: string, call: CallContext): Promise<void> {
    const { heads } = this.parts;
    branchRef(name);
    const here = await heads.here(call.signal);
    const start =
      from === here.branch ? 'HEAD' : ((await this.#fetched(from, call)) ?? (await this.#local(from, call)));
    if (start === undefined) throw new Failure('branchNotFound', { branch: from, repository: this.parts.git.name });
    await this.#switch(
      ['--create', name, '--no-track', ...(here.head === undefined ? [] : [start])],
      name,
      call.signal,
    );
  }

  async #switch(args: readonly string[], branch: string, signal: AbortSignal): Promise<void> {
    const { git } = this.parts;
    const result = await git.change({ args: ['switch', '--quiet', ...args], signal });
    if (result.code === 0) return;
    const facts = { branch, repository: git.name, detail: ownWords(result.stderr) };
    if (/already (?:checked out|used by worktree)/.test(result.stderr)) throw new Failure('branchInUse', facts);
    if (/a branch named .* already exists/.test(result.stderr)) throw new Failure('branchExists', facts);
    throw this.#refusal(result);
  }

  #refusal({ stdout, stderr }: GitResult): Failure {
    const facts = { repository: this.parts.git.name, detail: ownWords(stderr, stdout.toString()) };
    if (!inTheWay.test(stderr)) return new Failure(failureFrom(stderr, facts).reason, facts);
    const paths = [...stderr.matchAll(/^\t(.+)$/gm)].map(([, path = '']) => path);
    return new Failure('localChanges', paths.length === 0 ? facts : { ...facts, paths });
  }

  async #fetched(branch: string, call: CallContext): Promise<CommitId | undefined> {
    const { heads, remote } = this.parts;
    return remote.fetch(await heads.upstreamOf(branch, call.signal), call);
  }

  #local(branch: string, { signal }: CallContext): Promise<CommitId | undefined> {
    return this.parts.heads.commitAt(branchRef(branch), signal);
  }

  async #between(from: string, to: string, signal: AbortSignal): Promise<readonly RepoPath[]> {
    return (await this.parts.objects.rawChanges(from, to, signal)).map(({ path }) => path);
  }

  /** Newer Gits want to be told how two histories come together; who never said gets a merge. */
  async #isReconciliationChosen(signal: AbortSignal): Promise<boolean> {
    const keys = String.raw`^(pull\.(rebase|ff)|branch\..*\.rebase)$`;
    return (await this.parts.git.line(['config', '--get-regexp', keys], signal)) !== undefined;
  }
}
