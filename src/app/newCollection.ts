import { collectionFileName, newCollection } from '../core/collection/newCollection.ts';
import { Failure } from '../core/errors.ts';
import { baseName, folderOf, joinPath, type RepoPath } from '../core/model/repoPath.ts';
import type { CheckoutStorages } from '../ports/checkoutStorage.ts';
import type { Ids } from '../ports/ids.ts';
import { checkoutKeyOf } from './apiKeys.ts';
import type { ApiKey, ApiNode } from './apiNode.ts';
import type { ReadonlyApiStore } from './apiStore.ts';
import type { LookAll } from './lookAll.ts';
import { quietContext } from './quietContext.ts';

/** Writes an empty collection into the API's collection folder, which it makes in passing. */
export class NewCollection {
  constructor(
    private readonly storages: CheckoutStorages,
    private readonly store: ReadonlyApiStore,
    private readonly ids: Ids,
    private readonly looks: LookAll,
  ) {}

  async run(key: ApiKey, name: string): Promise<RepoPath> {
    const node = this.store.get(key);
    if (node === undefined || node.state === 'unapproved') throw new Failure('notApproved');
    if (name.trim() === '') throw new Failure('invalidName', { detail: 'required' });
    const context = quietContext();
    const { signal } = context;
    const { files } = await this.storages.open(node.workspaceFolder, node.api.folder);
    const { collectionFolder } = node.api;
    const taken = [...(await files.list(collectionFolder, signal)), ...known(node)];
    const names = taken.filter((path) => folderOf(path) === collectionFolder).map(baseName);
    const path = joinPath(collectionFolder, collectionFileName(name.trim(), names));
    const bytes = newCollection(name.trim(), this.ids.next());
    await files.apply([{ kind: 'write', path, bytes, mode: 'regular', expected: null }], signal);
    await this.looks.one(checkoutKeyOf(node), context);
    return path;
  }
}

/** Names that the repository has taken already, as far as the last look saw. */
function known({ collections, sync }: ApiNode): readonly RepoPath[] {
  return [...(collections ?? []), ...(sync?.plan ?? [])].map(({ path }) => path);
}
