import { backupName, branchFolder, type BackupReason } from '../../core/model/backupName.ts';
import { encodeBackupNote } from '../../core/model/backupNote.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { FileMode } from '../../core/model/snapshot.ts';
import type { ParkedFiles } from '../../core/sync/checkoutState.ts';
import type { BackupFile } from '../../ports/backups.ts';
import type { CheckoutStorage } from '../../ports/checkoutStorage.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Backup } from '../undoable.ts';

type Place = { readonly storage: CheckoutStorage };

/** A file as it was, with what its bytes do not say. */
export interface Copy extends BackupFile {
  readonly mode: FileMode;
  /** The branch that it waits on, in a folder of its own; absent: it is in the checkout's folder. */
  readonly parkedOn?: string;
}

/** Why something is copied, and on which branch that happens. */
export interface Occasion {
  readonly reason: BackupReason;
  /** Absent where the folder remembers none. */
  readonly branch?: string;
}

/** Copies what a person wrote to where they find it, before an operation that they named takes it away. */
export class BackUp {
  constructor(private readonly clock: Clock) {}

  /** `undefined`: there is nothing to copy. @throws Failure `writeFailed`: then nothing may be taken away. */
  async run({ storage }: Place, occasion: Occasion, copies: readonly Copy[]): Promise<{ readonly backup?: Backup }> {
    if (copies.length === 0) return {};
    const name = backupName(occasion.reason, this.clock.now());
    const folder = await storage.backups.write(name, copies, noteOf(occasion, copies));
    return { backup: { folder, files: copies.length } };
  }
}

function noteOf({ branch }: Occasion, copies: readonly Copy[]): string {
  const parked = copies.flatMap(({ path, parkedOn }) =>
    parkedOn === undefined ? [] : [[path.slice(0, path.indexOf('/')), parkedOn] as const],
  );
  const executable = copies.filter(({ mode }) => mode === 'executable').map(({ path }) => path);
  return encodeBackupNote({
    ...(branch === undefined ? {} : { branch }),
    parked: new Map(parked),
    executable: new Set(executable),
  });
}

/** What is in the folder at those of `paths` that exist. */
export async function localCopies({ storage }: Place, paths: Iterable<RepoPath>): Promise<readonly Copy[]> {
  const copies: Copy[] = [];
  const versions = await storage.files.snapshot(paths, new AbortController().signal);
  for (const [path, { mode }] of versions) {
    const bytes = await (storage.files.readAsIs?.(path) ?? storage.files.read(path));
    if (bytes !== undefined) copies.push({ path, bytes, mode });
  }
  return copies;
}

/** What waits on branches, each in a folder of its own. */
export async function parkedCopies(
  { storage }: Place,
  parked: ReadonlyMap<string, ParkedFiles>,
): Promise<readonly Copy[]> {
  const copies: Copy[] = [];
  for (const [index, [branch, waiting]] of [...parked].entries()) {
    for (const [path, { local }] of waiting) {
      if (local === null) continue;
      const bytes = await storage.blobs.get(local.id);
      const copy = `${branchFolder(branch, index)}/${path}`;
      if (bytes !== undefined) copies.push({ path: copy, bytes, mode: local.mode, parkedOn: branch });
    }
  }
  return copies;
}
