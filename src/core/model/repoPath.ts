import type { Brand } from './ids.ts';

/**
 * A path inside a repository, exactly as Git's tree has it: relative, `/` between segments,
 * no empty, `.` or `..` segment, not empty, case and Unicode form untouched.
 */
export type RepoPath = Brand<'RepoPath'>;

/** Checks the shape only (see {@link RepoPath}); whether a platform can hold the path is `pathRules.ts`. */
export function isRepoPath(text: string): text is RepoPath {
  if (text === '' || text.includes('\0') || text.startsWith('/') || text.endsWith('/')) return false;
  return text.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

/** @throws TypeError when `text` does not have the shape of a {@link RepoPath}. */
export function asRepoPath(text: string): RepoPath {
  if (!isRepoPath(text)) throw new TypeError(`not a repository path: ${JSON.stringify(text.slice(0, 200))}`);
  return text;
}

/** The folder that holds `path`; the empty string for a file at the top of the repository. */
export function folderOf(path: RepoPath): RepoPath | '' {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : (path.slice(0, slash) as RepoPath);
}

export function baseName(path: RepoPath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `''` is the top of the repository. */
export function joinPath(folder: RepoPath | '', rest: string): RepoPath {
  return asRepoPath(folder === '' ? rest : `${folder}/${rest}`);
}

/** Whether `path` lies below `folder` at any depth; everything lies below `''`. */
export function isBelow(path: RepoPath, folder: RepoPath | ''): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}
