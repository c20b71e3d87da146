import { checkPath, type PathPlatform } from '../../core/model/pathRules.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { FileVersion, Snapshot } from '../../core/model/snapshot.ts';
import type { WorkingCopy } from '../../ports/workingCopy.ts';

/** What is on disk during one look; each path is asked for once. */
export class LocalFiles {
  private readonly asked = new Map<RepoPath, FileVersion | undefined>();

  constructor(
    private readonly files: WorkingCopy,
    private readonly platform: PathPlatform,
    private readonly signal: AbortSignal,
    /** How a name on the disk is called in the repository. */
    private readonly nameOf: (path: RepoPath) => RepoPath,
  ) {}

  /** Looks at those of `paths` that were not looked at before; answers whether any of them exists. */
  async learn(paths: Iterable<RepoPath>): Promise<boolean> {
    const unknown = [...new Set(paths)].filter((path) => !this.asked.has(path));
    // A name that this platform cannot hold is never on its disk, and never touches it. Nor is there a file by a name
    // that the disk takes for another one's.
    const safe = unknown.filter((path) => checkPath(path, this.platform) === undefined && this.nameOf(path) === path);
    const found = safe.length === 0 ? new Map<RepoPath, FileVersion>() : await this.files.snapshot(safe, this.signal);
    for (const path of unknown) this.asked.set(path, found.get(path));
    return found.size > 0;
  }

  /** Those of `paths` that are a link here or lie below one. */
  async leftAlone(paths: readonly RepoPath[]): Promise<ReadonlySet<RepoPath>> {
    return paths.length === 0 ? new Set() : ((await this.files.leftAlone?.(paths)) ?? new Set());
  }

  /** Everything below `folder` becomes known. */
  async learnFolder(folder: RepoPath | ''): Promise<readonly RepoPath[]> {
    const listed = [...new Set((await this.files.list(folder, this.signal)).map(this.nameOf))];
    await this.learn(listed);
    return listed;
  }

  isKnown(path: RepoPath): boolean {
    return this.asked.has(path);
  }

  versionOf(path: RepoPath): FileVersion | undefined {
    return this.asked.get(path);
  }

  known(): Iterable<RepoPath> {
    return [...this.asked].filter(([, version]) => version !== undefined).map(([path]) => path);
  }

  async snapshot(paths: Iterable<RepoPath>): Promise<Snapshot> {
    const wanted = new Set(paths);
    await this.learn(wanted);
    const versions = new Map<RepoPath, FileVersion>();
    for (const path of wanted) {
      const version = this.asked.get(path);
      if (version !== undefined) versions.set(path, version);
    }
    return versions;
  }

  async read(paths: Iterable<RepoPath>): Promise<ReadonlyMap<RepoPath, Uint8Array>> {
    const contents = new Map<RepoPath, Uint8Array>();
    for (const path of paths) {
      const bytes = this.versionOf(path) === undefined ? undefined : await this.files.read(path);
      if (bytes !== undefined) contents.set(path, bytes);
    }
    return contents;
  }
}
