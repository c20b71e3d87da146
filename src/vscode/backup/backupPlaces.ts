import { RelativePattern, Uri, workspace } from 'vscode';
import { checkoutKey, checkoutKeyOf } from '../../app/apiKeys.ts';
import type { ApiNode, CheckoutKey } from '../../app/apiNode.ts';
import type { ReadonlyApiStore } from '../../app/apiStore.ts';
import type { FolderPlace } from '../../app/folderPlace.ts';
import { ownFolderName } from '../../core/model/pathRules.ts';
import { folderUri, pathBelow } from '../apiFiles.ts';
import type { DonePlace } from '../undoOffer.ts';

/** A folder that may have backups, as a person knows it. */
export interface BackupPlace extends DonePlace {
  readonly at: FolderPlace;
  /** The branch that is worked on; absent without a connection. */
  readonly branch?: string;
}

/** Every folder of ours ignores itself by one such file, whatever has become of the connection. */
const ownFolders = `**/${ownFolderName}/.gitignore`;
const ending = `${ownFolderName}/.gitignore`;
const neverSearched = '**/node_modules/**';

/** The folder of one API, which others may share. */
export function placeOfApi(store: ReadonlyApiStore, node: ApiNode): BackupPlace {
  const sharing = store.apis.filter((each) => checkoutKeyOf(each) === checkoutKeyOf(node));
  const connected = sharing.find(({ state }) => state === 'connected');
  return {
    at: { workspaceFolder: node.workspaceFolder, folder: node.api.folder },
    name: sharing.map(({ api }) => api.name).join(', '),
    folder: folderUri(node),
    ...(connected && { api: connected.key }),
    ...(connected?.sync && { branch: connected.sync.branch }),
  };
}

/** Folders of APIs first, then those that no API names any more. */
export async function placesInWorkspace(store: ReadonlyApiStore): Promise<readonly BackupPlace[]> {
  const places = new Map<CheckoutKey, BackupPlace>();
  for (const node of store.apis) places.set(checkoutKeyOf(node), placeOfApi(store, node));
  for (const { uri, name } of workspace.workspaceFolders ?? []) {
    const workspaceFolder = uri.toString();
    for (const found of await workspace.findFiles(new RelativePattern(uri, ownFolders), neverSearched)) {
      const path = pathBelow(uri, found);
      if (path === undefined) continue;
      const folder = path.slice(0, -ending.length).replace(/\/$/, '');
      const key = checkoutKey(workspaceFolder, folder);
      if (places.has(key)) continue;
      places.set(key, { at: { workspaceFolder, folder }, name: folder || name, folder: Uri.joinPath(uri, folder) });
    }
  }
  return [...places.values()];
}
