import { commands as vscodeCommands, l10n, workspace, type Uri } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';
import type { UseCases } from '../../app/useCases.ts';
import { withMarkers } from '../../core/merge/markers.ts';
import type { UnmergedFile } from '../../core/model/unmergedFile.ts';
import type { PlanItem } from '../../core/sync/planItem.ts';
import type { Log } from '../../ports/log.ts';
import { fileUri } from '../apiFiles.ts';
import { fileExists } from '../fileExists.ts';
import { mergeResultUri } from './mergeResult.ts';
import { sideUri, type ShownSide } from './sideUri.ts';

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
  try {
    const isGits = item.kind === 'conflict' && item.unmerged !== undefined;
    const editor = isGits ? unmergedEditor(node, item, item.unmerged) : await ownEditor(node, item, useCases);
    if (editor === undefined) return false;
    const of = `${item.local.id}-${item.remote.id}`;
    const uriOf = (side: ShownSide): Uri => sideUri({ api: node.key, path: item.path, side, of });
    await vscodeCommands.executeCommand('_open.mergeEditor', {
      base: uriOf(editor.base),
      input1: { uri: uriOf(editor.theirs), title: l10n.t('Theirs'), description: editor.from, detail: '' },
      input2: { uri: uriOf(editor.mine), title: l10n.t('Mine'), description: node.api.folder, detail: '' },
      output: editor.output,
    });
    return true;
  } catch (error) {
    log.warn(`the merge editor did not open: ${String(error)}`);
    return false;
  }
}

/** What the merge editor is opened on. */
interface MergeEditor {
  readonly base: ShownSide;
  readonly mine: ShownSide;
  readonly theirs: ShownSide;
  /** Where their side is from, for people. */
  readonly from: string;
  readonly output: Uri;
}

/** Git has both versions, and its attempt in the file: as in Git's own view, the file is the result. */
function unmergedEditor(node: ApiNode, { path }: PlanItem, { base }: UnmergedFile): MergeEditor {
  return {
    base: base === undefined ? 'empty' : 'unmergedBase',
    mine: 'unmergedMine',
    theirs: 'unmergedTheirs',
    from: '',
    output: fileUri(node, path),
  };
}

async function ownEditor(
  node: ApiNode,
  item: PlanItem,
  useCases: Pick<UseCases, 'contents'>,
): Promise<MergeEditor | undefined> {
  const output = mergeResultUri(node, item.path);
  if (output === undefined) return undefined;
  // What the person made of the same two versions before is gone on with.
  if (!(await fileExists(output))) {
    const start = await startOf(node, item, useCases);
    if (start === undefined) return undefined;
    await workspace.fs.writeFile(output, start);
  }
  const base = item.base === undefined ? 'common' : 'base';
  return { base, mine: 'mine', theirs: 'remote', from: node.sync?.branch ?? '', output };
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
