import type { Personal } from '../../ports/personal.ts';
import type { Surroundings, WorkspaceClones } from '../../ports/workspaceClone.ts';
import type { ApiKey } from '../apiNode.ts';
import { checkoutKeyOf } from '../apiKeys.ts';
import type { ReadonlyApiStore } from '../apiStore.ts';
import type { Checkouts } from '../checkout/checkouts.ts';

/** An API's folder that shows up as something new in the repository around it, and how it does so no more. */
export class FolderExclusion {
  constructor(
    private readonly store: ReadonlyApiStore,
    private readonly checkouts: Pick<Checkouts, 'open'>,
    private readonly personal: Personal,
    private readonly clones: WorkspaceClones | undefined,
  ) {}

  /** `undefined`: it shows up nowhere, or the person said no to that in this workspace folder. */
  async offer(api: ApiKey, signal: AbortSignal): Promise<Surroundings | undefined> {
    const node = this.store.get(api);
    if (node === undefined || node.api.folder === '' || this.personal.isDeclined(keyOf(node.workspaceFolder))) {
      return undefined;
    }
    const { clone } = await this.checkouts.open(checkoutKeyOf(node));
    return clone === undefined ? this.clones?.surroundings(node.workspaceFolder, node.api.folder, signal) : undefined;
  }

  async exclude(api: ApiKey, signal: AbortSignal): Promise<void> {
    const node = this.store.get(api);
    if (node !== undefined) await this.clones?.exclude(node.workspaceFolder, node.api.folder, signal);
  }

  async decline(api: ApiKey): Promise<void> {
    const node = this.store.get(api);
    if (node !== undefined) await this.personal.decline(keyOf(node.workspaceFolder));
  }
}

function keyOf(workspaceFolder: string): string {
  return `exclude ${workspaceFolder}`;
}
