import { Failure } from '../core/errors.ts';
import type { ApiKey } from './apiNode.ts';
import type { ApisFiles } from './apisFiles.ts';
import type { ReadonlyApiStore } from './apiStore.ts';

/** Takes an API off the list; its files stay. One that is connected is disconnected first, by name. */
export class RemoveApi {
  constructor(
    private readonly apis: ApisFiles,
    private readonly store: ReadonlyApiStore,
  ) {}

  /** @throws Failure `folderInUse` for a connected API. */
  async run(key: ApiKey): Promise<void> {
    const node = this.store.get(key);
    if (node === undefined) return;
    const { api, workspaceFolder } = node;
    if (api.connection !== undefined) {
      throw new Failure('folderInUse', { paths: [api.folder], repository: api.connection.repository.name });
    }
    await this.apis.remove(workspaceFolder, api.id);
  }
}
