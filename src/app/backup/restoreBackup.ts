import { Failure } from '../../core/errors.ts';
import type { FileChange } from '../../core/model/change.ts';
import type { BlobId } from '../../core/model/ids.ts';
import type { KeptBackup, KeptFile } from '../../core/model/keptBackup.ts';
import type { PathPlatform } from '../../core/model/pathRules.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { FileMode, FileVersion } from '../../core/model/snapshot.ts';
import { branchState } from '../../core/sync/checkoutState.ts';
import type { Ask } from '../../ports/ask.ts';
import type { Editors } from '../../ports/editors.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { OperationContext } from '../../ports/progress.ts';
import { transact } from '../checkout/transact.ts';
import type { FolderPlace } from '../folderPlace.ts';
import { refuseTyped, refuseUnsafe, refuseUnsaved } from '../guards.ts';
import type { Undoable } from '../undoable.ts';
import { localCopies, type BackUp, type Copy } from './backUp.ts';
import type { BackupFolder, BackupFolders } from './backupFolders.ts';

/** What became of a backup's files. */
export interface RestoredBackup {
  readonly restored: readonly RepoPath[];
  /** Files that were as in the backup already. */
  readonly same: number;
  /** Absent: nothing was written. */
  readonly done?: Undoable;
}

/** A file that differs from its copy, or is not there. */
interface Restoring {
  readonly path: RepoPath;
  readonly bytes: Uint8Array;
  readonly before: FileVersion | undefined;
  readonly after: { readonly id: BlobId; readonly mode: FileMode };
}

/** What restoring has replaced, and what it made of it. */
interface Restored {
  readonly branch: string | undefined;
  readonly files: readonly Restoring[];
  readonly copies: readonly Copy[];
}

/** Writes copies of a backup back to where they came from: local changes of whatever branch is worked on. */
export class RestoreBackup {
  constructor(
    private readonly folders: BackupFolders,
    private readonly editors: Editors,
    private readonly ask: Ask,
    private readonly backUp: BackUp,
    private readonly hasher: Hasher,
    private readonly platform: PathPlatform,
  ) {}

  /**
   * All or none; of two copies of one path the last one counts. What differs is asked for by name, and copied first.
   * @throws Failure `unsavedEditors`, `unsafePath`, `cancelled`, `changedMeanwhile` also when a copy is gone.
   */
  run(
    place: FolderPlace,
    backup: KeptBackup,
    files: readonly KeptFile[],
    context: OperationContext,
  ): Promise<RestoredBackup> {
    return this.folders.run(place, context, async (folder) => {
      const wanted = new Map(files.map((file) => [file.path, file]));
      const restoring = await this.compare(folder, backup, wanted, context);
      const same = wanted.size - restoring.length;
      if (restoring.length === 0) return { restored: [], same };
      const paths = restoring.map(({ path }) => path);
      refuseUnsafe(paths, await neighbours(folder, context), this.platform);
      refuseUnsaved(this.editors, folder, paths);
      const replaced = restoring.filter(({ before }) => before !== undefined).map(({ path }) => path);
      await this.confirm(replaced);
      const copies = await localCopies(folder, replaced);
      const branch = folder.state?.branch;
      const kept = await this.backUp.run(folder, { reason: 'restore', ...(branch && { branch }) }, copies);
      await this.write(folder, restoring.map(changeTo), context);
      const undo = (again: OperationContext): Promise<void> =>
        this.takeBack(place, { branch, files: restoring, copies }, again);
      return { restored: paths, same, done: { ...kept, undo } };
    });
  }

  private async compare(
    { storage }: BackupFolder,
    { name }: KeptBackup,
    wanted: ReadonlyMap<RepoPath, KeptFile>,
    context: OperationContext,
  ): Promise<readonly Restoring[]> {
    context.progress.report({ step: 'comparing' });
    const present = await storage.files.snapshot(wanted.keys(), context.signal);
    const restoring: Restoring[] = [];
    for (const [path, { copy, mode }] of wanted) {
      const bytes = await storage.backups.read(`${name}/${copy}`);
      if (bytes === undefined) throw new Failure('changedMeanwhile', { paths: [`${name}/${copy}`] });
      const before = present.get(path);
      const after = { id: await this.hasher.blobId(bytes), mode: mode ?? before?.mode ?? 'regular' };
      if (after.id !== before?.id) restoring.push({ path, bytes, before, after });
    }
    return restoring;
  }

  private async confirm(paths: readonly RepoPath[]): Promise<void> {
    if (paths.length === 0) return;
    if ((await this.ask.ask('restoreBackup', { paths })) === 'cancel') throw new Failure('cancelled');
  }

  /** A folder that remembers nothing has no journal; what is cut off there is finished by restoring once more. */
  private async write(folder: BackupFolder, changes: readonly FileChange[], context: OperationContext): Promise<void> {
    refuseTyped(this.editors, folder, changes);
    const { storage, state } = folder;
    if (state === undefined) return storage.files.apply(changes, context.signal);
    return transact({ storage }, { operation: 'restoreBackup', changes, next: state }, context);
  }

  private takeBack(place: FolderPlace, restored: Restored, context: OperationContext): Promise<void> {
    return this.folders.run(place, context, async (folder) => {
      const paths = restored.files.map(({ path }) => path);
      if (folder.state?.branch !== restored.branch) throw new Failure('changedMeanwhile', { paths });
      await this.write(folder, changesBack(restored), context);
    });
  }
}

/** Files that are here and stay: a restored one must not have a name that the platform takes for theirs. */
async function neighbours({ storage, state }: BackupFolder, context: OperationContext): Promise<Iterable<RepoPath>> {
  if (state === undefined) return [];
  const { base, members } = branchState(state);
  const known = [...base.keys(), ...[...members.values()].flatMap((paths) => [...paths])];
  return (await storage.files.snapshot(known, context.signal)).keys();
}

function changeTo({ path, bytes, before, after }: Restoring): FileChange {
  return { kind: 'write', path, bytes, mode: after.mode, expected: before?.id ?? null };
}

function changesBack({ files, copies }: Restored): readonly FileChange[] {
  const bytesOf = new Map(copies.map(({ path, bytes }) => [path, bytes]));
  return files.map(({ path, before, after }): FileChange => {
    const bytes = bytesOf.get(path);
    if (before === undefined || bytes === undefined) return { kind: 'delete', path, expected: after.id };
    return { kind: 'write', path, bytes, mode: before.mode, expected: after.id };
  });
}
