import { Failure } from '../../core/errors.ts';
import type { FileChange } from '../../core/model/change.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { progressOf, type Journal, type JournalEntry, type JournalProgress } from '../../core/sync/journal.ts';
import type { FileVersion } from '../../core/model/snapshot.ts';
import type { CheckoutStorage } from '../../ports/checkoutStorage.ts';

type Stores = Pick<CheckoutStorage, 'files' | 'blobs' | 'journal'>;

/** How far a journal's transaction has come on disk. */
export async function readProgress({ files }: Stores, journal: Journal, signal: AbortSignal): Promise<JournalProgress> {
  const paths = journal.entries.map(({ path }) => path);
  return progressOf(journal, await files.snapshot(paths, signal), files.modeless === true);
}

/**
 * Undoes what a transaction has done so far; what a person touched since stays theirs. The journal goes with it.
 * @throws Failure `unfinished` when that is refused: the journal stays, for the next start.
 */
export async function takeBack(stores: Stores, journal: Journal): Promise<void> {
  // Half a transaction is worse than a late answer: nothing cancels this.
  const { signal } = new AbortController();
  try {
    const { done } = await readProgress(stores, journal, signal);
    const { changes } = await changesTo('before', done, stores);
    if (changes.length > 0) await stores.files.apply(changes, signal);
    await stores.journal.clear();
  } catch (error) {
    throw unfinished(error);
  }
}

/** What anybody who finds the journal is told, until the folder allows one or the other. */
export function unfinished(error: unknown): unknown {
  if (!Failure.is(error)) return error;
  const { paths = [], detail } = error.facts;
  return new Failure('unfinished', { paths, ...(detail === undefined ? {} : { detail }) }, { cause: error });
}

/**
 * Makes all of those changes that leave a person's files alone; answers the paths where something else is by now: a
 * file, a folder, a link, or on some disks a name that is the same but for its case.
 */
export async function putBack(
  { files }: Pick<Stores, 'files'>,
  changes: readonly FileChange[],
  signal: AbortSignal,
): Promise<ReadonlySet<RepoPath>> {
  const refused = new Set<RepoPath>();
  for (;;) {
    const left = changes.filter(({ path }) => !refused.has(path));
    if (left.length === 0) return refused;
    try {
      await files.apply(left, signal);
      return refused;
    } catch (error) {
      if (!Failure.is(error, 'changedMeanwhile', 'unsafePath')) throw error;
      const named = left.filter(({ path }) => error.facts.paths?.includes(path));
      if (named.length === 0) throw error;
      for (const { path } of named) refused.add(path);
    }
  }
}

/** What brings each entry to one of its sides; `lost`: those whose contents are nowhere any more. */
export async function changesTo(
  side: 'before' | 'after',
  entries: readonly JournalEntry[],
  { blobs }: Stores,
): Promise<{ readonly changes: readonly FileChange[]; readonly lost: readonly RepoPath[] }> {
  const changes: FileChange[] = [];
  const lost: RepoPath[] = [];
  for (const entry of entries) {
    const wanted = entry[side];
    const now = entry[side === 'before' ? 'after' : 'before'];
    const bytes = wanted === null ? undefined : await blobs.get(wanted.id);
    if (wanted === null) changes.push(...deleteOf(entry.path, now));
    else if (bytes === undefined) lost.push(entry.path);
    else changes.push({ kind: 'write', path: entry.path, bytes, mode: wanted.mode, expected: now?.id ?? null });
  }
  return { changes, lost };
}

function deleteOf(path: RepoPath, now: FileVersion | null): readonly FileChange[] {
  return now === null ? [] : [{ kind: 'delete', path, expected: now.id }];
}
