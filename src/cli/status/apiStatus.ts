import type { ApiNode, SyncStatus } from '../../app/apiNode.ts';
import type { ChangeKind, ConflictKind, PlanItem } from '../../core/sync/planItem.ts';
import { listsOf, type PlanList } from '../../core/sync/planLists.ts';
import type { LeaseClaim } from '../../ports/lease.ts';
import { failureText } from '../texts/failureText.ts';

export interface ChangedFile {
  readonly path: string;
  readonly change: ChangeKind | ConflictKind;
}

/** How an API stands: what `status` tells, to people and to programs. */
export interface ApiStatus {
  readonly id: string;
  readonly name: string;
  /** `unapproved`: connected by `apis.json`, and not on this computer. */
  readonly state: ApiNode['state'];
  readonly repository?: string;
  readonly branch?: string;
  readonly standing?: SyncStatus['standing'];
  readonly outgoing: readonly ChangedFile[];
  readonly incoming: readonly ChangedFile[];
  readonly conflicts: readonly ChangedFile[];
  /** A push of which nobody knows whether it arrived. */
  readonly inDoubt?: true;
  /** Branches with work that waits for a return. */
  readonly parked?: readonly string[];
  /** Who has the folder to themselves right now. */
  readonly working?: LeaseClaim & { readonly machine: string };
  /** Why no more is known. */
  readonly failure?: { readonly reason: string; readonly message: string };
}

export function apiStatus({ api, state, sync, failure }: ApiNode, working: ApiStatus['working']): ApiStatus {
  const { connection } = api;
  const repository = sync?.repositoryName ?? connection?.repository.name;
  return {
    id: api.id,
    name: api.name,
    state,
    ...(repository === undefined ? {} : { repository }),
    ...(sync === undefined ? {} : ofSync(sync)),
    outgoing: listed(sync, 'outgoing'),
    incoming: listed(sync, 'incoming'),
    conflicts: listed(sync, 'conflicts'),
    ...(working === undefined ? {} : { working }),
    ...(failure === undefined ? {} : { failure: { reason: failure.reason, message: failureText(failure) } }),
  };
}

function ofSync({ branch, standing, inDoubt, parked }: SyncStatus): Partial<ApiStatus> {
  return {
    branch,
    standing,
    ...(inDoubt ? { inDoubt } : {}),
    ...(parked === undefined ? {} : { parked: parked.map((each) => each.branch) }),
  };
}

function listed(sync: SyncStatus | undefined, list: PlanList): readonly ChangedFile[] {
  return (sync?.plan ?? []).flatMap((item) => (listsOf(item).includes(list) ? [changedFile(item)] : []));
}

function changedFile(item: PlanItem): ChangedFile {
  if (item.kind === 'converged') return { path: item.path, change: 'modified' };
  return { path: item.path, change: item.kind === 'conflict' ? changeOf(item) : item.change };
}

/** What pull joins by itself is an ordinary change on both sides. */
function changeOf(item: Extract<PlanItem, { kind: 'conflict' }>): ChangedFile['change'] {
  return item.mergeable === true ? 'modified' : item.conflict;
}
