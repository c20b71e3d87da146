import { dirname, join, relative } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { folderOf, isBelow } from '../../core/model/repoPath.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { ApplyTools } from './applyTools.ts';
import { look, sameEntry } from './diskFile.ts';
import { codeOf, writeFailure } from './ioError.ts';
import type { StagedChange } from './stageChanges.ts';

/**
 * Puts staged changes in their place, by renames: deletes, then the folders that they emptied, then writes. A name
 * whose case alone changes is a delete and a write, and so goes through a temporary name by itself.
 * When a step is refused, all before it are taken back; `onLeftover` is called when that fails as well, since the
 * originals are then in the temporary folder only. @throws Failure `changedMeanwhile`, `writeFailed`.
 */
export async function carryOut(
  changes: readonly StagedChange[],
  tools: ApplyTools,
  onLeftover: () => void,
): Promise<void> {
  const steps = new Steps(tools);
  const writes = changes.filter((change) => change.fresh !== undefined);
  try {
    for (const change of changes) if (change.fresh === undefined) await steps.remove(change);
    for (const change of changes) {
      if (change.fresh === undefined) await steps.removeEmptied(folderOf(change.path), writes);
    }
    for (const change of writes) await steps.place(change);
  } catch (error) {
    const stuck = await steps.takeBack();
    if (stuck.length === 0) throw error;
    onLeftover();
    throw new Failure('writeFailed', { paths: stuck, detail: codeOf(error) }, { cause: error });
  }
}

interface Undo {
  readonly path: RepoPath;
  readonly run: () => Promise<unknown>;
}

class Steps {
  private readonly undos: Undo[] = [];

  constructor(private readonly tools: ApplyTools) {}

  /** Takes every step back, the last first; the paths where that was refused. */
  async takeBack(): Promise<readonly RepoPath[]> {
    const stuck: RepoPath[] = [];
    for (let undo = this.undos.pop(); undo !== undefined; undo = this.undos.pop()) {
      try {
        await undo.run();
      } catch (error) {
        this.tools.log.error(`taking back ${undo.path} was refused: ${codeOf(error)}`);
        stuck.push(undo.path);
      }
    }
    return stuck;
  }

  async remove(change: StagedChange): Promise<void> {
    const { path, target, original } = change;
    await this.refuseMoved(change);
    await this.step(path, () => this.tools.fs.rename(target, original));
    this.undos.push({ path, run: () => this.tools.fs.rename(original, target) });
  }

  /** Removes `folder`, and those above, as far as they are empty and nothing is about to be written there. */
  async removeEmptied(folder: RepoPath | '', writes: readonly StagedChange[]): Promise<void> {
    const { fs, root } = this.tools;
    for (let next = folder; next !== ''; next = folderOf(next)) {
      const path = next;
      if (writes.some((write) => isBelow(write.path, path))) return;
      try {
        await fs.rmdir(join(root, path));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') continue;
        // Not empty, or held by somebody: an empty folder is no harm.
        return;
      }
      this.undos.push({ path, run: () => fs.mkdir(join(root, path)) });
    }
  }

  async place(change: StagedChange): Promise<void> {
    const { path, target, original, before, fresh = '' } = change;
    const { fs } = this.tools;
    await this.refuseMoved(change);
    await this.step(path, () => this.makeFolders(path, dirname(target)));
    await this.step(path, () => fs.rename(fresh, target));
    const run = before === undefined ? () => fs.unlink(target) : () => fs.rename(original, target);
    this.undos.push({ path, run });
  }

  private async makeFolders(path: RepoPath, folder: string): Promise<void> {
    const { fs, root } = this.tools;
    const first = await fs.mkdir(folder, { recursive: true });
    if (first === undefined) return;
    const made: string[] = [];
    for (let next = folder; next.length >= first.length; next = dirname(next)) made.push(next);
    // Pushed from the top down, so that they are taken back from the bottom up.
    for (const next of made.reverse()) {
      if (relative(root, next) !== '') this.undos.push({ path, run: () => fs.rmdir(next) });
    }
  }

  /** An edit made since the bytes were compared stays where it is. */
  private async refuseMoved({ path, target, before }: StagedChange): Promise<void> {
    const now = await look(this.tools.fs, target, path);
    if (!sameEntry(now, before)) throw new Failure('changedMeanwhile', { paths: [path] });
  }

  private async step(path: RepoPath, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      throw writeFailure(error, path);
    }
  }
}
