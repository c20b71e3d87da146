import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import type { FileChange } from '../../core/model/change.ts';
import { checkPath, checkPaths } from '../../core/model/pathRules.ts';
import type { PathPlatform } from '../../core/model/pathRules.ts';
import { isBelow } from '../../core/model/repoPath.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import type { FileMode, FileVersion, Snapshot } from '../../core/model/snapshot.ts';
import type { Hasher } from '../../ports/hasher.ts';
import type { WorkingCopy } from '../../ports/workingCopy.ts';

interface MemoryFile {
  readonly bytes: Uint8Array;
  readonly mode: FileMode;
}

/** A checkout's folder in memory, with the promises of the real one. */
export class MemoryWorkingCopy implements WorkingCopy {
  private files = new Map<RepoPath, MemoryFile>();
  private failure: { readonly after: number; readonly error: Failure } | undefined;

  constructor(
    private readonly hasher: Hasher,
    private readonly platform: PathPlatform = 'linux',
  ) {}

  async snapshot(paths: Iterable<RepoPath>, signal: AbortSignal): Promise<Snapshot> {
    const versions = new Map<RepoPath, FileVersion>();
    for (const path of new Set(paths)) {
      throwIfCancelled(signal);
      const file = this.files.get(path);
      if (file !== undefined) versions.set(path, { id: await this.hasher.blobId(file.bytes), mode: file.mode });
    }
    return versions;
  }

  list(folder: RepoPath | ''): Promise<readonly RepoPath[]> {
    return Promise.resolve([...this.files.keys()].filter((path) => isBelow(path, folder)).sort());
  }

  read(path: RepoPath): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.files.get(path)?.bytes.slice());
  }

  async apply(changes: readonly FileChange[], signal: AbortSignal): Promise<void> {
    this.refuseUnsafe(changes);
    await this.refuseMoved(changes, signal);
    const next = new Map(this.files);
    for (const change of changes) if (change.kind === 'delete') next.delete(change.path);
    let written = 0;
    for (const change of changes) {
      if (change.kind === 'delete') continue;
      this.failWhenAsked(written++);
      next.set(change.path, { bytes: change.bytes.slice(), mode: change.mode });
    }
    this.files = next;
  }

  private refuseUnsafe(changes: readonly FileChange[]): void {
    const refusals = [
      ...changes.flatMap((change) => checkPath(change.path, this.platform) ?? []),
      ...checkPaths(
        changes.filter((change) => change.kind === 'write').map((change) => change.path),
        this.platform,
      ),
    ];
    const [first] = refusals;
    if (first === undefined) return;
    throw new Failure('unsafePath', { paths: refusals.map((refusal) => refusal.path), detail: first.rule });
  }

  private async refuseMoved(changes: readonly FileChange[], signal: AbortSignal): Promise<void> {
    const now = await this.snapshot(
      changes.map((change) => change.path),
      signal,
    );
    const moved = changes.filter((change) => (now.get(change.path)?.id ?? null) !== change.expected);
    if (moved.length > 0) throw new Failure('changedMeanwhile', { paths: moved.map((change) => change.path) });
  }

  private failWhenAsked(written: number): void {
    if (this.failure === undefined || written < this.failure.after) return;
    const { error } = this.failure;
    this.failure = undefined;
    throw error;
  }

  /** A person's edit. */
  edit(path: RepoPath, content: string | Uint8Array, mode?: FileMode): void {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content.slice();
    this.files.set(path, { bytes, mode: mode ?? this.files.get(path)?.mode ?? 'regular' });
  }

  /** A person's delete. */
  remove(path: RepoPath): void {
    this.files.delete(path);
  }

  /** `undefined`: no such file. */
  text(path: RepoPath): string | undefined {
    const file = this.files.get(path);
    return file === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.bytes);
  }

  modeOf(path: RepoPath): FileMode | undefined {
    return this.files.get(path)?.mode;
  }

  /** Lets the next {@link apply} that gets so far fail after `count` writes. */
  failAfterWrites(count: number, error: Failure = new Failure('writeFailed', { detail: 'ENOSPC' })): void {
    this.failure = { after: count, error };
  }
}
