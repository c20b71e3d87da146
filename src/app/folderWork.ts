import { Failure } from '../core/errors.ts';
import type { CheckoutStorage, CheckoutStorages } from '../ports/checkoutStorage.ts';
import type { OperationContext } from '../ports/progress.ts';
import type { Workspace } from '../ports/workspace.ts';
import { checkoutKey } from './apiKeys.ts';
import { leasedStorage } from './checkout/leasedStorage.ts';
import type { FolderPlace } from './folderPlace.ts';
import type { OperationKind } from './operation.ts';
import type { Operations } from './operations.ts';
import type { Turns } from './turns.ts';

/** Runs the work of a verb in a folder that needs no connection, when it is its turn. */
export class FolderWork {
  constructor(
    private readonly workspace: Workspace,
    private readonly storages: CheckoutStorages,
    private readonly operations: Operations,
    private readonly turns: Turns,
  ) {}

  /** @throws Failure `untrusted`, `unsafePath`, and what the work throws. */
  async run<T>(
    { workspaceFolder, folder }: FolderPlace,
    kind: OperationKind,
    context: OperationContext,
    work: (storage: CheckoutStorage) => Promise<T>,
  ): Promise<T> {
    if (!this.workspace.trusted) throw new Failure('untrusted');
    const key = checkoutKey(workspaceFolder, folder);
    return this.operations.run(key, kind, context, async () => {
      const storage = leasedStorage(await this.storages.open(workspaceFolder, folder));
      return this.turns.run({ key, workspaceFolder, folder, storage }, kind, context, () => work(storage));
    });
  }
}
