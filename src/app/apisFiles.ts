import { Failure } from '../core/errors.ts';
import { parseApisFile } from '../core/model/apisFile.ts';
import { withApi, withoutApi } from '../core/model/apisFileEdit.ts';
import type { Api } from '../core/model/api.ts';
import type { ApiId } from '../core/model/ids.ts';
import type { Workspace } from '../ports/workspace.ts';
import type { LoadApis } from './loadApis.ts';

/** Writes `apis.json` of a workspace folder and lets the store follow. */
export class ApisFiles {
  constructor(
    private readonly workspace: Workspace,
    private readonly load: LoadApis,
  ) {}

  async list(workspaceFolder: string): Promise<readonly Api[]> {
    return parseApisFile((await this.workspace.readApisFile(workspaceFolder)) ?? '').apis;
  }

  /** Adds the API, or replaces the entry with its id; everything else in the file stays as it is. */
  put(workspaceFolder: string, api: Api): Promise<void> {
    return this.edit(workspaceFolder, (text) => withApi(text, api));
  }

  remove(workspaceFolder: string, id: ApiId): Promise<void> {
    return this.edit(workspaceFolder, (text) => (text === undefined ? undefined : withoutApi(text, id)));
  }

  /** @throws Failure `notApproved` when the API went away meanwhile. */
  change(workspaceFolder: string, id: ApiId, change: (api: Api) => Api): Promise<void> {
    return this.edit(workspaceFolder, (text) => {
      const api = parseApisFile(text ?? '').apis.find((entry) => entry.id === id);
      if (api === undefined) throw new Failure('notApproved');
      return withApi(text, change(api));
    });
  }

  private async edit(folder: string, change: (text: string | undefined) => string | undefined): Promise<void> {
    const before = await this.workspace.readApisFile(folder);
    const after = change(before);
    if (after !== undefined && after !== before) await this.workspace.writeApisFile(folder, after, before);
    await this.load.run();
  }
}
