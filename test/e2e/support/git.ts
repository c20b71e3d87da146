import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What Git says: end-to-end tests ask it, not the extension. */
export async function git(repository: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', repository, ...args], { maxBuffer: 64 * 1024 * 1024 });
  return stdout.trimEnd();
}

/** The bytes of a file of a commit. */
export async function gitShow(repository: string, commit: string, file: string): Promise<Buffer> {
  const args = ['-C', repository, 'cat-file', 'blob', `${commit}:${file}`];
  const { stdout } = await run('git', args, { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** Commits as another person does: in a clone of their own, pushed to `branch`. */
export async function commitAsTeammate(
  clone: string,
  repository: string,
  branch: string,
  message: string,
  edit: (clone: string) => Promise<void>,
): Promise<string> {
  await run('git', ['clone', '--quiet', '--branch', branch, repository, clone]);
  await edit(clone);
  await git(clone, 'add', '--all');
  const who = ['-c', 'user.name=Barbara Liskov', '-c', 'user.email=barbara@acme.example', '-c', 'commit.gpgSign=false'];
  await git(clone, ...who, 'commit', '--quiet', '-m', message);
  await git(clone, 'push', '--quiet', 'origin', `HEAD:${branch}`);
  return await git(clone, 'rev-parse', 'HEAD');
}

/** A file of a commit; without contents it is deleted. */
export interface CommittedFile {
  readonly path: string;
  readonly content?: string | Uint8Array;
  /** As Git writes it; `100644` unless told. */
  readonly mode?: string;
}

/** A teammate's commit straight into the bare repository: no clone, and no filter touches a byte. */
export async function commitFiles(
  repository: string,
  branch: string,
  message: string,
  files: readonly CommittedFile[],
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'asc-index-'));
  try {
    const env = { ...process.env, ...teammate, GIT_INDEX_FILE: path.join(folder, 'index') };
    const inRepository = async (...args: readonly string[]): Promise<string> =>
      (await run('git', ['-C', repository, ...args], { env })).stdout.trim();
    const parent = await inRepository('rev-parse', `refs/heads/${branch}`);
    await inRepository('read-tree', parent);
    for (const { path: file, content, mode = '100644' } of files) {
      if (content === undefined) await inRepository('rm', '--cached', '--quiet', '--', file);
      else await inRepository('update-index', '--add', '--cacheinfo', mode, await writeBlob(repository, content), file);
    }
    const tree = await inRepository('write-tree');
    const commit = await inRepository('commit-tree', tree, '-p', parent, '-m', message);
    await inRepository('update-ref', `refs/heads/${branch}`, commit, parent);
    return commit;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const teammate = {
  GIT_AUTHOR_NAME: 'Barbara Liskov',
  GIT_AUTHOR_EMAIL: 'barbara@acme.example',
  GIT_COMMITTER_NAME: 'Barbara Liskov',
  GIT_COMMITTER_EMAIL: 'barbara@acme.example',
};

async function writeBlob(repository: string, content: string | Uint8Array): Promise<string> {
  return await gitWith(content, repository, 'hash-object', '-w', '--no-filters', '--stdin');
}

/** Runs Git with `input` as its standard input. */
export async function gitWith(
  input: string | Uint8Array,
  repository: string,
  ...args: readonly string[]
): Promise<string> {
  const running = run('git', ['-C', repository, ...args]);
  running.child.stdin?.end(input);
  return (await running).stdout.trim();
}
