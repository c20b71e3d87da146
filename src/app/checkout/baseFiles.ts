import { Failure } from '../../core/errors.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { BaseVersion } from '../../core/model/snapshot.ts';
import type { BlobStore } from '../../ports/blobStore.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { FetchedFile, FetchFiles } from './fetchFiles.ts';

/** The files that both sides last agreed on. Their contents are kept here; a lost one is fetched from its commit. */
export class BaseFiles {
  constructor(
    readonly versions: ReadonlyMap<RepoPath, BaseVersion>,
    private readonly blobs: BlobStore,
    private readonly fetch: FetchFiles,
  ) {}

  /** The same files, of which only those whose contents are here can be read. */
  withoutHost(): BaseFiles {
    return new BaseFiles(this.versions, this.blobs, () => Promise.resolve(new Map()));
  }

  /** What neither the blob store nor the host has is absent from the answer. */
  async read(paths: Iterable<RepoPath>, call: CallContext): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    const contents = new Map<RepoPath, Uint8Array>();
    const lost = new Map<CommitId, RepoPath[]>();
    for (const path of new Set(paths)) {
      const version = this.versions.get(path);
      if (version === undefined) continue;
      const bytes = await this.blobs.get(version.id);
      if (bytes !== undefined) contents.set(path, bytes);
      else lost.set(version.commit, [...(lost.get(version.commit) ?? []), path]);
    }
    for (const [commit, missing] of lost) {
      for (const [path, bytes] of await this.fetchLost(commit, missing, call)) contents.set(path, bytes);
    }
    return contents;
  }

  private async fetchLost(
    commit: CommitId,
    paths: readonly RepoPath[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    const fetched = await this.fetchUnlessAway(commit, paths, call);
    const contents = new Map<RepoPath, Uint8Array>();
    for (const [path, { bytes }] of fetched) {
      // A rewritten repository may answer with other bytes than those that were agreed on.
      if ((await this.blobs.put(bytes)) === this.versions.get(path)?.id) contents.set(path, bytes);
    }
    return contents;
  }

  private async fetchUnlessAway(
    commit: CommitId,
    paths: readonly RepoPath[],
    call: CallContext,
  ): Promise<ReadonlyMap<RepoPath, FetchedFile>> {
    const requests = paths.map((path) => {
      const id = this.versions.get(path)?.id;
      return id === undefined ? { path } : { path, id };
    });
    try {
      return await this.fetch(commit, requests, call);
    } catch (error) {
      if (Failure.is(error) && error.reason !== 'cancelled') return new Map();
      throw error;
    }
  }
}
