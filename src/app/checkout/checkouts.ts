import { Failure } from '../../core/errors.ts';
import type { Api, Connection } from '../../core/model/api.ts';
import type { RepositoryRef } from '../../core/model/repository.ts';
import type { CheckoutStorages } from '../../ports/checkoutStorage.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { RepositoryHost } from '../../ports/repositoryHost.ts';
import type { Workspace } from '../../ports/workspace.ts';
import type { WorkspaceClone, WorkspaceClones } from '../../ports/workspaceClone.ts';
import type { Bindings } from '../accounts/bindings.ts';
import { checkoutKeyOf } from '../apiKeys.ts';
import type { ApiKey, ApiNode, CheckoutKey } from '../apiNode.ts';
import type { ReadonlyApiStore } from '../apiStore.ts';
import { remoteOf } from '../clone/remoteOf.ts';
import { Checkout } from './checkout.ts';
import { leasedStorage } from './leasedStorage.ts';

export type ConnectedApi = Api & { readonly connection: Connection };

/** The checkouts of this window, each opened when it is first worked on. Nothing that is not approved is ever opened. */
export class Checkouts {
  private readonly opened = new Map<CheckoutKey, { readonly checkout: Checkout; readonly host: RepositoryHost }>();

  constructor(
    private readonly workspace: Workspace,
    private readonly store: ReadonlyApiStore,
    private readonly hosts: Hosts,
    private readonly storages: CheckoutStorages,
    private readonly bindings: Bindings,
    /** Absent where there is no Git to run. */
    private readonly clones?: WorkspaceClones,
  ) {}

  /** @throws Failure `notApproved` for an API that this person has not connected. */
  nodeOf(key: ApiKey): ApiNode & { readonly api: ConnectedApi } {
    const node = this.store.get(key);
    if (node === undefined || node.state !== 'connected' || !isConnected(node.api)) {
      throw new Failure('notApproved', node?.api.connection ? { repository: node.api.connection.repository.name } : {});
    }
    return { ...node, api: node.api };
  }

  /** Every API that is a view on the checkout. */
  apisOf(key: CheckoutKey): readonly ConnectedApi[] {
    return this.nodesOf(key)
      .map(({ api }) => api)
      .filter(isConnected);
  }

  nodesOf(key: CheckoutKey): readonly ApiNode[] {
    return this.store.apis.filter((node) => node.state === 'connected' && checkoutKeyOf(node) === key);
  }

  get keys(): readonly CheckoutKey[] {
    return [...new Set(this.store.apis.filter(({ state }) => state === 'connected').map(checkoutKeyOf))];
  }

  /** @throws Failure `untrusted`, `folderInUse` where two repositories claim the folder, `unsafePath`. */
  async open(key: CheckoutKey): Promise<Checkout> {
    const [node] = this.nodesOf(key);
    const apis = this.apisOf(key);
    const [first] = apis;
    if (node === undefined || first === undefined) throw new Failure('notApproved');
    const { repository } = first.connection;
    const rival = apis.find(({ connection }) => !isSameRepository(connection.repository, repository));
    if (rival !== undefined) throw folderInUse(first.folder, rival.connection.repository);
    const known = this.opened.get(key);
    // Another account is another adapter: what was seen as somebody else is seen anew.
    const host = await this.hostOf(repository, undefined);
    const checkout =
      known?.host === host && isSameRepository(known.checkout.repository, repository)
        ? known.checkout
        : await this.make(key, { workspaceFolder: node.workspaceFolder, folder: first.folder }, repository);
    await refuseOther(checkout);
    this.opened.set(key, { checkout, host });
    return checkout;
  }

  /** A checkout of a folder that no API names yet, asked as `account`. @throws Failure `untrusted`, `unsafePath`, `unsafeUrl`. */
  async make(
    key: CheckoutKey,
    { workspaceFolder, folder }: Pick<Checkout, 'workspaceFolder' | 'folder'>,
    repository: RepositoryRef,
    account?: string,
  ): Promise<Checkout> {
    if (!this.workspace.trusted) throw new Failure('untrusted');
    const host = await this.hostOf(repository, account);
    const clone = await this.cloneAt(workspaceFolder, folder, repository, host);
    const storage = leasedStorage(clone?.storage ?? (await this.storages.open(workspaceFolder, folder)));
    return new Checkout(key, workspaceFolder, folder, repository, clone?.host ?? host, storage, clone);
  }

  /** A clone of this very repository; whatever else is in a folder, our own ways leave alone. */
  private async cloneAt(
    workspaceFolder: string,
    folder: string,
    repository: RepositoryRef,
    host: RepositoryHost,
  ): Promise<WorkspaceClone | undefined> {
    const found = await this.clones?.find(workspaceFolder, folder, new AbortController().signal);
    if (found === undefined || found.isOwnFolder) return undefined;
    const remote = remoteOf(found, repository, this.hosts);
    return remote === undefined ? undefined : this.clones?.open(workspaceFolder, folder, remote, repository, host);
  }

  /** As `account`, if it is one of that server; else as the one that was chosen for the repository. */
  private hostOf(repository: RepositoryRef, account: string | undefined): Promise<RepositoryHost> {
    const asking = this.bindings.of(repository, account) ?? this.bindings.chosen(repository);
    return this.hosts.open(repository.host, repository.origin, asking);
  }

  /** What was kept in memory of it is forgotten: its folder was given to another or given up. */
  forget(key: CheckoutKey): void {
    this.opened.delete(key);
  }
}

export function isSameRepository(a: RepositoryRef, b: RepositoryRef): boolean {
  return a.host === b.host && a.origin === b.origin && a.id === b.id;
}

/** The folder remembers whose it is: a folder of another repository is never taken over in silence. */
async function refuseOther(checkout: Checkout): Promise<void> {
  const { journal, state: kept } = checkout.storage;
  // What is underway is what the folder is about to remember.
  const state = (await journal.load())?.next ?? (await kept.load());
  if (state !== undefined && !isSameRepository(state.repository, checkout.repository)) {
    throw folderInUse(checkout.folder, state.repository);
  }
}

function folderInUse(folder: string, owner: RepositoryRef): Failure {
  return new Failure('folderInUse', { paths: [folder], repository: owner.name });
}

function isConnected(api: Api): api is ConnectedApi {
  return api.connection !== undefined;
}
