import { Failure } from '../core/errors.ts';
import type { Personal } from '../ports/personal.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { ApprovedServers } from './accounts/approvedServers.ts';
import type { Bindings } from './accounts/bindings.ts';
import type { ApiKey } from './apiNode.ts';
import type { ApiStore } from './apiStore.ts';
import { approvalKey } from './approvals.ts';
import type { CheckoutWork } from './checkoutWork.ts';
import type { LoadApis } from './loadApis.ts';
import { withFailure } from './look/look.ts';
import type { Pull } from './pull.ts';

/** A person takes over a connection that a teammate's `apis.json` names: from here on it is talked to. */
export class Approve {
  constructor(
    private readonly personal: Personal,
    private readonly servers: ApprovedServers,
    private readonly bindings: Bindings,
    private readonly store: ApiStore,
    private readonly load: LoadApis,
    private readonly work: CheckoutWork,
    private readonly pull: Pull,
  ) {}

  /** The approval stays when the first pull fails: what was seen and wanted does not depend on the network. */
  async run(key: ApiKey, context: OperationContext, account?: string): Promise<void> {
    const node = this.store.get(key);
    if (node?.api.connection === undefined) throw new Failure('notApproved');
    const { repository } = node.api.connection;
    const { name, origin } = repository;
    if (!this.servers.has(repository)) throw new Failure('notApproved', { repository: name, origin });
    await this.personal.approve(approvalKey(node.workspaceFolder, node.api, repository));
    await this.bindings.bind(repository, this.bindings.of(repository, account) ?? this.bindings.chosen(repository));
    await this.load.run();
    try {
      await this.work.run(key, 'connect', context, (place) => this.pull.first(place, context));
    } catch (error) {
      // Nothing was seen of the API yet that could show what is wrong.
      if (Failure.is(error) && error.reason !== 'cancelled') this.store.update([key], (now) => withFailure(now, error));
      throw error;
    }
  }
}
