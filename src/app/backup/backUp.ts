import { backupName, branchFolder, type BackupReason } from '../../core/model/backupName.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { ParkedFiles } from '../../core/sync/checkoutState.ts';
import type { BackupFile } from '../../ports/backups.ts';
import type { CheckoutStorage } from '../../ports/checkoutStorage.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Backup } from '../undoable.ts';

type Place = { readonly storage: CheckoutStorage };

/** Copies what a person wrote to where they find it, before an operation that they named takes it away. */
export class BackUp {
  constructor(private readonly clock: Clock) {}

  /** `undefined`: there is nothing to copy. @throws Failure `writeFailed`: then nothing may be taken away. */
  async run(
    { storage }: Place,
    reason: BackupReason,
    files: readonly BackupFile[],
  ): Promise<{ readonly backup?: Backup }> {
    if (files.length === 0) return {};
    const folder = await storage.backups.write(backupName(reason, this.clock.now()), files);
    return { backup: { folder, files: files.length } };
  }
}

/** What is in the folder at those of `paths` that exist. */
export async function localCopies({ storage }: Place, paths: Iterable<RepoPath>): Promise<readonly BackupFile[]> {
  const files: BackupFile[] = [];
  for (const path of paths) {
    const bytes = await storage.files.read(path);
    if (bytes !== undefined) files.push({ path, bytes });
  }
  return files;
}

/** What waits on branches, each in a folder of its own. */
export async function parkedCopies(
  { storage }: Place,
  parked: ReadonlyMap<string, ParkedFiles>,
): Promise<readonly BackupFile[]> {
  const files: BackupFile[] = [];
  for (const [index, [branch, waiting]] of [...parked].entries()) {
    for (const [path, { local }] of waiting) {
      const bytes = local === null ? undefined : await storage.blobs.get(local.id);
      if (bytes !== undefined) files.push({ path: `${branchFolder(branch, index)}/${path}`, bytes });
    }
  }
  return files;
}
