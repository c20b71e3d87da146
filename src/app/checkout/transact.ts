import { throwIfCancelled } from '../../core/cancellation.ts';
import { Failure } from '../../core/errors.ts';
import type { FileChange } from '../../core/model/change.ts';
import type { CheckoutState } from '../../core/sync/checkoutState.ts';
import type { JournalEntry } from '../../core/sync/journal.ts';
import { encodeState } from '../../core/sync/stateCodec.ts';
import type { OperationContext } from '../../ports/progress.ts';
import type { OperationKind } from '../operation.ts';
import type { Checkout } from './checkout.ts';
import { takeBack } from './takeBack.ts';

/** Files and memory of a checkout that change together. */
export interface Transaction {
  readonly operation: OperationKind;
  readonly changes: readonly FileChange[];
  /** The state that goes with the changed files. */
  readonly next: CheckoutState;
}

/**
 * Changes files and state together: both or neither, and whatever cuts it off, the journal tells the next start how
 * to finish. Everything that writes both goes through here.
 * @throws Failure of the writing, with everything as it was before.
 */
export async function transact(
  { storage }: Pick<Checkout, 'storage'>,
  { operation, changes, next }: Transaction,
  { signal, progress }: OperationContext,
): Promise<void> {
  throwIfCancelled(signal);
  if (changes.length === 0) return storage.state.save(next);
  const entries = await keepBothSides(storage, changes, signal);
  progress.report({ step: 'writingFiles', count: changes.length });
  const before = await storage.state.load();
  const movesState = before === undefined || encodeState(before) !== encodeState(next);
  const journal = { operation, entries, next, movesState };
  await storage.journal.save(journal);
  try {
    await storage.files.apply(changes, signal);
    await storage.state.save(next);
  } catch (error) {
    // Every other refusal comes with nothing written.
    if (Failure.is(error) && error.reason !== 'writeFailed') await storage.journal.clear();
    else await takeBack(storage, journal);
    throw error;
  }
  await storage.journal.clear();
}

/** Contents before and after go to the blob store, where a recovery finds them. */
async function keepBothSides(
  { files, blobs }: Checkout['storage'],
  changes: readonly FileChange[],
  signal: AbortSignal,
): Promise<readonly JournalEntry[]> {
  const present = await files.snapshot(
    changes.map(({ path }) => path),
    signal,
  );
  const entries: JournalEntry[] = [];
  for (const change of changes) {
    throwIfCancelled(signal);
    const { path } = change;
    // What is another than expected by now is refused by name when it comes to writing.
    const before = present.get(path) ?? null;
    const bytes = before === null || (await blobs.has(before.id)) ? undefined : await files.read(path);
    if (bytes !== undefined) await blobs.put(bytes);
    const after = change.kind === 'delete' ? null : { id: await blobs.put(change.bytes), mode: change.mode };
    entries.push({ path, before, after });
  }
  return entries;
}
