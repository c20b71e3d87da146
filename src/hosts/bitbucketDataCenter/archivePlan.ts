import type { RepoPath } from '../../core/model/repoPath.ts';

/** Characters of one request's paths: common servers take 8 KB of request line and headers together. */
const longestQuery = 6_000;
/** Files from which on a folder that holds little else is asked for as a whole. */
const worthFolder = 8;

/** What to ask the archive for, request by request; an empty path is the whole repository. */
export interface ArchivePlan {
  readonly requests: readonly (readonly string[])[];
  /** Git would take such a path for a pattern: it is read alone. */
  readonly alone: readonly RepoPath[];
}

/** `exact`: no folders, when what they bring along was too much. */
export function planArchive(
  wanted: Iterable<RepoPath>,
  all: Iterable<RepoPath>,
  options: { readonly exact: boolean },
): ArchivePlan {
  const paths = new Set(wanted);
  const dense = options.exact ? () => undefined : densestFolders(paths, all);
  const asked = new Set<string>();
  const alone: RepoPath[] = [];
  for (const path of paths) {
    const covering = dense(path) ?? path;
    if (covering.startsWith(':')) alone.push(path);
    else asked.add(covering);
  }
  return { requests: batches(asked), alone };
}

/** The topmost folder of a path of whose files at least half are wanted. */
function densestFolders(
  wanted: ReadonlySet<RepoPath>,
  all: Iterable<RepoPath>,
): (path: RepoPath) => string | undefined {
  const counts = new Map<string, { wanted: number; all: number }>();
  for (const path of wanted) for (const folder of foldersOf(path)) counts.set(folder, { wanted: 0, all: 0 });
  for (const path of all) {
    for (const folder of foldersOf(path)) {
      const count = counts.get(folder);
      if (count === undefined) break;
      count.all++;
      if (wanted.has(path)) count.wanted++;
    }
  }
  const isDense = (folder: string): boolean => {
    const count = counts.get(folder);
    return count !== undefined && count.wanted >= worthFolder && count.wanted * 2 >= count.all;
  };
  return (path) => [...foldersOf(path)].find(isDense);
}

/** From the top (`''`) down. */
function* foldersOf(path: RepoPath): Iterable<string> {
  yield '';
  for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) yield path.slice(0, slash);
}

function batches(paths: Iterable<string>): readonly (readonly string[])[] {
  const found: string[][] = [];
  let room = 0;
  for (const path of paths) {
    if (path === '') return [['']];
    const length = encodeURIComponent(path).length + '&path='.length;
    if (length > room) {
      found.push([]);
      room = longestQuery;
    }
    found.at(-1)?.push(path);
    room -= length;
  }
  return found;
}
