import type { ApiNode } from '../../app/apiNode.ts';
import { hasWebPages } from '../hasWebPages.ts';
import type { TreeRow } from './treeRow.ts';

/** Words that the when-clauses of `view/item/context` look for; package.json and a test know them too. */
export function contextValue(row: TreeRow, node: ApiNode): string {
  const connected = node.state === 'connected' && 'connected';
  const web = hasWebPages(node) && 'web';
  switch (row.kind) {
    case 'notice':
      return words('notice', row.notice.kind);
    case 'api':
      return words('api', node.state, node.sync?.inDoubt === true && 'inDoubt', isOffline(node) && 'offline', web);
    case 'definitionFile':
      return words('definitionFile', row.file.role, connected, web);
    case 'referenceProblem':
    case 'documentProblem':
      return 'problem';
    case 'definition':
    case 'collections':
      return words(row.kind, connected);
    case 'collection':
      return words(row.kind, connected, web);
    case 'folder':
    case 'collectionFolder':
    case 'request':
      return row.kind;
  }
}

/** Whether the last look found nobody at the other end; editing goes on. */
export function isOffline(node: ApiNode): boolean {
  return node.failure?.reason === 'offline' || node.failure?.reason === 'timeout';
}

function words(...tokens: readonly (string | false)[]): string {
  return tokens.filter((token) => token !== false).join(' ');
}
