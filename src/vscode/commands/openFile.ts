import { commands as vscodeCommands, Range, window, type Uri } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';
import type { TextRange } from '../../core/definition/definition.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { fileUri } from '../apiFiles.ts';
import { planItemOf } from '../changeMark.ts';
import { sideUri } from '../files/sideUri.ts';

/** Opens the local file; one that is only in the repository opens as it is there, read-only. */
export async function openApiFile(node: ApiNode, path: RepoPath, range?: TextRange): Promise<void> {
  const uri = shownUri(node, path);
  if (range === undefined) {
    // By command and not as a text document: pictures and archives have editors of their own.
    await vscodeCommands.executeCommand('vscode.open', uri);
    return;
  }
  await window.showTextDocument(uri, { selection: asRange(range) });
}

export function asRange({ line, character, endLine, endCharacter }: TextRange): Range {
  return new Range(line, character, endLine, endCharacter);
}

function shownUri(node: ApiNode, path: RepoPath): Uri {
  const item = planItemOf(node, path);
  const onlyThere = item !== undefined && item.local === undefined && item.remote !== undefined;
  return onlyThere ? sideUri({ api: node.key, path, side: 'remote' }) : fileUri(node, path);
}
