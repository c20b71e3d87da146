import type { PathPlatform } from './pathRules.ts';
import type { RepoPath } from './repoPath.ts';

/**
 * How a name on the disk is called in the repository. A disk of macOS finds a name in any Unicode form, and may have
 * kept another one than it was given: the form of `base` is the right one, since that is what was written there; else
 * the form of `remote`; of a name that neither has, NFC is, as Git takes it there (core.precomposeUnicode).
 * Elsewhere two forms are two files.
 */
export function repositoryNames(
  base: Iterable<RepoPath>,
  remote: Iterable<RepoPath>,
  platform: PathPlatform,
): (path: RepoPath) => RepoPath {
  if (platform !== 'mac') return (path) => path;
  const written = formsOf(base);
  const offered = formsOf(remote);
  return (path) => (isAscii(path) ? path : nameOf(path, written, offered));
}

interface Forms {
  readonly exact: ReadonlySet<string>;
  /** NFC → the form in use, for files and the folders above them. */
  readonly byNfc: ReadonlyMap<string, string>;
}

function formsOf(paths: Iterable<RepoPath>): Forms {
  const exact = new Set<string>();
  const byNfc = new Map<string, string>();
  for (const path of paths) {
    if (isAscii(path)) continue;
    exact.add(path);
    for (let name: string = path; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('/')))) {
      byNfc.set(name.normalize('NFC'), name);
    }
  }
  return { exact, byNfc };
}

/** A new file goes into the folder that is there, however that one is written. */
function nameOf(path: RepoPath, written: Forms, offered: Forms): RepoPath {
  const composed = path.normalize('NFC');
  if (written.exact.has(path)) return path;
  if (!written.byNfc.has(composed) && offered.exact.has(path)) return path;
  for (let end = composed.length; end > 0; end = composed.lastIndexOf('/', end - 1)) {
    const start = composed.slice(0, end);
    const known = written.byNfc.get(start) ?? offered.byNfc.get(start);
    if (known !== undefined) return (known + composed.slice(end)) as RepoPath;
  }
  return composed as RepoPath;
}

function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- all of ASCII has one form only
  return /^[\u0000-\u007f]*$/u.test(text);
}
