import type { RepoPath } from '../model/repoPath.ts';
import { sameVersion, type BaseVersion, type FileVersion, type Snapshot } from '../model/snapshot.ts';
import {
  branchState,
  emptyBranch,
  parkedOn,
  withBranch,
  withParked,
  type BranchState,
  type CheckoutState,
} from './checkoutState.ts';

/** What one path was before a transaction, and what it makes of it; `null`: no file. */
export interface JournalEntry {
  readonly path: RepoPath;
  readonly before: FileVersion | null;
  readonly after: FileVersion | null;
}

/** Written before the first byte of a transaction and gone after its last: what is found of one was cut off. */
export interface Journal {
  /** What the person asked for. */
  readonly operation: string;
  readonly entries: readonly JournalEntry[];
  /** The checkout's state once every entry is done. */
  readonly next: CheckoutState;
  /** Whether `next` differs from the state before: then finding it saved means that every entry was done. */
  readonly movesState: boolean;
}

/** How far a transaction had come when it was cut off, told by what is on disk. */
export interface JournalProgress {
  /** Still as before. */
  readonly open: readonly JournalEntry[];
  readonly done: readonly JournalEntry[];
  /** Neither: a person wrote it meanwhile, and theirs it stays. */
  readonly touched: readonly JournalEntry[];
}

/** @param modeless the file system tells no modes, so that ids alone count. */
export function progressOf({ entries }: Journal, disk: Snapshot, modeless: boolean): JournalProgress {
  const open: JournalEntry[] = [];
  const done: JournalEntry[] = [];
  const touched: JournalEntry[] = [];
  for (const entry of entries) {
    const now = disk.get(entry.path);
    if (isAt(entry.after, now, modeless)) done.push(entry);
    else if (isAt(entry.before, now, modeless)) open.push(entry);
    else touched.push(entry);
  }
  return { open, done, touched };
}

function isAt(version: FileVersion | null, now: FileVersion | undefined, modeless: boolean): boolean {
  if (version === null || now === undefined) return version === null && now === undefined;
  return modeless ? version.id === now.id : sameVersion(version, now);
}

/**
 * Files whose bytes were to go on under a new name, where a person wrote something else meanwhile: there is no other
 * place for them than the one where they were.
 */
export function homelessOf({ entries }: Journal, touched: readonly JournalEntry[]): readonly JournalEntry[] {
  const lostTo = (left: JournalEntry): boolean =>
    touched.some(({ before, after }) => before === null && after !== null && after.id === left.before?.id);
  return entries.filter((entry) => entry.after === null && lostTo(entry));
}

/**
 * The state once a transaction that was cut off is finished. What a person touched meanwhile keeps the base that it
 * had: against the new one their file would look like an edit that takes back what came in. One that was made where
 * there was none has none: nobody saw what it would replace. A base that moves for another path's sake, as that of a
 * renamed file's old name, waits as well. What was to come back there from its branch's parked work waits on.
 */
export function finishedState(
  { entries, next }: Journal,
  touched: readonly JournalEntry[],
  before: CheckoutState | undefined,
): CheckoutState {
  if (touched.length === 0) return next;
  const branch = branchState(next);
  const old = isOf(next, before) ? branchState(before).base : emptyBranch.base;
  const base = before?.branch === next.branch ? ownMoves(old, branch.base, entries) : new Map(branch.base);
  for (const { path, before: replaced } of touched) {
    const version = replaced === null ? undefined : old.get(path);
    if (version === undefined) base.delete(path);
    else base.set(path, version);
  }
  const finished = withBranch(next, next.branch, { ...branch, base });
  return isOf(next, before) ? stillParked(finished, touched, before) : finished;
}

/** The base with the moves of those paths only that an entry is about. */
function ownMoves(
  old: BranchState['base'],
  moved: BranchState['base'],
  entries: readonly JournalEntry[],
): Map<RepoPath, BaseVersion> {
  const base = new Map(old);
  for (const { path } of entries) {
    const version = moved.get(path);
    if (version === undefined) base.delete(path);
    else base.set(path, version);
  }
  return base;
}

function stillParked(next: CheckoutState, touched: readonly JournalEntry[], before: CheckoutState): CheckoutState {
  const waiting = parkedOn(before, next.branch);
  const files = new Map(parkedOn(next, next.branch));
  for (const { path } of touched) {
    const file = waiting.get(path);
    if (file !== undefined) files.set(path, file);
  }
  return withParked(next, next.branch, files);
}

/** A folder may have been another repository's before. */
function isOf({ repository }: CheckoutState, before: CheckoutState | undefined): before is CheckoutState {
  const { host, origin, id } = repository;
  const known = before?.repository;
  return known?.host === host && known.origin === origin && known.id === id;
}
