import { commands as vscodeCommands, l10n, type Uri } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';
import { baseName } from '../../core/model/repoPath.ts';
import type { PlanItem, Rename } from '../../core/sync/planItem.ts';
import { fileUri } from '../apiFiles.ts';
import { sideUri } from './sideUri.ts';

export interface Comparison {
  readonly left: Uri;
  readonly right: Uri;
  readonly title: string;
}

/** Changes: base with local. Incoming: local with remote. Conflicts: local with remote or, of Git's own, with theirs. */
export function comparison(node: ApiNode, item: PlanItem): Comparison {
  const { path } = item;
  const side = (wanted: 'base' | 'remote'): Uri =>
    sideUri({ api: node.key, path, side: item[wanted] === undefined ? 'empty' : wanted });
  if (isRenamed(item)) return renamed(node, item, item.rename);
  const local = item.local === undefined ? sideUri({ api: node.key, path, side: 'empty' }) : fileUri(node, path);
  const name = baseName(path);
  if (item.kind === 'conflict' && item.unmerged !== undefined) {
    const right = sideUri({ api: node.key, path, side: item.remote === undefined ? 'empty' : 'unmergedTheirs' });
    return { left: local, right, title: l10n.t('{0} (here ↔ theirs)', name) };
  }
  const branch = node.sync?.branch ?? '';
  if (item.kind === 'outgoing' || item.kind === 'converged') {
    return { left: side('base'), right: local, title: l10n.t('{0} (last pull or push ↔ here)', name) };
  }
  return { left: local, right: side('remote'), title: l10n.t('{0} (here ↔ “{1}” in the repository)', name, branch) };
}

/** Renamed on one side and nothing else: what was agreed on under the old name is on the left. */
function isRenamed(item: PlanItem): item is PlanItem & { readonly rename: Rename } {
  const { path, kind, rename } = item;
  return rename !== undefined && rename.from !== path && (kind === 'outgoing' || kind === 'incoming');
}

function renamed(node: ApiNode, { path, kind }: PlanItem, { from }: Rename): Comparison {
  const left = sideUri({ api: node.key, path: from, side: 'base' });
  const right = kind === 'outgoing' ? fileUri(node, path) : sideUri({ api: node.key, path, side: 'remote' });
  return { left, right, title: `${from} → ${path}` };
}

export async function openDiff(node: ApiNode, item: PlanItem): Promise<void> {
  const { left, right, title } = comparison(node, item);
  await vscodeCommands.executeCommand('vscode.diff', left, right, title);
}
