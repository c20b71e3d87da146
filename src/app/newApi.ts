import { detectDefinition } from '../core/definition/detectDefinition.ts';
import { defaultCollectionFolder } from '../core/model/api.ts';
import type { ApiId } from '../core/model/ids.ts';
import type { RepoPath } from '../core/model/repoPath.ts';
import type { CheckoutStorages } from '../ports/checkoutStorage.ts';
import type { Ids } from '../ports/ids.ts';
import { apiKey, checkoutKey } from './apiKeys.ts';
import { freeName } from './apiNames.ts';
import type { ApiKey } from './apiNode.ts';
import type { ApisFiles } from './apisFiles.ts';
import type { LookAll } from './lookAll.ts';
import { quietContext } from './quietContext.ts';

/** Puts an API on the list, empty or made of files of the workspace folder. */
export class NewApi {
  constructor(
    private readonly apis: ApisFiles,
    private readonly storages: CheckoutStorages,
    private readonly ids: Ids,
    private readonly looks: LookAll,
  ) {}

  async run(workspaceFolder: string, name: string, files: readonly RepoPath[]): Promise<ApiKey> {
    const free = freeName(name, await this.apis.list(workspaceFolder));
    const root = await this.firstDefinition(workspaceFolder, files);
    const id = this.ids.next() as ApiId;
    await this.apis.put(workspaceFolder, {
      id,
      name: free,
      folder: '',
      ...(root === undefined ? {} : { rootFile: root }),
      addedFiles: files.filter((file) => file !== root),
      collectionFolder: defaultCollectionFolder,
    });
    await this.looks.one(checkoutKey(workspaceFolder, ''), quietContext());
    return apiKey(workspaceFolder, id);
  }

  private async firstDefinition(workspaceFolder: string, paths: readonly RepoPath[]): Promise<RepoPath | undefined> {
    if (paths.length === 0) return undefined;
    const { files } = await this.storages.open(workspaceFolder, '');
    for (const path of paths) {
      const bytes = await files.read(path);
      if (bytes !== undefined && detectDefinition(path, bytes) !== undefined) return path;
    }
    return undefined;
  }
}
