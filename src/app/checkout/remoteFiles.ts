import { limits } from '../../core/limits.ts';
import type { BlobId, CommitId } from '../../core/model/ids.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { FileMode, FileVersion, Snapshot, Tree } from '../../core/model/snapshot.ts';
import type { Moves } from '../../core/sync/moves.ts';
import type { BlobStore } from '../../ports/blobStore.ts';
import type { CallContext, FileRequest } from '../../ports/repositoryHost.ts';
import type { FetchFiles } from './fetchFiles.ts';

interface RemoteFile {
  readonly mode: FileMode;
  readonly size?: number;
}

/** What a commit's tree says, and what was learned by reading. Shared by every view of the same commit. */
interface Listing {
  /** A size, or a mode, that the tree does not tell is known once the file was read. */
  readonly files: Map<RepoPath, RemoteFile>;
  /** Grows where the host tells no ids: what was read is known from then on. */
  readonly ids: Map<RepoPath, BlobId>;
  /** Links and submodules: recognised and left alone. */
  readonly leftAlone: ReadonlySet<RepoPath>;
}

/** The regular files of one commit: names at once, contents when asked for, each blob fetched at most once. */
export class RemoteFiles {
  private constructor(
    readonly commit: CommitId | undefined,
    private readonly listing: Listing,
    private readonly blobs: BlobStore,
    private readonly fetch: FetchFiles | undefined,
  ) {}

  static ofTree(commit: CommitId, tree: Tree, blobs: BlobStore, fetch: FetchFiles): RemoteFiles {
    const files = new Map<RepoPath, RemoteFile>();
    const ids = new Map<RepoPath, BlobId>();
    const leftAlone = new Set<RepoPath>();
    for (const { path, kind, id, size } of tree.values()) {
      if (kind !== 'regular' && kind !== 'executable') {
        leftAlone.add(path);
        continue;
      }
      files.set(path, size === undefined ? { mode: kind } : { mode: kind, size });
      if (id !== undefined) ids.set(path, id);
    }
    return new RemoteFiles(commit, { files, ids, leftAlone }, blobs, fetch);
  }

  /** What is known without the host: the remote as it was when both sides last agreed. */
  static ofSnapshot(commit: CommitId | undefined, versions: Snapshot, blobs: BlobStore): RemoteFiles {
    const files = new Map([...versions].map(([path, { mode }]) => [path, { mode }]));
    const ids = new Map([...versions].map(([path, { id }]) => [path, id]));
    return new RemoteFiles(commit, { files, ids, leftAlone: new Set() }, blobs, undefined);
  }

  /** Takes over versions that are known from elsewhere; their modes only where the tree did not tell them. */
  know(versions: Snapshot, modesAreKnown: boolean): void {
    for (const [path, { id, mode }] of versions) {
      const file = this.listing.files.get(path);
      if (file === undefined) continue;
      this.listing.ids.set(path, id);
      if (!modesAreKnown) this.listing.files.set(path, { ...file, mode });
    }
  }

  has(path: RepoPath): boolean {
    return this.listing.files.has(path);
  }

  paths(): Iterable<RepoPath> {
    return this.listing.files.keys();
  }

  idOf(path: RepoPath): BlobId | undefined {
    return this.listing.ids.get(path);
  }

  /** Whether a link or a submodule is at the path, or where one of its folders was. */
  isLeftAlone(path: RepoPath): boolean {
    const { leftAlone } = this.listing;
    if (leftAlone.size === 0) return false;
    if (leftAlone.has(path)) return true;
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      if (leftAlone.has(path.slice(0, slash) as RepoPath)) return true;
    }
    return false;
  }

  /** Whether something is there of which no version can be told: that it is not in a snapshot does not delete it. */
  isOpaque(path: RepoPath): boolean {
    return this.has(path) ? !this.listing.ids.has(path) : this.isLeftAlone(path);
  }

  isTooLarge(path: RepoPath): boolean {
    return (this.listing.files.get(path)?.size ?? 0) > limits.fileBytes;
  }

  /** The same files, of which only those that are here already can be read. */
  withoutHost(): RemoteFiles {
    return new RemoteFiles(this.commit, this.listing, this.blobs, undefined);
  }

  /** The same files with their contents in another store. */
  keptIn(blobs: BlobStore): RemoteFiles {
    return new RemoteFiles(this.commit, this.listing, blobs, this.fetch);
  }

  /** The same tree after a commit of ours on top of it; spares asking for what we wrote ourselves. */
  after(commit: CommitId, moves: Moves, fetch: FetchFiles): RemoteFiles {
    const files = new Map(this.listing.files);
    const ids = new Map(this.listing.ids);
    for (const [path, version] of moves) {
      files.delete(path);
      ids.delete(path);
      if (version === null) continue;
      files.set(path, { mode: version.mode });
      ids.set(path, version.id);
    }
    return new RemoteFiles(commit, { files, ids, leftAlone: this.listing.leftAlone }, this.blobs, fetch);
  }

  /** Contents of those of `paths` that exist, are small enough and can be had; missing blobs come in one batch. */
  async read(paths: Iterable<RepoPath>, call: CallContext): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    const contents = new Map<RepoPath, Uint8Array>();
    const missing: FileRequest[] = [];
    for (const path of new Set(paths)) {
      if (!this.has(path) || this.isTooLarge(path)) continue;
      const id = this.listing.ids.get(path);
      const bytes = id === undefined ? undefined : await this.blobs.get(id);
      if (bytes !== undefined) contents.set(path, bytes);
      else missing.push(id === undefined ? { path } : { path, id });
    }
    if (missing.length === 0 || this.fetch === undefined || this.commit === undefined) return contents;
    for (const [path, { bytes, mode }] of await this.fetch(this.commit, missing, call)) {
      this.learn(path, bytes.length, mode);
      if (this.isTooLarge(path)) continue;
      this.listing.ids.set(path, await this.blobs.put(bytes));
      contents.set(path, bytes);
    }
    return contents;
  }

  private learn(path: RepoPath, size: number, mode: FileMode | undefined): void {
    const file = this.listing.files.get(path);
    if (file !== undefined) this.listing.files.set(path, { mode: mode ?? file.mode, size });
  }

  /** Makes sure that the contents are in the blob store. */
  async keep(paths: Iterable<RepoPath>, call: CallContext): Promise<void> {
    const missing: RepoPath[] = [];
    for (const path of paths) {
      const id = this.listing.ids.get(path);
      if (id === undefined || !(await this.blobs.has(id))) missing.push(path);
    }
    await this.read(missing, call);
  }

  /** Versions of those of `paths` that exist; reads those of which the host tells no id. */
  async snapshot(paths: Iterable<RepoPath>, call: CallContext): Promise<Snapshot> {
    const { files, ids } = this.listing;
    const wanted = [...new Set(paths)].filter((path) => this.has(path));
    await this.read(
      wanted.filter((path) => !ids.has(path)),
      call,
    );
    const versions = new Map<RepoPath, FileVersion>();
    for (const path of wanted) {
      const id = ids.get(path);
      const file = files.get(path);
      if (id !== undefined && file !== undefined) versions.set(path, { id, mode: file.mode });
    }
    return versions;
  }
}
