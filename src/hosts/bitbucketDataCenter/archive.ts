import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import { gunzip } from '../http/gunzip.ts';
import { readTar, type TarEntry } from '../http/readTar.ts';
import type { DataCenterApi } from './api.ts';
import { planArchive } from './archivePlan.ts';

export type Archived = ReadonlyMap<RepoPath, TarEntry>;

/** What the server's archives have of `wanted`: one request wherever its address has room for the names. */
export async function readArchive(
  api: DataCenterApi,
  repository: string,
  commit: CommitId,
  { wanted, all }: { readonly wanted: ReadonlySet<RepoPath>; readonly all: Iterable<RepoPath> },
  call: CallContext,
): Promise<Archived> {
  const download = (paths: readonly string[]): Promise<Archived> =>
    downloadArchive(api, repository, commit, paths, wanted, call);
  try {
    return await together(planArchive(wanted, all, { exact: false }).requests, download);
  } catch (error) {
    if (!Failure.is(error, 'tooLarge')) throw error;
    // Whole folders brought too much else along.
    return together(planArchive(wanted, all, { exact: true }).requests, download);
  }
}

async function together(
  requests: readonly (readonly string[])[],
  download: (paths: readonly string[]) => Promise<Archived>,
): Promise<Archived> {
  const parts = await Promise.all(requests.map(download));
  return new Map(parts.flatMap((part) => [...part]));
}

async function downloadArchive(
  api: DataCenterApi,
  repository: string,
  commit: CommitId,
  paths: readonly string[],
  wanted: ReadonlySet<RepoPath>,
  call: CallContext,
): Promise<Archived> {
  const facts = api.facts(repository);
  const url = api.repositoryUrl(repository, '/archive', [
    ['at', commit],
    ['format', 'tar.gz'],
    ...paths.filter((path) => path !== '').map((path) => ['path', path] as const),
  ]);
  const accept = 'application/octet-stream, application/gzip, */*';
  const { bytes } = await api.ask({ method: 'GET', url, accept }, call, facts);
  const found = new Map<RepoPath, TarEntry>();
  try {
    for (const entry of readTar(gunzip(bytes, limits.answerBytes))) {
      const path = (entry.kind === 'folder' ? entry.name.replace(/\/$/, '') : entry.name) as RepoPath;
      if (wanted.has(path)) found.set(path, entry);
    }
  } catch (cause) {
    throw brokenArchive(cause, facts);
  }
  return found;
}

function brokenArchive(cause: unknown, facts: ReturnType<DataCenterApi['facts']>): Failure {
  const detail = cause instanceof Error ? cause.message : String(cause);
  const isTooLarge = cause instanceof RangeError && detail.startsWith('more than');
  return new Failure(
    isTooLarge ? 'tooLarge' : 'unexpectedAnswer',
    { ...facts, detail: `archive: ${detail}` },
    { cause },
  );
}
