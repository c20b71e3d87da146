import type { RepoPath } from '../model/repoPath.ts';
import type { BaseVersion, FileVersion } from '../model/snapshot.ts';
import type { UnmergedFile } from '../model/unmergedFile.ts';

export type ChangeKind = 'added' | 'modified' | 'deleted';

export type ConflictKind = 'bothModified' | 'bothAdded' | 'deletedThere' | 'deletedHere' | 'renamedDifferently';

/** A file under another name, bytes untouched; the same on each item that it is about. */
export interface Rename {
  /** The name that both sides last agreed on. */
  readonly from: RepoPath;
  /** The name that it was given here. */
  readonly here?: RepoPath;
  /** The name that it was given in the repository. */
  readonly there?: RepoPath;
}

/** The three versions of a path; absent: no file there. */
export interface Sides {
  readonly path: RepoPath;
  readonly base?: BaseVersion;
  readonly local?: FileVersion;
  readonly remote?: FileVersion;
  /** Set where the path is one name of a file that was renamed. */
  readonly rename?: Rename;
}

/**
 * What is to be done about one path.
 * - `outgoing`: changed here only; `incoming`: changed there only; `converged`: both made the same change;
 * - `conflict`: both changed it differently. `mergeable` is set once a merge was tried: `true` when pull can join
 *   both sides by itself (then it is shown as a change and as incoming), `false` when a person must decide.
 *   A renamed file that the other side edited is a conflict of its old name, and always mergeable.
 */
export type PlanItem =
  | (Sides & { readonly kind: 'outgoing' | 'incoming'; readonly change: ChangeKind })
  | (Sides & { readonly kind: 'converged' })
  | (Sides & {
      readonly kind: 'conflict';
      readonly conflict: ConflictKind;
      readonly mergeable?: boolean;
      /** Present where it is Git's own conflict, in a clone: the sides to decide between are these. */
      readonly unmerged?: UnmergedFile;
    });

/** Sorted by path; paths that are the same everywhere are left out. */
export type SyncPlan = readonly PlanItem[];
