import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import { limits } from '../../core/limits.ts';
import type { FileChange } from '../../core/model/change.ts';
import type { BlobId } from '../../core/model/ids.ts';
import { checkPath, checkPaths, ownFolderName } from '../../core/model/pathRules.ts';
import { isRepoPath } from '../../core/model/repoPath.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { FileVersion, Snapshot } from '../../core/model/snapshot.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { WorkingCopy } from '../../ports/workingCopy.ts';
import type { FileFacts, FolderFileSystem } from '../../ports/folderFileSystem.ts';

/** Some file systems count mtime in whole seconds: a file younger than this may change without a trace. */
const racyMilliseconds = 2_000;

interface Remembered extends FileFacts {
  readonly id: BlobId;
  readonly at: number;
}

/**
 * A checkout's folder on a virtual file system. It knows no modes (every file is regular) and has no atomic rename
 * that survives the end of the process: a write refused in the middle is rolled back, a killed one is not.
 */
export class VirtualWorkingCopy implements WorkingCopy {
  readonly modeless = true;

  private readonly remembered = new Map<RepoPath, Remembered>();

  constructor(
    private readonly fs: FolderFileSystem,
    private readonly hasher: Hasher,
    private readonly clock: Clock,
  ) {}

  async snapshot(paths: Iterable<RepoPath>, signal: AbortSignal): Promise<Snapshot> {
    const versions = new Map<RepoPath, FileVersion>();
    for (const path of new Set(paths)) {
      throwIfCancelled(signal);
      const id = await this.idOf(path);
      if (id !== undefined) versions.set(path, { id, mode: 'regular' });
    }
    return versions;
  }

  async list(folder: RepoPath | '', signal: AbortSignal): Promise<readonly RepoPath[]> {
    const found: RepoPath[] = [];
    if ((await this.fs.stat(folder))?.kind !== 'folder') return found;
    const waiting: string[] = [folder];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      throwIfCancelled(signal);
      for (const { name, kind } of await this.fs.list(next)) {
        const path = next === '' ? name : `${next}/${name}`;
        if (kind === 'folder' && name !== '.git' && name !== ownFolderName) waiting.push(path);
        if (kind === 'file' && isRepoPath(path) && (await this.isReadable(path))) found.push(path);
      }
    }
    return found.sort();
  }

  private async isReadable(path: RepoPath): Promise<boolean> {
    return ((await this.fs.stat(path))?.size ?? 0) <= limits.fileBytes;
  }

  async read(path: RepoPath): Promise<Uint8Array | undefined> {
    const facts = await this.fileFacts(path);
    if (facts === undefined) return undefined;
    if (facts.size > limits.fileBytes) throw new Failure('tooLarge', { paths: [path] });
    return this.fs.read(path);
  }

  async apply(changes: readonly FileChange[], signal: AbortSignal): Promise<void> {
    refuseUnsafe(changes);
    const originals = await this.originals(changes, signal);
    const done: FileChange[] = [];
    const ordered = [...changes].sort((a, b) => Number(a.kind === 'write') - Number(b.kind === 'write'));
    try {
      for (const change of ordered) {
        done.push(change);
        if (change.kind === 'delete') await this.fs.delete(change.path);
        else await this.fs.write(change.path, change.bytes);
      }
    } catch (error) {
      await this.rollBack(done, originals);
      throw new Failure(
        'writeFailed',
        { paths: done.slice(-1).map(({ path }) => path), detail: words(error) },
        { cause: error },
      );
    }
  }

  private async originals(changes: readonly FileChange[], signal: AbortSignal): Promise<Map<RepoPath, Uint8Array>> {
    const originals = new Map<RepoPath, Uint8Array>();
    const moved: RepoPath[] = [];
    for (const { path, expected } of changes) {
      throwIfCancelled(signal);
      const bytes = await this.read(path);
      const id = bytes === undefined ? null : await this.hasher.blobId(bytes);
      if (id !== expected) moved.push(path);
      if (bytes !== undefined) originals.set(path, bytes);
    }
    if (moved.length > 0) throw new Failure('changedMeanwhile', { paths: moved });
    return originals;
  }

  private async rollBack(done: readonly FileChange[], originals: ReadonlyMap<RepoPath, Uint8Array>): Promise<void> {
    for (const { path } of [...done].reverse()) {
      const original = originals.get(path);
      if (original !== undefined) await this.fs.write(path, original);
      else if ((await this.fs.stat(path)) !== undefined) await this.fs.delete(path);
    }
  }

  private async idOf(path: RepoPath): Promise<BlobId | undefined> {
    const facts = await this.fileFacts(path);
    if (facts === undefined) return undefined;
    const known = this.remembered.get(path);
    if (
      known?.size === facts.size &&
      known.modified === facts.modified &&
      known.modified + racyMilliseconds < known.at
    ) {
      return known.id;
    }
    if (facts.size > limits.fileBytes) throw new Failure('tooLarge', { paths: [path] });
    const at = this.clock.now();
    const id = await this.hasher.blobId(await this.fs.read(path));
    this.remembered.set(path, { ...facts, id, at });
    return id;
  }

  /** `undefined` too when a folder on the way is a link: links are never followed. */
  private async fileFacts(path: RepoPath): Promise<FileFacts | undefined> {
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      if ((await this.fs.stat(path.slice(0, slash)))?.kind !== 'folder') return undefined;
    }
    const facts = await this.fs.stat(path);
    return facts?.kind === 'file' ? facts : undefined;
  }
}

function refuseUnsafe(changes: readonly FileChange[]): void {
  const written = changes.filter((change) => change.kind === 'write').map(({ path }) => path);
  // Nobody tells what is below a virtual file system: the strictest family's rules hold.
  const refusals = [
    ...changes.flatMap(({ path }) => checkPath(path, 'windows') ?? []),
    ...checkPaths(written, 'windows'),
  ];
  const [first] = refusals;
  if (first === undefined) return;
  throw new Failure('unsafePath', { paths: refusals.map(({ path }) => path), detail: first.rule });
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
