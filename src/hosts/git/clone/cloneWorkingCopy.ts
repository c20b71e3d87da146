import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../core/errors.ts';
import type { FileChange } from '../../../core/model/change.ts';
import type { BlobId } from '../../../core/model/ids.ts';
import { folderOf, joinPath, type RepoPath } from '../../../core/model/repoPath.ts';
import type { FileMode, FileVersion, Snapshot } from '../../../core/model/snapshot.ts';
import type { Hasher } from '../../../ports/hasher.ts';
import type { WorkingCopy } from '../../../ports/workingCopy.ts';
import type { Objects } from '../objects.ts';
import type { CloneFilters } from './cloneFilters.ts';
import type { CloneGit } from './cloneGit.ts';
import { CloneIndex } from './cloneIndex.ts';
import { withoutCarriageReturns } from './lineEnds.ts';

export interface CloneFiles {
  readonly git: CloneGit;
  readonly objects: Objects;
  readonly filters: CloneFilters;
  /** The same folder, byte for byte. */
  readonly disk: WorkingCopy;
  readonly hasher: Hasher;
}

/**
 * A clone's working tree as Git sees it: an id is that of what Git would commit, after its filters and line ends, and
 * a mode is the one that Git would give. What the index says of unchanged files is taken from there, unread.
 */
export class CloneWorkingCopy implements WorkingCopy {
  readonly #index: CloneIndex;
  /** The id of each file as it was seen last; `null`: left out of a sparse checkout. A hint, checked where it is used. */
  readonly #seen = new Map<RepoPath, { readonly id: BlobId; readonly leftOut: boolean }>();

  constructor(private readonly tools: CloneFiles) {
    this.#index = new CloneIndex(tools.git);
  }

  async snapshot(paths: Iterable<RepoPath>, signal: AbortSignal): Promise<Snapshot> {
    const wanted = [...new Set(paths)];
    if (wanted.length === 0) return new Map();
    const entries = await this.#index.entries(wanted, signal);
    const touched = await this.#index.touched(wanted, signal);
    const versions = new Map<RepoPath, FileVersion>();
    const unsure: RepoPath[] = [];
    for (const path of wanted) {
      const entry = entries.get(path);
      const isSure = entry?.mode !== undefined && !entry.unmerged && !touched.has(path);
      if (!isSure || entry.leftOut) unsure.push(path);
      if (isSure && entry.mode !== undefined) versions.set(path, { id: entry.id, mode: entry.mode });
    }
    const here = await this.tools.disk.snapshot(unsure, signal);
    const nested = await this.#inOtherRepositories(unsure.filter((path) => here.has(path) && !entries.has(path)));
    const read = unsure.filter((path) => here.has(path) && !nested.has(path));
    const ids = await this.tools.filters.idsOf(read, signal);
    const modeOf = await this.#modes(read, touched, here, signal);
    for (const path of read) versions.set(path, { id: ids.get(path)!, mode: modeOf(path) });
    for (const [path, { id }] of versions) {
      this.#seen.set(path, { id, leftOut: entries.get(path)?.leftOut === true && !here.has(path) });
    }
    return versions;
  }

  /** `core.fileMode=false`: the file system's modes mean nothing, and a new file is no program. */
  async #modes(
    paths: readonly RepoPath[],
    touched: ReadonlyMap<RepoPath, { readonly mode?: FileMode }>,
    here: Snapshot,
    signal: AbortSignal,
  ): Promise<(path: RepoPath) => FileMode> {
    const isNew = paths.some((path) => touched.get(path)?.mode === undefined);
    const setting = isNew ? await this.tools.git.line(['config', '--type=bool', 'core.fileMode'], signal) : undefined;
    const onDisk = (path: RepoPath): FileMode =>
      setting === 'false' ? 'regular' : (here.get(path)?.mode ?? 'regular');
    return (path) => touched.get(path)?.mode ?? onDisk(path);
  }

  async leftAlone(paths: Iterable<RepoPath>): Promise<ReadonlySet<RepoPath>> {
    const asked = [...paths];
    const links = (await this.tools.disk.leftAlone?.(asked)) ?? new Set<RepoPath>();
    return new Set([...links, ...(await this.#inOtherRepositories(asked))]);
  }

  list(folder: RepoPath | '', signal: AbortSignal): Promise<readonly RepoPath[]> {
    return this.tools.disk.list(folder, signal);
  }

  /** As Git would commit it; a file that changed since it was seen last, as it is on the disk. */
  async read(path: RepoPath): Promise<Uint8Array | undefined> {
    const bytes = await this.tools.disk.read(path);
    const seen = this.#seen.get(path);
    if (bytes === undefined) return seen?.leftOut === true ? this.#readObject(seen.id) : undefined;
    if (seen === undefined) return bytes;
    const { hasher, filters } = this.tools;
    if ((await hasher.blobId(bytes)) === seen.id) return bytes;
    const plain = withoutCarriageReturns(bytes);
    if ((await hasher.blobId(plain)) === seen.id) return plain;
    const committed = await filters.asCommitted(path, new AbortController().signal);
    return (await hasher.blobId(committed)) === seen.id ? committed : bytes;
  }

  readAsIs(path: RepoPath): Promise<Uint8Array | undefined> {
    return this.tools.disk.read(path);
  }

  async apply(changes: readonly FileChange[], signal: AbortSignal): Promise<void> {
    const paths = changes.map(({ path }) => path);
    const now = await this.snapshot(paths, signal);
    const changed = changes.filter(({ path, expected }) => (now.get(path)?.id ?? null) !== expected);
    if (changed.length > 0) throw new Failure('changedMeanwhile', { paths: changed.map(({ path }) => path) });
    const onDisk = await this.tools.disk.snapshot(paths, signal);
    const writes = changes.filter((change) => change.kind === 'write');
    const files = await this.tools.filters.asFiles(new Map(writes.map(({ path, bytes }) => [path, bytes])), signal);
    await this.tools.disk.apply(
      changes.flatMap((change): FileChange[] => {
        const expected = onDisk.get(change.path)?.id ?? null;
        if (change.kind === 'write') return [{ ...change, bytes: files.get(change.path) ?? change.bytes, expected }];
        return expected === null ? [] : [{ ...change, expected }];
      }),
      signal,
    );
  }

  async #readObject(id: BlobId): Promise<Uint8Array | undefined> {
    const { signal } = new AbortController();
    const { objects } = this.tools;
    return (await objects.contents(await objects.sizes([id], signal), signal)).get(id);
  }

  /** Those of `paths` that lie in a submodule, or in a repository that happens to be there. */
  async #inOtherRepositories(paths: readonly RepoPath[]): Promise<ReadonlySet<RepoPath>> {
    const folders = new Map<RepoPath, Promise<boolean>>();
    const isIn = async (folder: RepoPath | ''): Promise<boolean> => {
      if (folder === '') return false;
      const known = folders.get(folder) ?? this.#isTop(folder).then((isTop) => isTop || isIn(folderOf(folder)));
      folders.set(folder, known);
      return known;
    };
    const found = await Promise.all(paths.map(async (path) => ((await isIn(folderOf(path))) ? [path] : [])));
    return new Set(found.flat());
  }

  async #isTop(folder: RepoPath): Promise<boolean> {
    return lstat(join(this.tools.git.place.root, joinPath(folder, '.git'))).then(
      () => true,
      () => false,
    );
  }
}
