import { throwIfCancelled } from '../../core/cancellation.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { CallContext, TreeChange } from '../../ports/repositoryHost.ts';
import { treeChanges } from '../http/treeChanges.ts';
import type { Place } from './places.ts';
import type { Trees } from './tree.ts';

/**
 * What differs between two commits. From their trees, of which one is nearly always known already: GitHub's comparison
 * starts at the merge base instead of `from`, ends at 300 files, and says nothing of modes.
 */
export async function readChanges(
  trees: Trees,
  place: Place,
  from: CommitId,
  to: CommitId,
  call: CallContext,
): Promise<readonly TreeChange[]> {
  throwIfCancelled(call.signal);
  if (from === to) return [];
  const [before, after] = await Promise.all([trees.read(place, from, call), trees.read(place, to, call)]);
  return treeChanges(before, after);
}
