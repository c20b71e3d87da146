import { join } from 'node:path';
import { baseName, folderOf } from '../../core/model/repoPath.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { DiskFs } from './diskFs.ts';
import { isAbsent, readFailure } from './ioError.ts';

/**
 * Names as the disk has them, each folder listed once: made for one operation, then thrown away. A disk that takes
 * `Pet.yaml` for `pet.yaml` finds both where one is, and a teammate who renames one into the other has deleted neither.
 */
export class ExactNames {
  private readonly listed = new Map<RepoPath | '', Promise<ReadonlySet<string>>>();

  constructor(
    private readonly fs: DiskFs,
    private readonly root: string,
  ) {}

  /** Whether the path is there under just this name, its folders too. */
  async has(path: RepoPath): Promise<boolean> {
    for (let next: RepoPath | '' = path; next !== ''; next = folderOf(next)) {
      const names = await this.namesIn(folderOf(next));
      if (!names.has(oneForm(baseName(next)))) return false;
    }
    return true;
  }

  private namesIn(folder: RepoPath | ''): Promise<ReadonlySet<string>> {
    const known = this.listed.get(folder);
    if (known !== undefined) return known;
    const names = this.list(folder);
    this.listed.set(folder, names);
    return names;
  }

  private async list(folder: RepoPath | ''): Promise<ReadonlySet<string>> {
    try {
      const entries = await this.fs.readdir(join(this.root, folder), { withFileTypes: true });
      return new Set(entries.map(({ name }) => oneForm(name)));
    } catch (error) {
      if (isAbsent(error)) return new Set();
      throw readFailure(error, folder);
    }
  }
}

/** HFS+ keeps every name decomposed, however it was written. */
function oneForm(name: string): string {
  return name.normalize('NFC');
}
