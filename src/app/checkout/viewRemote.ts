import { Failure } from '../../core/errors.ts';
import type { CommitId } from '../../core/model/ids.ts';
import type { BranchState } from '../../core/sync/checkoutState.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { WorkspaceClone } from '../../ports/workspaceClone.ts';
import type { BranchStanding } from '../apiNode.ts';
import { agreedVersions } from './agreedVersions.ts';
import type { Checkout } from './checkout.ts';
import { RemoteFiles } from './remoteFiles.ts';
import { withHeads, type RemoteView } from './remoteView.ts';

/** Asks the host where the branch is; reads its tree only when it moved. Failures of the host are part of the answer. */
export async function viewRemote(
  checkout: Checkout,
  branch: string,
  known: BranchState,
  call: CallContext,
): Promise<RemoteView> {
  try {
    const head = await checkout.host.head(checkout.repository.id, branch, call);
    const view = await viewHead(checkout, branch, known, head, call);
    checkout.seen.set(branch, view);
    checkout.unanswered = undefined;
    return view;
  } catch (error) {
    if (!Failure.is(error) || error.reason === 'cancelled') throw error;
    checkout.unanswered = error;
    return rememberRemote(checkout, branch, known);
  }
}

/** The same without asking the host: what was seen last, else what both sides last agreed on. */
export function rememberRemote(checkout: Checkout, branch: string, known: BranchState): RemoteView {
  const seen = checkout.seen.get(branch);
  // Of before another window's pull or push: that would look like changes that take them back.
  const isCurrent = seen !== undefined && seen.baseHead === known.head;
  const view = isCurrent ? seen : agreedView(checkout, branch, known);
  return checkout.unanswered === undefined ? view : { ...view, failure: checkout.unanswered };
}

/**
 * As {@link rememberRemote} where a person's own clone is worked in: what they fetched or pulled with Git is seen, too.
 * Everything is in the clone, so that nothing needs the host.
 */
export async function recallRemote(
  checkout: Checkout,
  clone: WorkspaceClone,
  branch: string,
  known: BranchState,
  call: CallContext,
): Promise<RemoteView> {
  const seen = checkout.seen.get(branch);
  // Git keeps what it fetched of a branch that is gone.
  const isGone = seen?.standing === 'deleted' && seen.baseHead === known.head;
  if (!isGone) {
    checkout.seen.set(branch, await viewHead(checkout, branch, known, await clone.fetched(branch, call.signal), call));
  }
  return rememberRemote(checkout, branch, known);
}

function agreedView(checkout: Checkout, branch: string, known: BranchState): RemoteView {
  return withHeads(branch, known.head, known.head, {
    standing: known.head === undefined ? 'unborn' : 'upToDate',
    files: RemoteFiles.ofSnapshot(known.head, known.base, checkout.storage.blobs),
  });
}

async function viewHead(
  checkout: Checkout,
  branch: string,
  known: BranchState,
  head: CommitId | undefined,
  call: CallContext,
): Promise<RemoteView> {
  const seen = checkout.seen.get(branch);
  if (seen !== undefined && seen.head === head && seen.baseHead === known.head) return seen;
  const { blobs } = checkout.storage;
  if (head === undefined) {
    // A deleted branch deletes no file: what both sides last agreed on stays the measure.
    const standing = known.head === undefined ? 'unborn' : 'deleted';
    return withHeads(branch, head, known.head, {
      standing,
      files: RemoteFiles.ofSnapshot(undefined, known.base, blobs),
    });
  }
  const files =
    seen?.head === head && seen.files.commit === head ? seen.files : await filesAt(checkout, known, head, call);
  return withHeads(branch, head, known.head, { standing: await standingOf(checkout, known.head, head, call), files });
}

async function filesAt(
  checkout: Checkout,
  known: BranchState,
  head: CommitId,
  call: CallContext,
): Promise<RemoteFiles> {
  const tree = await checkout.host.tree(checkout.repository.id, head, call);
  const files = RemoteFiles.ofTree(head, tree, checkout.storage.blobs, checkout.fetch);
  const modesAreKnown = checkout.host.modesRead === undefined;
  files.know(await agreedVersions(checkout, tree, known.base, head, call), modesAreKnown);
  return files;
}

async function standingOf(
  checkout: Checkout,
  base: CommitId | undefined,
  head: CommitId,
  call: CallContext,
): Promise<BranchStanding> {
  if (base === head) return 'upToDate';
  if (base === undefined) return 'moved';
  return (await checkout.host.isAncestor(checkout.repository.id, base, head, call)) ? 'moved' : 'rewritten';
}
