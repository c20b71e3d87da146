import { Failure } from '../core/errors.ts';
import type { Api } from '../core/model/api.ts';
import type { OperationContext } from '../ports/progress.ts';
import { checkoutKeyOf } from './apiKeys.ts';
import type { ApiKey, ApiNode } from './apiNode.ts';
import type { ApisFiles } from './apisFiles.ts';
import type { ReadonlyApiStore } from './apiStore.ts';
import type { LookAll } from './lookAll.ts';

/** Changes what `apis.json` says of an API, connected or not, and looks again. */
export class ApiEdits {
  constructor(
    private readonly apis: ApisFiles,
    private readonly store: ReadonlyApiStore,
    private readonly looks: LookAll,
  ) {}

  /** @throws Failure `notApproved` for an API that is gone or that this person has not approved. */
  nodeOf(key: ApiKey): ApiNode {
    const node = this.store.get(key);
    if (node === undefined || node.state === 'unapproved') throw new Failure('notApproved');
    return node;
  }

  async change(key: ApiKey, change: (api: Api) => Api): Promise<void> {
    const { workspaceFolder, api } = this.nodeOf(key);
    await this.apis.change(workspaceFolder, api.id, change);
  }

  async changeAndLook(key: ApiKey, change: (api: Api) => Api, context: OperationContext): Promise<void> {
    await this.change(key, change);
    await this.looks.one(checkoutKeyOf(this.nodeOf(key)), context);
  }
}
