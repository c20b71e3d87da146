import type { CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { FileMode } from '../../core/model/snapshot.ts';
import type { CallContext, FileRequest, RepositoryHost } from '../../ports/repositoryHost.ts';

export interface FetchedFile {
  readonly bytes: Uint8Array;
  /** There where the host tells it with the contents, and not in its tree. */
  readonly mode?: FileMode;
}

/** Reads files of a commit at the host: one round trip, however many they are. */
export type FetchFiles = (
  commit: CommitId,
  files: readonly FileRequest[],
  call: CallContext,
) => Promise<ReadonlyMap<RepoPath, FetchedFile>>;

export function fetchFrom(host: RepositoryHost, repository: string): FetchFiles {
  return async (commit, files, call) => {
    const contents = await host.readFiles(repository, commit, files, call);
    const modes = host.modesRead?.(repository, commit);
    const fetched = Array.from(contents, ([path, bytes]): [RepoPath, FetchedFile] => {
      const mode = modes?.get(path);
      return [path, mode === undefined ? { bytes } : { bytes, mode }];
    });
    return new Map(fetched);
  };
}
