import type { RepoPath } from './repoPath.ts';
import type { FileVersion } from './snapshot.ts';

/** A file that Git could not join by itself: its index holds the versions that were to be joined. */
export interface UnmergedFile {
  /** What both sides began with; absent: both added it, or one gave it another name. */
  readonly base?: FileVersion;
  /** The person's; absent: they deleted it, or gave it another name. */
  readonly mine?: FileVersion;
  /** The other side's; absent as with `mine`. */
  readonly theirs?: FileVersion;
}

export type UnmergedFiles = ReadonlyMap<RepoPath, UnmergedFile>;
