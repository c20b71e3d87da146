import { Failure } from '../core/errors.ts';
import { freeName } from './apiNames.ts';
import type { ApiKey } from './apiNode.ts';
import type { ApisFiles } from './apisFiles.ts';
import type { ReadonlyApiStore } from './apiStore.ts';

export class RenameApi {
  constructor(
    private readonly apis: ApisFiles,
    private readonly store: ReadonlyApiStore,
  ) {}

  /** @throws Failure `invalidName`. */
  async run(key: ApiKey, name: string): Promise<void> {
    const node = this.store.get(key);
    if (node === undefined) throw new Failure('notApproved');
    const { id } = node.api;
    const free = freeName(name, await this.apis.list(node.workspaceFolder), id);
    await this.apis.change(node.workspaceFolder, id, (api) => ({ ...api, name: free }));
  }
}
