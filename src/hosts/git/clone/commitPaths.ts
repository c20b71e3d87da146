import { randomUUID } from 'node:crypto';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../../core/errors.ts';
import type { CommitId } from '../../../core/model/ids.ts';
import type { RepoPath } from '../../../core/model/repoPath.ts';
import type { GitResult } from '../gitProcess.ts';
import { failureFrom } from '../failures.ts';
import type { CloneGit } from './cloneGit.ts';
import type { CloneHeads } from './cloneHeads.ts';
import { exists } from './exists.ts';
import { ownWords } from './ownWords.ts';

export interface CommitTools {
  readonly git: CloneGit;
  readonly heads: CloneHeads;
}

interface PathsToCommit {
  readonly all: readonly RepoPath[];
  /** Those that Git does not know yet. */
  readonly fresh: readonly RepoPath[];
}

/** `--only` knows tracked paths alone, and keeps whatever else is staged out of the commit and in the index. */
const commitArgs = ['commit', '--quiet', '--only', '--pathspec-from-file=-', '--pathspec-file-nul'];

/**
 * Commits the paths as the working tree has them, with the person's hooks, signature and identity.
 * New files are told to a copy of the index: should a hook refuse, or this process die in it, the real one has never
 * known of them.
 */
export async function commitPaths(
  { git, heads }: CommitTools,
  paths: PathsToCommit,
  message: string,
  signal: AbortSignal,
): Promise<CommitId> {
  const before = await heads.commitAt('HEAD', signal);
  const stamp = randomUUID();
  const messageFile = join(tmpdir(), `asc-message-${stamp}`);
  const index = paths.fresh.length === 0 ? undefined : join(git.place.gitFolder, `index-${stamp}`);
  try {
    await writeFile(messageFile, message, { mode: 0o600, flag: 'wx' });
    const env = index === undefined ? {} : { GIT_INDEX_FILE: index };
    if (index !== undefined) await tellOf(paths.fresh, index, git, signal);
    const args = [...commitArgs, '--file', messageFile];
    const result = await git.change({ args, env, stdin: asList(paths.all), signal });
    const after = await heads.commitAt('HEAD', signal);
    if (after === undefined || after === before) throw refused(result, git);
    if (index !== undefined) await follow(paths.all, git);
    return after;
  } finally {
    await rm(messageFile, { force: true });
    if (index !== undefined) await rm(index, { force: true });
  }
}

async function tellOf(fresh: readonly RepoPath[], index: string, git: CloneGit, signal: AbortSignal): Promise<void> {
  const own = join(git.place.gitFolder, 'index');
  if (await exists(own)) await copyFile(own, index);
  const args = ['add', '--intent-to-add', '--pathspec-from-file=-', '--pathspec-file-nul'];
  const result = await git.change({ args, env: { GIT_INDEX_FILE: index }, stdin: asList(fresh), signal });
  if (result.code !== 0) throw refused(result, git);
}

/** The real index gets what was committed, and keeps everything else. Not to be cancelled: the commit is made. */
async function follow(paths: readonly RepoPath[], git: CloneGit): Promise<void> {
  const args = ['reset', '--quiet', '--pathspec-from-file=-', '--pathspec-file-nul'];
  const { signal } = new AbortController();
  const { code, stderr } = await git.change({ args, stdin: asList(paths), signal });
  if (code !== 0) throw failureFrom(stderr, { repository: git.name });
}

function refused({ stdout, stderr }: GitResult, git: CloneGit): Failure {
  const facts = { repository: git.name, detail: ownWords(stderr, stdout.toString()) };
  const known = failureFrom(stderr, facts);
  return new Failure(known.reason === 'identityMissing' ? known.reason : 'commitRefused', facts);
}

function asList(paths: readonly RepoPath[]): string {
  return paths.join('\0');
}
