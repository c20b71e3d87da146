import type { CommitId } from '../model/ids.ts';
import type { RepoPath } from '../model/repoPath.ts';
import type { BaseVersion, FileVersion } from '../model/snapshot.ts';
import type { SyncPlan } from './planItem.ts';

/** Path → the version that it gets; `null`: deleted. The shape of a push's intent and of a step of the base. */
export type Moves = ReadonlyMap<RepoPath, FileVersion | null>;

/** What a commit of the plan's outgoing changes makes of each path. */
export function outgoingOf(plan: SyncPlan): Moves {
  return movesOf(plan, 'outgoing', 'local');
}

/** What a pull without any merge makes of each path. */
export function incomingOf(plan: SyncPlan): Moves {
  return movesOf(plan, 'incoming', 'remote');
}

/** Paths on which both sides agree already: only the base has to follow. */
export function convergedOf(plan: SyncPlan): Moves {
  return movesOf(plan, 'converged', 'local');
}

function movesOf(plan: SyncPlan, kind: SyncPlan[number]['kind'], side: 'local' | 'remote'): Moves {
  const moves = new Map<RepoPath, FileVersion | null>();
  for (const item of plan) if (item.kind === kind) moves.set(item.path, item[side] ?? null);
  return moves;
}

/** The base after both sides agreed, in `commit`, on `moves`; every other path keeps the version it had. */
export function moveBase(
  base: ReadonlyMap<RepoPath, BaseVersion>,
  moves: Moves,
  commit: CommitId,
): ReadonlyMap<RepoPath, BaseVersion> {
  const moved = new Map(base);
  for (const [path, version] of moves) {
    if (version === null) moved.delete(path);
    else moved.set(path, { id: version.id, mode: version.mode, commit });
  }
  return moved;
}
