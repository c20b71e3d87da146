import type { Api } from '../core/model/api.ts';
import type { ApiId } from '../core/model/ids.ts';
import type { ApiKey, CheckoutKey } from './apiNode.ts';

/** A URI's own `#` is escaped, so the first one separates. */
export function apiKey(workspaceFolder: string, id: ApiId): ApiKey {
  return `${workspaceFolder}#${id}` as ApiKey;
}

export function checkoutKey(workspaceFolder: string, folder: string): CheckoutKey {
  return `${workspaceFolder}#${folder}` as CheckoutKey;
}

export function checkoutKeyOf(node: { readonly workspaceFolder: string; readonly api: Api }): CheckoutKey {
  return checkoutKey(node.workspaceFolder, node.api.folder);
}
