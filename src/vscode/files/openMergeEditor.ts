import { commands as vscodeCommands, l10n, workspace } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';
import type { UseCases } from '../../app/useCases.ts';
import { withMarkers } from '../../core/merge/markers.ts';
import type { PlanItem } from '../../core/sync/planItem.ts';
import type { Log } from '../../ports/log.ts';
import { fileUri } from '../apiFiles.ts';
import { fileExists } from '../fileExists.ts';
import { mergeResultUri } from './mergeResult.ts';
import { sideUri } from './sideUri.ts';

/**
 * Opens VS Code's three-way merge editor on a conflict; `false`: it cannot show this one.
 * There is no public way to it: Git's own extension uses the same private command, which a version may take away.
 */
export async function openMergeEditor(
  node: ApiNode,
  item: PlanItem,
  { useCases, log }: { readonly useCases: Pick<UseCases, 'contents'>; readonly log: Log },
): Promise<boolean> {
  if (item.local === undefined || item.remote === undefined) return false;
  const { path } = item;
  const branch = node.sync?.branch ?? '';
  const uriOf = (side: 'base' | 'remote' | 'empty' | 'mine') => sideUri({ api: node.key, path, side });
  try {
    const output = mergeResultUri(node, path);
    if (output === undefined) return false;
    // What the person made of the same two versions before is gone on with.
    if (!(await fileExists(output))) {
      const start = await startOf(node, item, useCases);
      if (start === undefined) return false;
      await workspace.fs.writeFile(output, start);
    }
    await vscodeCommands.executeCommand('_open.mergeEditor', {
      base: uriOf(item.base === undefined ? 'empty' : 'base'),
      input1: { uri: uriOf('remote'), title: l10n.t('Theirs'), description: branch, detail: '' },
      input2: { uri: uriOf('mine'), title: l10n.t('Mine'), description: node.api.folder, detail: '' },
      output,
    });
    return true;
  } catch (error) {
    log.warn(`the merge editor did not open: ${String(error)}`);
    return false;
  }
}

/** What agrees, joined, and markers around the rest: by them the editor knows that nothing is decided yet. */
async function startOf(
  node: ApiNode,
  { path, base }: PlanItem,
  useCases: Pick<UseCases, 'contents'>,
): Promise<Uint8Array | undefined> {
  const before = base === undefined ? undefined : await useCases.contents(node.key, path, 'base');
  const theirs = await useCases.contents(node.key, path, 'remote');
  const ours = await workspace.fs.readFile(fileUri(node, path));
  if (theirs === undefined) return undefined;
  return withMarkers(before, ours, theirs, { ours: l10n.t('Mine'), theirs: l10n.t('Theirs') });
}
