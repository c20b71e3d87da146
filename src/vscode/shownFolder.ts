import type { ApiNode } from '../app/apiNode.ts';

/** An API's folder as people name it: of one that is the workspace folder itself, that folder's name. */
export function shownFolder({ api, workspaceFolder }: Pick<ApiNode, 'api' | 'workspaceFolder'>): string {
  if (api.folder !== '') return api.folder;
  const name = new URL(workspaceFolder).pathname.split('/').findLast((segment) => segment !== '');
  return name === undefined ? '/' : decodeURIComponent(name);
}
