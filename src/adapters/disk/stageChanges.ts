import { join } from 'node:path';
import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import type { DeleteFile, FileChange, WriteFile } from '../../core/model/change.ts';
import { isBelow } from '../../core/model/repoPath.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { ApplyTools } from './applyTools.ts';
import { look, readRegular } from './diskFile.ts';
import type { DiskEntry } from './diskFile.ts';
import { eachLimited } from './eachLimited.ts';
import { writeFailure } from './ioError.ts';

/** A change that is ready to be put in its place by renames alone. */
export interface StagedChange {
  readonly path: RepoPath;
  /** Absolute. */
  readonly target: string;
  /** What stood at the target when its bytes were compared with what was expected; `undefined`: nothing. */
  readonly before: DiskEntry | undefined;
  /** Where the original is, or, for a delete, is to go. */
  readonly original: string;
  /** Where the new contents are; absent for a delete. */
  readonly fresh?: string;
}

/**
 * Compares every target with what is expected of it, by its bytes, and writes new contents and copies of originals
 * into `folder`. @throws Failure `changedMeanwhile` with every path that is not as expected, `writeFailed`.
 */
export async function stageChanges(
  changes: readonly FileChange[],
  folder: string,
  tools: ApplyTools,
  signal: AbortSignal,
): Promise<readonly StagedChange[]> {
  const leaving = await entriesOf(changes, tools);
  const staged: StagedChange[] = [];
  const moved: RepoPath[] = [];
  await eachLimited(changes.entries(), 16, async ([index, change]) => {
    throwIfCancelled(signal);
    const place = join(folder, String(index));
    const stage = new Stage(join(tools.root, change.path), `${place}.original`, `${place}.fresh`, tools);
    const result = change.kind === 'delete' ? await stage.delete(change) : await stage.write(change, leaving);
    if (result === undefined) moved.push(change.path);
    else staged[index] = result;
  });
  if (moved.length > 0) throw new Failure('changedMeanwhile', { paths: moved.sort() });
  return staged;
}

type Leaving = ReadonlyMap<RepoPath, DiskEntry | undefined>;

/** The files that deletes take away: what a write finds in its place may be one of them, by another name. */
async function entriesOf(changes: readonly FileChange[], { fs, root }: ApplyTools): Promise<Leaving> {
  const entries = new Map<RepoPath, DiskEntry | undefined>();
  for (const { kind, path } of changes) {
    if (kind === 'delete') entries.set(path, await look(fs, join(root, path), path));
  }
  return entries;
}

class Stage {
  constructor(
    private readonly target: string,
    private readonly original: string,
    private readonly fresh: string,
    private readonly tools: ApplyTools,
  ) {}

  /** `undefined` when the target is not what was expected. */
  async delete({ path, expected }: DeleteFile): Promise<StagedChange | undefined> {
    const before = await look(this.tools.fs, this.target, path);
    const bytes = await readRegular(this.tools.fs, this.target, path);
    if (bytes === undefined || (await this.tools.hasher.blobId(bytes)) !== expected) return undefined;
    return { path, target: this.target, before, original: this.original };
  }

  /** `undefined` when the target is not what was expected. */
  async write(change: WriteFile, leaving: Leaving): Promise<StagedChange | undefined> {
    const { path, expected } = change;
    const before = await look(this.tools.fs, this.target, path);
    const bytes = expected === null ? undefined : await readRegular(this.tools.fs, this.target, path);
    const asExpected =
      expected === null
        ? before === undefined || makesRoom(path, before, leaving)
        : bytes !== undefined && (await this.tools.hasher.blobId(bytes)) === expected;
    if (!asExpected) return undefined;
    const present = expected === null ? undefined : before;
    try {
      if (bytes !== undefined) await this.keep(this.original, bytes, present?.permissions);
      await this.keep(this.fresh, change.bytes, permissionsFor(change, present, this.tools.modeless));
    } catch (error) {
      throw writeFailure(error, path);
    }
    return { path, target: this.target, before: present, original: this.original, fresh: this.fresh };
  }

  private async keep(place: string, bytes: Uint8Array, permissions: Permissions | number | undefined): Promise<void> {
    const { fs, modeless } = this.tools;
    const created = typeof permissions === 'object' ? permissions.created : 0o666;
    await fs.writeFile(place, bytes, { mode: created });
    // Unlike the mode of a new file, this one is not narrowed by the umask.
    if (typeof permissions === 'number' && !modeless) await fs.chmod(place, permissions);
  }
}

/** Bits that the umask narrows, for a file that was not there. */
interface Permissions {
  readonly created: number;
}

function permissionsFor(
  { mode }: WriteFile,
  before: DiskEntry | undefined,
  modeless: boolean,
): Permissions | number | undefined {
  const executable = mode === 'executable';
  if (before === undefined) return { created: executable ? 0o777 : 0o666 };
  if (modeless) return undefined;
  const readers = (before.permissions & 0o444) >> 2;
  if (!executable) return before.permissions & ~0o111;
  return (before.permissions & 0o100) !== 0 ? before.permissions : before.permissions | readers;
}

/**
 * Whether what stands in the place of a new file may go away with the deletes: the same file by a name that differs
 * in case, on a disk that does not tell the two apart; or a folder that they empty. It is looked at again after them.
 */
function makesRoom(path: RepoPath, before: DiskEntry, leaving: Leaving): boolean {
  if (before.kind === 'folder') return [...leaving.keys()].some((deleted) => isBelow(deleted, path));
  return [...leaving.values()].some((entry) => entry?.ino === before.ino);
}
