import { folderOf, type RepoPath } from '../model/repoPath.ts';
import type { DefinitionSource, ReferenceProblem } from './definition.ts';
import type { NearMisses } from './nearMisses.ts';
import { percentDecoded } from './percentDecoded.ts';

/** Where a reference leads. `itself`: to the document that it stands in. */
export type Resolution =
  | { readonly kind: 'file'; readonly path: RepoPath }
  | { readonly kind: 'itself' }
  | { readonly kind: ReferenceProblem['kind']; readonly suggestion?: RepoPath };

/**
 * Finds the file that `target`, as written in `from`, refers to. In order: the name as written, percent-decoded once,
 * with backslashes as slashes, and all of that without a `?query`. A leading `/` is the top of the repository.
 * Extensions and case are never guessed, and nothing outside of the repository is a file, however it is written.
 */
export function resolve(
  target: string,
  from: RepoPath,
  source: Pick<DefinitionSource, 'has'>,
  nearMisses: NearMisses,
): Resolution {
  const hash = target.indexOf('#');
  const name = hash < 0 ? target : target.slice(0, hash);
  if (name === '') return { kind: 'itself' };
  if (isElsewhere(name)) return { kind: 'outside' };
  const written = spellings(name);
  const places = written.map((spelling) => place(spelling, from));
  const paths = places.flatMap((found) => (typeof found === 'string' ? [] : [found.path]));
  const file = paths.find((path) => source.has(path));
  if (file !== undefined) return file === from ? { kind: 'itself' } : { kind: 'file', path: file };
  const suggestion = nearMisses.of(paths);
  if (suggestion !== undefined) return { kind: 'unresolved', suggestion };
  const isOutside = places.includes('outside') || written.some((spelling) => spelling.startsWith('/'));
  return { kind: isOutside ? 'outside' : 'unresolved' };
}

/** A scheme (`https:`, `urn:`, and a drive letter, which looks the same) or a host (`//example.com`). */
function isElsewhere(name: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(name);
}

function spellings(name: string): readonly string[] {
  const query = name.indexOf('?');
  const names = query < 0 ? [name] : [name, name.slice(0, query)];
  return [
    ...new Set(names.flatMap((each) => [each, percentDecoded(each), slashed(each), slashed(percentDecoded(each))])),
  ];
}

function slashed(name: string): string {
  return name.replaceAll('\\', '/');
}

/** The path that a spelling means. `nowhere`: a folder, or a name that no file can have. */
function place(spelling: string, from: RepoPath): { readonly path: RepoPath } | 'outside' | 'nowhere' {
  if (isElsewhere(spelling)) return 'outside';
  const segments = walk(spelling, from);
  if (segments === undefined) return 'outside';
  const isFolder = segments.length === 0 || /(?:^|\/)\.{0,2}$/.test(spelling);
  return isFolder || spelling.includes('\0') ? 'nowhere' : { path: segments.join('/') as RepoPath };
}

/** `undefined` once the way leads above the top of the repository, wherever it would have ended. */
function walk(spelling: string, from: RepoPath): readonly string[] | undefined {
  const folder = spelling.startsWith('/') ? '' : folderOf(from);
  const segments: string[] = folder === '' ? [] : folder.split('/');
  for (const segment of spelling.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments;
}
