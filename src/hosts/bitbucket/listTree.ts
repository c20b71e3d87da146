import type { InferOutput } from 'valibot';
import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { CommitId } from '../../core/model/ids.ts';
import { isRepoPath, type RepoPath } from '../../core/model/repoPath.ts';
import type { TreeEntry } from '../../core/model/snapshot.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { BitbucketApi } from './api.ts';
import { isUnknownCommit } from './failures.ts';
import { sourceEntry } from './schemas.ts';

/** A file as the host tells of it: without a blob id, which is known only of what was read. */
export interface SourceFile extends TreeEntry {
  /** Kept by Git LFS: what the host gives is not what is in the repository. */
  readonly lfs?: true;
}
export type SourceTree = ReadonlyMap<RepoPath, SourceFile>;

/** Levels of folders that are asked for at once. */
export const deepestListing = 20;
/** The host gives up (555) on what takes it too long: then fewer. */
const depths = [deepestListing, 8, 3, 1];

interface Folder {
  readonly path: string;
  readonly level: number;
}

/** Every file of a commit, 100 in a page, level by level where the repository is too large for one listing. */
export async function listTree(
  api: BitbucketApi,
  repository: string,
  commit: CommitId,
  call: CallContext,
): Promise<Map<RepoPath, SourceFile>> {
  const files = new Map<RepoPath, SourceFile>();
  let folders: readonly Folder[] = [{ path: '', level: 0 }];
  while (folders.length > 0) {
    const listed = await Promise.all(folders.map((folder) => listFolder(api, repository, commit, folder, call)));
    for (const { entries } of listed) for (const entry of entries) if (isFile(entry)) files.set(...fileOf(entry));
    if (files.size > limits.treeEntries) throw new Failure('tooLarge', api.facts(repository));
    folders = listed.flatMap(({ below }) => below);
  }
  return files;
}

/**
 * Those files that are not plain ones, down to `deepestListing`: executables, links, submodules, and what Git LFS
 * keeps. `undefined`: it is too much at once.
 */
export async function listSpecial(
  api: BitbucketApi,
  repository: string,
  commit: CommitId,
  call: CallContext,
): Promise<ReadonlyMap<RepoPath, SourceFile> | undefined> {
  const kinds = ['executable', 'link', 'subrepository', 'lfs'].map((name) => `attributes = "${name}"`);
  const entries = await list(api, repository, commit, '', deepestListing, kinds.join(' OR '), call);
  return entries && new Map(entries.filter(isFile).map(fileOf));
}

async function listFolder(
  api: BitbucketApi,
  repository: string,
  commit: CommitId,
  { path, level }: Folder,
  call: CallContext,
): Promise<{ readonly entries: readonly Entry[]; readonly below: readonly Folder[] }> {
  for (let at = level; at < depths.length; at++) {
    const depth = depths[at] ?? 1;
    const entries = await list(api, repository, commit, path, depth, undefined, call);
    if (entries === undefined) continue;
    const deepest = segments(path) + depth;
    // What lies in a folder that no URL can name is nothing that could be written either.
    const below = entries.filter(
      (entry) => !isFile(entry) && segments(entry.path) === deepest && isRepoPath(entry.path),
    );
    return { entries, below: below.map((entry) => ({ path: entry.path, level: at })) };
  }
  throw new Failure('timeout', api.facts(repository));
}

type Entry = InferOutput<typeof sourceEntry>;

/** `undefined`: it is too much at once. */
async function list(
  api: BitbucketApi,
  repository: string,
  commit: CommitId,
  path: string,
  depth: number,
  q: string | undefined,
  call: CallContext,
): Promise<readonly Entry[] | undefined> {
  const parameters = { commit, path: path === '' ? '' : `${path}/` };
  const first = api.repositoryUrl(repository, '/src/{commit}/{path}', parameters, {
    max_depth: String(depth),
    pagelen: '100',
    q,
    fields: 'next,values.path,values.type,values.size,values.attributes',
  });
  try {
    return await api.all(sourceEntry, first, api.facts(repository), call);
  } catch (error) {
    if (Failure.is(error, 'timeout')) return undefined;
    if (!isUnknownCommit(error)) throw error;
    throw new Failure('hostError', { ...error.facts, detail: `no commit ${commit}` }, { cause: error });
  }
}

function isFile({ type }: Entry): boolean {
  return type !== 'commit_directory';
}

function fileOf({ path, size, attributes }: Entry): [RepoPath, SourceFile] {
  const kind = attributes.includes('subrepository')
    ? 'submodule'
    : attributes.includes('link')
      ? 'link'
      : attributes.includes('executable')
        ? 'executable'
        : 'regular';
  const hasSize = typeof size === 'number' && kind !== 'submodule';
  const lfs = attributes.includes('lfs') ? ({ lfs: true } as const) : {};
  // As the tree has it, hostile or not: that is for those who write to decide.
  return [path as RepoPath, { path: path as RepoPath, kind, ...(hasSize ? { size } : {}), ...lfs }];
}

function segments(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}
