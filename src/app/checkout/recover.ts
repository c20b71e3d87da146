import { Failure } from '../../core/errors.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { branchState, type CheckoutState } from '../../core/sync/checkoutState.ts';
import { finishedState, homelessOf, type Journal, type JournalEntry } from '../../core/sync/journal.ts';
import { encodeState } from '../../core/sync/stateCodec.ts';
import type { CheckoutStorage } from '../../ports/checkoutStorage.ts';
import type { Tell } from '../../ports/tell.ts';
import type { BackUp, Copy } from '../backup/backUp.ts';
import type { Backup } from '../undoable.ts';
import type { Checkout } from './checkout.ts';
import { changesTo, putBack, readProgress, unfinished } from './takeBack.ts';

/** What became of an operation that was cut off: by a crash, a kill, a full disk. */
export interface Recovery {
  readonly operation: string;
  readonly outcome: 'finished' | 'undone';
  /** Files that a person changed meanwhile: they stay as they are. */
  readonly kept: readonly RepoPath[];
  /** Copies of what has no place in the folder any more, because a person wrote in each that it had. */
  readonly backup?: Backup;
}

type Place = Pick<Checkout, 'workspaceFolder' | 'folder' | 'storage'>;

/** How a journal's transaction ended. */
interface Ending {
  readonly outcome: Recovery['outcome'];
  readonly kept: readonly RepoPath[];
  /** Files that the operation took from where they were, and that cannot be put back there. */
  readonly displaced: readonly JournalEntry[];
}

/** Finishes what a journal says was begun, or undoes it where it cannot be finished, and says so. */
export class Recover {
  constructor(
    private readonly backUp: BackUp,
    private readonly tell: Tell,
  ) {}

  /**
   * To be called by whoever has the checkout to themselves, before anything else. Nothing that a person wrote is
   * touched. `apis`: their names, for the news.
   * @throws Failure `unfinished` when the folder refuses both; then nobody may go on.
   */
  async run({ workspaceFolder, folder, storage }: Place, apis: readonly string[]): Promise<Recovery | undefined> {
    const journal = await storage.journal.load();
    if (journal === undefined) return undefined;
    const before = await storage.state.load();
    const { outcome, kept, displaced } = (await finish(storage, journal, before)) ?? (await undo(storage, journal));
    const copies = await this.copyAside(storage, displaced, before);
    await storage.journal.clear();
    const recovery: Recovery = { operation: journal.operation, outcome, kept, ...copies };
    this.tell.tell({ kind: 'recovered', apis, workspaceFolder, folder, ...recovery });
    return recovery;
  }

  /** What was agreed on with the repository is there still; only edits are nowhere else. */
  private async copyAside(
    storage: CheckoutStorage,
    displaced: readonly JournalEntry[],
    before: CheckoutState | undefined,
  ): Promise<{ readonly backup?: Backup }> {
    const base = before === undefined ? undefined : branchState(before).base;
    const files: Copy[] = [];
    for (const { path, before: version } of displaced) {
      if (version === null || version.id === base?.get(path)?.id) continue;
      const bytes = await storage.blobs.get(version.id);
      if (bytes !== undefined) files.push({ path, bytes, mode: version.mode });
    }
    try {
      return await this.backUp.run({ storage }, { reason: 'recovery' }, files);
    } catch (error) {
      throw unfinished(error);
    }
  }
}

/** `undefined` when it cannot be finished. */
async function finish(
  storage: CheckoutStorage,
  journal: Journal,
  before: CheckoutState | undefined,
): Promise<Ending | undefined> {
  // Cut off at its very last step; whatever is on disk by now was written since.
  if (journal.movesState && before !== undefined && encodeState(before) === encodeState(journal.next)) {
    return { outcome: 'finished', kept: [], displaced: [] };
  }
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
  try {
    const refused = await putBack(storage, back.changes, signal);
    if (forward.changes.length > 0) await storage.files.apply(forward.changes, signal);
    await storage.state.save(finishedState(journal, [...touched, ...homeless], before));
    const displaced = homeless.filter((entry) => touched.includes(entry) || refused.has(entry.path));
    return { outcome: 'finished', kept: touched.map(({ path }) => path), displaced };
  } catch (error) {
    if (Failure.is(error)) return undefined;
    throw error;
  }
}

/** @throws Failure `unfinished`. */
async function undo(storage: CheckoutStorage, journal: Journal): Promise<Ending> {
  const { signal } = new AbortController();
  try {
    const { done, touched } = await readProgress(storage, journal, signal);
    const { changes } = await changesTo('before', done, storage);
    const refused = await putBack(storage, changes, signal);
    const displaced = [
      ...done.filter(({ path }) => refused.has(path)),
      // Where a file was deleted and another one is by now, nobody gets the first one back.
      ...touched.filter(({ after }) => after === null),
    ];
    return { outcome: 'undone', kept: touched.map(({ path }) => path), displaced };
  } catch (error) {
    throw unfinished(error);
  }
}
