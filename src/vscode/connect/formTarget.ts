import type { ApiKey, ApiNode } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import type { FormTarget } from '../../protocol/connectMessages.ts';

/** The API that a form is for; `undefined` when it is gone or connected meanwhile, or when there never was one. */
export async function formTarget(
  apis: ReadonlyApiStore,
  key: ApiKey | undefined,
  signal: AbortSignal,
): Promise<FormTarget | undefined> {
  if (key === undefined) return undefined;
  await loaded(apis, signal);
  const node = apis.get(key);
  return node?.state === 'local' ? targetOf(node) : undefined;
}

function targetOf({ key, workspaceFolder, api, collections = [] }: ApiNode): FormTarget {
  const { name, folder, rootFile, addedFiles, collectionFolder } = api;
  const hasFiles = rootFile !== undefined || addedFiles.length > 0 || collections.length > 0;
  const place = hasFiles ? { localFolder: folder } : {};
  return { key, name, workspaceFolder, ...place, rootFile: rootFile ?? '', collectionFolder };
}

/** A form that comes back with the window may be there before the APIs are. */
function loaded(apis: ReadonlyApiStore, signal: AbortSignal): Promise<void> {
  if (apis.loaded) return Promise.resolve();
  return new Promise((resolve) => {
    const subscription = apis.onDidChange(() => {
      if (apis.loaded) end();
    });
    signal.addEventListener('abort', end, { once: true });

    function end(): void {
      subscription.dispose();
      resolve();
    }
  });
}
