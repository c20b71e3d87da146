import { Failure, type FailureReason } from '../../core/errors.ts';
import { asCommitId, type CommitId } from '../../core/model/ids.ts';
import type { Branch } from '../../core/model/repository.ts';
import type { CallContext } from '../../ports/repositoryHost.ts';
import type { AzureDevOpsApi } from './api.ts';
import { branchOf, isBranch, nothing, refOf } from './branchRef.ts';
import type { Place } from './places.ts';
import { refs, refUpdates, repository } from './schemas.ts';

const pageSize = '1000';

/** The server searches by parts of the whole ref, in a case that it does not tell; what it finds is looked at again. */
export async function* listBranches(
  api: AzureDevOpsApi,
  place: Place,
  query: string,
  call: CallContext,
): AsyncIterable<readonly Branch[]> {
  const wanted = query.trim().toLowerCase();
  const about = api.ask(repository, { path: place.path, facts: place.facts }, call);
  // Its failure is that of the list: nobody listens to it before the first page is there.
  about.catch(() => undefined);
  const list = { path: `${place.path}/refs`, query: { filter: 'heads/', $top: pageSize }, facts: place.facts };
  for await (const { value } of api.pages(refs, list, call)) {
    const { defaultBranch } = await about;
    yield value
      .filter(({ name }) => isBranch(name))
      .map(({ name, objectId, isLocked }) => ({
        name: branchOf(name),
        head: asCommitId(objectId),
        isDefault: name === defaultBranch,
        ...(isLocked === true ? { isProtected: true } : {}),
      }))
      .filter(({ name }) => name.toLowerCase().includes(wanted));
  }
}

/** The filter is a prefix: `main` finds `main2` too. */
export async function headOf(
  api: AzureDevOpsApi,
  place: Place,
  branch: string,
  call: CallContext,
): Promise<CommitId | undefined> {
  const ref = refOf(branch);
  const list = {
    path: `${place.path}/refs`,
    query: { filter: `heads/${branch}`, $top: pageSize },
    facts: { ...place.facts, branch },
  };
  for await (const { value } of api.pages(refs, list, call)) {
    const found = value.find(({ name }) => name === ref);
    if (found) return asCommitId(found.objectId);
  }
  return undefined;
}

export async function createBranch(
  api: AzureDevOpsApi,
  place: Place,
  branch: string,
  from: CommitId,
  call: CallContext,
): Promise<void> {
  const refused = await moveRef(api, place, branch, [nothing, from], call);
  if (refused) throw Failure.is(refused, 'stale') ? new Failure('branchExists', refused.facts) : refused;
}

/** Compare-and-swap, by the server. */
export async function deleteBranch(
  api: AzureDevOpsApi,
  place: Place,
  branch: string,
  expectedHead: CommitId,
  call: CallContext,
): Promise<void> {
  const refused = await moveRef(api, place, branch, [expectedHead, nothing], call);
  if (!refused) return;
  const isGone = Failure.is(refused, 'stale') && (await headOf(api, place, branch, call)) === undefined;
  throw isGone ? new Failure('branchNotFound', refused.facts) : refused;
}

/** The server answers 200 whatever became of it. Gives the reason when it was refused. */
async function moveRef(
  api: AzureDevOpsApi,
  place: Place,
  branch: string,
  [oldObjectId, newObjectId]: readonly [string, string],
  call: CallContext,
): Promise<Failure | undefined> {
  const facts = { ...place.facts, branch };
  const body = [{ name: refOf(branch), oldObjectId, newObjectId }];
  const { value } = await api.ask(refUpdates, { method: 'POST', path: `${place.path}/refs`, body, facts }, call);
  const [update] = value;
  if (!update) throw new Failure('unexpectedAnswer', { ...api.facts(facts), detail: 'no branch was looked at' });
  const status = update.updateStatus ?? (update.success ? 'succeeded' : '');
  const reason = statuses[status] ?? (update.success ? undefined : 'hostError');
  if (reason === undefined) return undefined;
  const words = [update.customMessage, update.rejectedBy, status].find((text) => text) ?? 'the branch was not moved';
  return new Failure(reason, { ...api.facts(facts), detail: words.slice(0, 300) });
}

/** What each outcome means that is not simply a success. */
const statuses: Readonly<Record<string, FailureReason>> = {
  staleOldObjectId: 'stale',
  succeededNonExistentRef: 'branchNotFound',
  invalidRefName: 'invalidName',
  refNameConflict: 'branchExists',
  writePermissionRequired: 'forbidden',
  createBranchPermissionRequired: 'forbidden',
  forcePushRequired: 'forbidden',
  rejectedByPolicy: 'protectedBranch',
  rejectedByPlugin: 'protectedBranch',
  locked: 'protectedBranch',
};
