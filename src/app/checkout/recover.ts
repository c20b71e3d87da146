import { Failure } from '../../core/errors.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { finishedState, homelessOf, type Journal, type JournalEntry } from '../../core/sync/journal.ts';
import type { CheckoutState } from '../../core/sync/checkoutState.ts';
import { encodeState } from '../../core/sync/stateCodec.ts';
import type { CheckoutStorage } from '../../ports/checkoutStorage.ts';
import { changesTo, readProgress, takeBack } from './takeBack.ts';

/** What became of an operation that was cut off: by a crash, a kill, a full disk. */
export interface Recovery {
  readonly operation: string;
  readonly outcome: 'finished' | 'undone';
  /** Files that a person changed meanwhile: they stay as they are. */
  readonly kept: readonly RepoPath[];
}

/**
 * Finishes what a journal says was begun, or undoes it where it cannot be finished. To be called by whoever has the
 * checkout to themselves, before anything else. Nothing that a person wrote is touched.
 * @throws Failure `unfinished` when the folder refuses both; then nobody may go on.
 */
export async function recover(storage: CheckoutStorage): Promise<Recovery | undefined> {
  const journal = await storage.journal.load();
  if (journal === undefined) return undefined;
  const before = await storage.state.load();
  const kept = await finish(storage, journal, before);
  if (kept === undefined) await takeBack(storage, journal);
  else await storage.journal.clear();
  return { operation: journal.operation, outcome: kept === undefined ? 'undone' : 'finished', kept: kept ?? [] };
}

/** Answers what a person touched meanwhile; `undefined` when it cannot be finished. */
async function finish(
  storage: CheckoutStorage,
  journal: Journal,
  before: CheckoutState | undefined,
): Promise<readonly RepoPath[] | undefined> {
  // Cut off at its very last step; whatever is on disk by now was written since.
  if (journal.movesState && before !== undefined && encodeState(before) === encodeState(journal.next)) return [];
  // Whoever cancels what they asked for does not cancel this.
  const { signal } = new AbortController();
  const { open, done, touched } = await readProgress(storage, journal, signal);
  const homeless = homelessOf(journal, touched);
  const stays = (entry: JournalEntry): boolean => homeless.includes(entry);
  const forward = await changesTo(
    'after',
    open.filter((entry) => !stays(entry)),
    storage,
  );
  const back = await changesTo('before', done.filter(stays), storage);
  if (forward.lost.length + back.lost.length > 0) return undefined;
  const changes = [...forward.changes, ...back.changes];
  try {
    if (changes.length > 0) await storage.files.apply(changes, signal);
    await storage.state.save(finishedState(journal, [...touched, ...homeless], before));
  } catch (error) {
    if (Failure.is(error)) return undefined;
    throw error;
  }
  return touched.map(({ path }) => path);
}
