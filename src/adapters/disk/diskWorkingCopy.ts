import { join } from 'node:path';
import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { FileChange } from '../../core/model/change.ts';
import type { BlobId } from '../../core/model/ids.ts';
import { checkPath } from '../../core/model/pathRules.ts';
import type { PathPlatform } from '../../core/model/pathRules.ts';
import { joinPath } from '../../core/model/repoPath.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { FileMode, FileVersion, Snapshot } from '../../core/model/snapshot.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { Log } from '../../ports/log.ts';
import type { WorkingCopy } from '../../ports/workingCopy.ts';
import { applyChanges } from './applyChanges.ts';
import { look, readRegular } from './diskFile.ts';
import type { DiskEntry } from './diskFile.ts';
import type { DiskFs } from './diskFs.ts';
import { eachLimited } from './eachLimited.ts';
import { ExactNames } from './exactNames.ts';
import { isAbsent, readFailure } from './ioError.ts';
import type { OwnFolder } from './ownFolder.ts';
import { ParentFolders } from './parentFolders.ts';
import { StatIndex } from './statIndex.ts';

/** What a checkout's folder on a disk is reached with. */
export interface DiskTools {
  readonly fs: DiskFs;
  readonly hasher: Hasher;
  readonly clock: Clock;
  readonly log: Log;
  readonly platform: PathPlatform;
}

/** Files that are looked at, read and hashed at once. */
const atOnce = 16;

/** A checkout's folder on a disk. */
export class DiskWorkingCopy implements WorkingCopy {
  readonly modeless?: true;
  private readonly index: StatIndex;

  /** `root`: the folder's absolute path. */
  constructor(
    private readonly root: string,
    private readonly own: OwnFolder,
    private readonly tools: DiskTools,
  ) {
    this.index = new StatIndex(own, tools.log);
    if (tools.platform === 'windows') this.modeless = true;
  }

  async snapshot(paths: Iterable<RepoPath>, signal: AbortSignal): Promise<Snapshot> {
    await this.index.load();
    const parents = new ParentFolders(this.tools.fs, this.root);
    const names = new ExactNames(this.tools.fs, this.root);
    const versions = new Map<RepoPath, FileVersion>();
    await eachLimited(new Set(paths), atOnce, async (path) => {
      throwIfCancelled(signal);
      const version = await this.version(path, parents, names);
      if (version === undefined) this.index.forget(path);
      else versions.set(path, version);
    });
    await this.index.save();
    return versions;
  }

  private async version(path: RepoPath, parents: ParentFolders, names: ExactNames): Promise<FileVersion | undefined> {
    if (!this.canHold(path) || (await parents.obstacleAbove(path)) !== undefined) return undefined;
    const entry = await look(this.tools.fs, join(this.root, path), path);
    if (entry?.kind !== 'file') return undefined;
    if (this.tools.platform !== 'linux' && !(await names.has(path))) return undefined;
    const id = this.index.find(path, entry) ?? (await this.hash(path, entry));
    return id === undefined ? undefined : { id, mode: this.modeOf(entry) };
  }

  private async hash(path: RepoPath, entry: DiskEntry): Promise<BlobId | undefined> {
    const hashedAt = this.tools.clock.now();
    const bytes = await readRegular(this.tools.fs, join(this.root, path), path);
    if (bytes === undefined) return undefined;
    const id = await this.tools.hasher.blobId(bytes);
    this.index.remember(path, entry, id, hashedAt);
    return id;
  }

  private modeOf(entry: DiskEntry): FileMode {
    return this.modeless !== true && (entry.permissions & 0o100) !== 0 ? 'executable' : 'regular';
  }

  async leftAlone(paths: Iterable<RepoPath>): Promise<ReadonlySet<RepoPath>> {
    const parents = new ParentFolders(this.tools.fs, this.root);
    const found = new Set<RepoPath>();
    for (const path of paths) {
      if (this.canHold(path) && (await parents.obstacleAt(path))?.kind === 'link') found.add(path);
    }
    return found;
  }

  async list(folder: RepoPath | '', signal: AbortSignal): Promise<readonly RepoPath[]> {
    const parents = new ParentFolders(this.tools.fs, this.root);
    if (folder !== '' && (!this.canHold(folder) || (await parents.obstacleAt(folder)) !== undefined)) return [];
    const files: RepoPath[] = [];
    const open: (RepoPath | '')[] = [folder];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      throwIfCancelled(signal);
      await this.listOne(next, files, open);
      if (files.length > limits.treeEntries) throw new Failure('tooLarge', { paths: [folder] });
    }
    return (await this.readable(files)).sort();
  }

  /** Something huge that lies about is in nobody's way; one that belongs to an API is refused when it is named. */
  private async readable(files: readonly RepoPath[]): Promise<RepoPath[]> {
    const small: RepoPath[] = [];
    await eachLimited(files, atOnce, async (path) => {
      const entry = await look(this.tools.fs, join(this.root, path), path);
      if (entry !== undefined && entry.size <= limits.fileBytes) small.push(path);
    });
    return small;
  }

  private async listOne(folder: RepoPath | '', files: RepoPath[], folders: (RepoPath | '')[]): Promise<void> {
    try {
      for (const entry of await this.tools.fs.readdir(join(this.root, folder), { withFileTypes: true })) {
        if (!this.canHold(entry.name)) continue;
        if (entry.isFile()) files.push(joinPath(folder, entry.name));
        else if (entry.isDirectory()) folders.push(joinPath(folder, entry.name));
      }
    } catch (error) {
      if (!isAbsent(error)) throw readFailure(error, folder);
    }
  }

  async read(path: RepoPath): Promise<Uint8Array | undefined> {
    const parents = new ParentFolders(this.tools.fs, this.root);
    if (!this.canHold(path) || (await parents.obstacleAbove(path)) !== undefined) return undefined;
    return readRegular(this.tools.fs, join(this.root, path), path);
  }

  /** Git's folder and ours, at any depth, are nobody's files, and a name that is none here is no file here. */
  private canHold(path: string): boolean {
    return checkPath(path, this.tools.platform) === undefined;
  }

  apply(changes: readonly FileChange[], signal: AbortSignal): Promise<void> {
    const { root, own, modeless = false } = this;
    return applyChanges(changes, { ...this.tools, root, own, modeless }, signal);
  }
}
