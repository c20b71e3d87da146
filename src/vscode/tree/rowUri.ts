import { Uri } from 'vscode';
import type { ApiKey } from '../../app/apiNode.ts';
import { isRepoPath, type RepoPath } from '../../core/model/repoPath.ts';
import { rowScheme } from '../contributions.ts';

/** Names a file's row: icon themes read its name, our decorations its API and path. */
export function rowUri(api: ApiKey, path: RepoPath): Uri {
  return Uri.from({ scheme: rowScheme, path: `/${path}`, query: api });
}

export function parseRowUri(uri: Uri): { readonly api: ApiKey; readonly path: RepoPath } | undefined {
  const path = uri.path.slice(1);
  if (uri.scheme !== rowScheme || !isRepoPath(path)) return undefined;
  return { api: uri.query as ApiKey, path };
}
