import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { developHistory, mainHistory } from './history.ts';
import type { SampleCommit } from './history.ts';

/** Two APIs in a bare repository, and an empty folder to connect them to. */
export interface Sample {
  /** The bare repository: a path, which Git takes as a remote. */
  readonly repository: string;
  readonly workspace: string;
}

const content = path.join(import.meta.dirname, 'content');
const runGit = promisify(execFile);

/** Makes the sample in `folder`, or returns the one that is there. */
export async function makeSample(folder: string, say?: (line: string) => void): Promise<Sample> {
  const sample: Sample = { repository: path.join(folder, 'acme-apis.git'), workspace: path.join(folder, 'workspace') };
  await mkdir(sample.workspace, { recursive: true });
  if (!existsSync(sample.repository)) {
    say?.('Making a sample repository …');
    await makeRepository(sample.repository);
  }
  return sample;
}

/** Built under another name and renamed, so that an interrupted run leaves no half repository. */
async function makeRepository(repository: string): Promise<void> {
  const tree = `${repository}.making`;
  await rm(tree, { recursive: true, force: true });
  await mkdir(tree);
  await git(tree, 'init', '--quiet', '--initial-branch=main');
  for (const commit of mainHistory) await makeCommit(tree, commit);
  await git(tree, 'checkout', '--quiet', '-b', 'develop');
  for (const commit of developHistory) await makeCommit(tree, commit);
  await git(tree, 'checkout', '--quiet', 'main');
  await git(tree, 'clone', '--quiet', '--bare', tree, `${repository}.partial`);
  // A push by path then behaves like a push to a host.
  await git(`${repository}.partial`, 'remote', 'remove', 'origin');
  await git(`${repository}.partial`, 'config', 'uploadpack.allowFilter', 'true');
  await git(`${repository}.partial`, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  await rename(`${repository}.partial`, repository);
  await rm(tree, { recursive: true, force: true });
}

async function makeCommit(tree: string, commit: SampleCommit): Promise<void> {
  for (const name of commit.add ?? []) {
    await cp(path.join(content, name), path.join(tree, name), { recursive: true });
  }
  for (const { file, from, to } of commit.edit ?? []) {
    const before = await readFile(path.join(tree, file), 'utf8');
    if (!before.includes(from)) throw new Error(`The sample's history does not fit its content: ${file}`);
    await writeFile(path.join(tree, file), before.replace(from, to));
  }
  await git(tree, 'add', '--all');
  const [, name = '', email = ''] = /^(.*) <(.*)>$/.exec(commit.author) ?? [];
  const who = ['-c', `user.name=${name}`, '-c', `user.email=${email}`, '-c', 'commit.gpgSign=false'];
  const date = { GIT_AUTHOR_DATE: commit.date, GIT_COMMITTER_DATE: commit.date };
  await runGit('git', ['-C', tree, ...who, 'commit', '--quiet', '--no-verify', '-m', commit.message], {
    env: { ...process.env, ...date },
  });
}

async function git(folder: string, ...args: readonly string[]): Promise<void> {
  await runGit('git', ['-C', folder, ...args]);
}
