import { closure } from '../../core/definition/closure.ts';
import type { Closure, DefinitionSource } from '../../core/definition/definition.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { baseSource, LocalSource, remoteSource } from './definitionSources.ts';
import type { Ground } from './ground.ts';

/** What the root file reaches at each of the three moments; empty where there is no root file. */
export interface Closures {
  readonly base: Closure;
  readonly local: Closure;
  readonly remote: Closure;
}

const nothing: Closure = { files: [], references: new Map(), problems: [], documents: [] };

/** After so many levels of new files the whole folder is listed: cheaper than one question a level. */
const levelsAsked = 8;

export async function closuresOf(root: RepoPath | undefined, ground: Ground): Promise<Closures> {
  if (root === undefined) return { base: nothing, local: nothing, remote: nothing };
  const base = await followFrom(root, baseSource(ground), ground);
  const remote = await followFrom(root, remoteSource(ground), ground);
  await ground.local.learn([root, ...base.files, ...remote.files]);
  return { base, remote, local: await followLocal(root, ground) };
}

/** New files may reference new files: what was guessed about the disk is asked, until nothing was guessed wrong. */
async function followLocal(root: RepoPath, ground: Ground): Promise<Closure> {
  for (let level = 0; ; level++) {
    const source = new LocalSource(ground);
    const found = await follow(root, source, ground);
    const guessedWrong = await ground.local.learn(source.guessed);
    if (!guessedWrong) return found;
    if (level === levelsAsked) await ground.local.learnFolder('');
  }
}

/** A root file that one side does not have is no problem of that side. */
async function followFrom(root: RepoPath, source: DefinitionSource, ground: Ground): Promise<Closure> {
  return source.has(root) ? follow(root, source, ground) : nothing;
}

function follow(root: RepoPath, source: DefinitionSource, ground: Ground): Promise<Closure> {
  return closure(root, source, ground.knowledge.scans, ground.call.signal);
}
