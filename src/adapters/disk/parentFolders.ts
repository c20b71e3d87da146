import { join } from 'node:path';
import { folderOf } from '../../core/model/repoPath.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { look } from './diskFile.ts';
import type { DiskEntry } from './diskFile.ts';
import type { DiskFs } from './diskFs.ts';

/** A folder on the way to a path that is something else. */
export interface Obstacle {
  readonly path: RepoPath;
  readonly kind: Exclude<DiskEntry['kind'], 'folder'>;
}

/** What the folders above paths are, looked at once each: made for one operation, then thrown away. */
export class ParentFolders {
  private readonly known = new Map<RepoPath, Promise<Obstacle | undefined>>();

  constructor(
    private readonly fs: DiskFs,
    private readonly root: string,
  ) {}

  /** The first thing above `path` that is not a folder, links not followed. Folders that are not there are fine. */
  obstacleAbove(path: RepoPath): Promise<Obstacle | undefined> {
    const folder = folderOf(path);
    return folder === '' ? Promise.resolve(undefined) : this.obstacleAt(folder);
  }

  /** The same, `folder` included. */
  obstacleAt(folder: RepoPath): Promise<Obstacle | undefined> {
    const known = this.known.get(folder);
    if (known !== undefined) return known;
    const obstacle = this.find(folder);
    this.known.set(folder, obstacle);
    return obstacle;
  }

  private async find(folder: RepoPath): Promise<Obstacle | undefined> {
    const above = await this.obstacleAbove(folder);
    if (above !== undefined) return above;
    const entry = await look(this.fs, join(this.root, folder), folder);
    return entry === undefined || entry.kind === 'folder' ? undefined : { path: folder, kind: entry.kind };
  }
}
