import { Uri, workspace } from 'vscode';
import type { ApiNode } from '../../app/apiNode.ts';
import type { MergeResult } from '../../app/useCases.ts';
import { Failure } from '../../core/errors.ts';
import { asBlobId, isObjectId } from '../../core/model/ids.ts';
import { ownFolderName } from '../../core/model/pathRules.ts';
import type { RepoPath } from '../../core/model/repoPath.ts';
import { folderUri } from '../apiFiles.ts';
import { planItemOf } from '../changeMark.ts';
import { fileExists } from '../fileExists.ts';

/** The two versions that a result is made from. */
type Sides = Pick<MergeResult, 'mine' | 'theirs'>;

/**
 * Where the merge editor writes, instead of the person's file: it starts by throwing its result's text away, and auto
 * save would make that the file. The file changes when the conflict is marked as resolved, and not before.
 * Named after both versions, so that it can never decide another conflict. `undefined`: no file on one side.
 */
export function mergeResultUri(node: ApiNode, path: RepoPath): Uri | undefined {
  const sides = sidesOf(node, path);
  return sides && resultUri(node, path, sides);
}

/**
 * What the person made in the merge editor so far, saved; `undefined` when it was not opened on this file. Where the
 * file moved on since, it is what was made of other versions: whoever takes it finds out by them.
 * @throws Failure `unsavedEditors` when it cannot be saved.
 */
export async function readMergeResult(node: ApiNode, path: RepoPath): Promise<MergeResult | undefined> {
  const sides = (await resultsOf(node, path))[0];
  if (sides === undefined) return undefined;
  const uri = resultUri(node, path, sides);
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open?.isDirty === true && !(await open.save())) throw new Failure('unsavedEditors', { paths: [path] });
  return { ...sides, bytes: await workspace.fs.readFile(uri) };
}

/** The conflict is decided: the result is in the person's file, or not wanted. */
export async function dropMergeResults(node: ApiNode, path: RepoPath): Promise<void> {
  for (const sides of await resultsOf(node, path)) await workspace.fs.delete(resultUri(node, path, sides));
}

/** Of which versions there are results, the conflict's own first. */
async function resultsOf(node: ApiNode, path: RepoPath): Promise<readonly Sides[]> {
  const folder = resultsFolder(node);
  if (!(await fileExists(folder))) return [];
  const current = sidesOf(node, path);
  const found: Sides[] = [];
  for (const [name] of await workspace.fs.readDirectory(folder)) {
    const sides = parseSides(name);
    if (sides === undefined || !(await fileExists(resultUri(node, path, sides)))) continue;
    if (sides.mine === current?.mine && sides.theirs === current.theirs) found.unshift(sides);
    else found.push(sides);
  }
  return found;
}

function sidesOf(node: ApiNode, path: RepoPath): Sides | undefined {
  const item = planItemOf(node, path);
  if (item?.local === undefined || item.remote === undefined) return undefined;
  return { mine: item.local.id, theirs: item.remote.id };
}

function resultsFolder(node: ApiNode): Uri {
  return Uri.joinPath(folderUri(node), ownFolderName, 'merge');
}

function resultUri(node: ApiNode, path: RepoPath, { mine, theirs }: Sides): Uri {
  return Uri.joinPath(resultsFolder(node), `${mine}-${theirs}`, path);
}

function parseSides(name: string): Sides | undefined {
  const [mine = '', theirs = '', ...more] = name.split('-');
  if (!isObjectId(mine) || !isObjectId(theirs) || more.length > 0) return undefined;
  return { mine: asBlobId(mine), theirs: asBlobId(theirs) };
}
