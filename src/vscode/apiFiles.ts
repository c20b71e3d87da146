import { Uri } from 'vscode';
import type { ApiNode } from '../app/apiNode.ts';
import type { ReadonlyApiStore } from '../app/apiStore.ts';
import { isRepoPath, type RepoPath } from '../core/model/repoPath.ts';

export interface ApiFile {
  readonly node: ApiNode;
  readonly path: RepoPath;
}

/** The folder that all paths of the API are relative to. */
export function folderUri(node: ApiNode): Uri {
  const folder = Uri.parse(node.workspaceFolder, true);
  return node.api.folder === '' ? folder : Uri.joinPath(folder, node.api.folder);
}

export function fileUri(node: ApiNode, path: RepoPath): Uri {
  return Uri.joinPath(folderUri(node), path);
}

/** The path of `uri` in a folder; `undefined` outside of it. */
export function pathBelow(folder: Uri, uri: Uri): RepoPath | undefined {
  if (uri.scheme !== folder.scheme || uri.authority !== folder.authority) return undefined;
  // As strings VS Code has one form of a drive letter; `path` keeps what was typed.
  if (
    !uri
      .with({ query: '', fragment: '' })
      .toString()
      .startsWith(`${folder.toString().replace(/\/$/, '')}/`)
  )
    return undefined;
  const path = uri.path.slice(folder.path.replace(/\/$/, '').length + 1);
  return isRepoPath(path) ? path : undefined;
}

/** Whether the file belongs to the API, as far as is known. */
export function isMember(node: ApiNode, path: RepoPath): boolean {
  return (
    node.api.rootFile === path ||
    (node.definition?.files.some((file) => file.path === path) ?? false) ||
    (node.collections?.some((collection) => collection.path === path) ?? false) ||
    (node.sync?.plan.some((item) => item.path === path) ?? false)
  );
}

/** Every API that a file belongs to, in the store's order. */
export function apisOfFile(store: ReadonlyApiStore, uri: Uri): readonly ApiFile[] {
  const found: ApiFile[] = [];
  for (const node of store.apis) {
    const path = pathBelow(folderUri(node), uri);
    if (path !== undefined && isMember(node, path)) found.push({ node, path });
  }
  return found;
}
