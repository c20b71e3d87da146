import { Uri } from 'vscode';
import type { ApiKey } from '../../app/apiNode.ts';
import type { Side } from '../../app/useCases.ts';
import { isRepoPath, type RepoPath } from '../../core/model/repoPath.ts';
import { sideScheme } from '../contributions.ts';

/**
 * `empty`: where a file has no such side, so that an added or deleted file is a diff too.
 * `common`: the lines that `mine` and `remote` share, as the base of what both sides added.
 * `mine`: the local file as it was when its merge editor opened; the file itself is the merge editor's result.
 */
export type ShownSide = Side | 'empty' | 'mine' | 'common';

export interface SideOfFile {
  readonly api: ApiKey;
  readonly path: RepoPath;
  readonly side: ShownSide;
  /** Ids of the versions that it is of, where the document of an older conflict may still be open. */
  readonly of?: string;
}

const sides: readonly string[] = [
  'base',
  'remote',
  'unmergedBase',
  'unmergedMine',
  'unmergedTheirs',
  'empty',
  'mine',
  'common',
] satisfies readonly ShownSide[];

/**
 * `api-source-control:/<path>?<side>&<api>`, or `<side>@<ids>&<api>`: the path is the file's own, so that language and
 * icon are right.
 */
export function sideUri({ api, path, side, of }: SideOfFile): Uri {
  const shown = of === undefined ? side : `${side}@${of}`;
  return Uri.from({ scheme: sideScheme, path: `/${path}`, query: `${shown}&${api}` });
}

export function parseSideUri(uri: Uri): SideOfFile | undefined {
  const path = uri.path.slice(1);
  const separator = uri.query.indexOf('&');
  const [side = '', of] = uri.query.slice(0, separator).split('@');
  if (uri.scheme !== sideScheme || !isRepoPath(path) || separator < 0 || !isSide(side)) return undefined;
  return { api: uri.query.slice(separator + 1) as ApiKey, path, side, ...(of === undefined ? {} : { of }) };
}

function isSide(text: string): text is ShownSide {
  return sides.includes(text);
}
