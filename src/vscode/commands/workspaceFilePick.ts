import { l10n, RelativePattern, window, workspace, type Uri } from 'vscode';
import { baseName, folderOf, type RepoPath } from '../../core/model/repoPath.ts';
import { pathBelow } from '../apiFiles.ts';

/** Formats that a definition can have; the use case looks into the file before it believes the name. */
const definitionFiles = '**/*.{yaml,yml,json,graphql,graphqls,gql,proto,wsdl,xsd,raml}';
const neverOffered = '{**/node_modules/**,**/.git/**,**/.api-source-control/**,**/.vscode/**}';
const mostOffered = 5_000;

interface PathItem {
  readonly label: string;
  readonly description: string;
  readonly path: RepoPath;
}

export function pathItems(paths: readonly RepoPath[]): PathItem[] {
  return paths.map((path) => ({ label: baseName(path), description: folderOf(path), path }));
}

/** Several at once, the folder beside each name. `undefined` when closed or when nothing was chosen. */
export async function pickPaths(
  paths: readonly RepoPath[] | Promise<readonly RepoPath[]>,
  title: string,
): Promise<readonly RepoPath[] | undefined> {
  const items = Promise.resolve(paths).then(pathItems);
  const chosen = await window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Type to search; Space or a click chooses, Enter adds all chosen'),
    canPickMany: true,
    matchOnDescription: true,
  });
  return chosen === undefined || chosen.length === 0 ? undefined : chosen.map(({ path }) => path);
}

/** Files below `folder` that may be part of a definition, except `known`. */
export async function definitionFilesBelow(
  folder: Uri,
  known: ReadonlySet<RepoPath> = new Set(),
): Promise<readonly RepoPath[]> {
  const found = await workspace.findFiles(new RelativePattern(folder, definitionFiles), neverOffered, mostOffered);
  return found
    .map((uri) => pathBelow(folder, uri))
    .filter((path): path is RepoPath => path !== undefined && !known.has(path))
    .sort();
}
