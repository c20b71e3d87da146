import type { FileChange } from '../core/model/change.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { Snapshot } from '../core/model/snapshot.ts';

/** The files of one checkout's folder. Links are never followed; `.git` and `.api-source-control` are never touched. */
export interface WorkingCopy {
  /** Present where the file system has no modes: every file is `regular`, and base's mode counts. */
  readonly modeless?: true;
  /**
   * Versions of those of `paths` that are regular files here; others are absent from the answer.
   * Hashes again only where size or mtime moved, or where the file is too young to trust its mtime.
   */
  snapshot(paths: Iterable<RepoPath>, signal: AbortSignal): Promise<Snapshot>;
  /**
   * Those of `paths` that are a link or lie below one: they are left alone, and not being in a snapshot does not mean
   * that somebody deleted them. Absent where the file system has no links.
   */
  leftAlone?(paths: Iterable<RepoPath>): Promise<ReadonlySet<RepoPath>>;
  /** Regular files below `folder` that are not too large to read, at any depth, sorted. An absent folder has none. */
  list(folder: RepoPath | '', signal: AbortSignal): Promise<readonly RepoPath[]>;
  /** `undefined` when there is no regular file. @throws Failure `tooLarge`. */
  read(path: RepoPath): Promise<Uint8Array | undefined>;
  /** As {@link read}, as a person sees the file. Absent where that is the same: no Git converts it on the way. */
  readAsIs?(path: RepoPath): Promise<Uint8Array | undefined>;
  /**
   * Makes every change or none: each `expected` is checked first, then deletes, case-only renames, writes,
   * each by temporary file and rename; a write refused in the middle rolls everything back.
   * @throws Failure `changedMeanwhile`, `unsafePath` (before the first byte), `writeFailed`.
   */
  apply(changes: readonly FileChange[], signal: AbortSignal): Promise<void>;
}
