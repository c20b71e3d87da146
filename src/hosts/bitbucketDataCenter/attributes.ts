import type { RepoPath } from '../../core/model/repoPath.ts';

/** What makes an archive hold other bytes than the repository. LFS pointers stay as they are. */
const rewriting = /^(?:eol=crlf|crlf|ident|working-tree-encoding=.*|export-subst|export-ignore)$/;

/** Folders above a path, the top first, that have rules of their own. */
export function attributeFilesOf(path: RepoPath, all: { has(path: RepoPath): boolean }): readonly RepoPath[] {
  const found: RepoPath[] = [];
  for (let slash = -1; ; slash = path.indexOf('/', slash + 1)) {
    const candidate = `${path.slice(0, slash + 1)}.gitattributes` as RepoPath;
    if (all.has(candidate)) found.push(candidate);
    if (path.indexOf('/', slash + 1) < 0) return found;
  }
}

/** Whether `rules`, the text of a `.gitattributes` in `folder`, may make an archive rewrite `path`. */
export function mayRewrite(rules: string, folder: string, path: RepoPath): boolean {
  const within = folder === '' ? path : path.slice(folder.length + 1);
  return rules.split(/\r?\n/).some((line) => {
    const [pattern = '', ...attributes] = line.trim().split(/\s+/);
    if (pattern.startsWith('#') || !attributes.some((attribute) => rewriting.test(attribute))) return false;
    return mayMatch(pattern, within);
  });
}

/** Sure of the patterns that nearly everybody writes; any other one may match, which costs a request and no byte. */
function mayMatch(pattern: string, path: string): boolean {
  const suffix = /^\*(\.[\w.-]+)$/.exec(pattern)?.[1];
  if (suffix !== undefined) return path.endsWith(suffix);
  if (!/^[\w./-]+$/.test(pattern)) return true;
  const name = pattern.includes('/') ? path : path.slice(path.lastIndexOf('/') + 1);
  // A folder's rule, `export-ignore` above all, counts for what is in it.
  return name === pattern.replace(/^\//, '') || `/${path}`.includes(`/${pattern.replace(/^\/|\/$/g, '')}/`);
}
