import { limits } from '../limits.ts';

/** The families of file systems that differ in what a name may be. */
export type PathPlatform = 'linux' | 'mac' | 'windows';

/**
 * The rule that a path breaks.
 * - `notUnicode`: not the name in the repository, or none at all; hosts show bytes that are no UTF-8 as U+FFFD.
 * - `reserved`: `.git` or our own folder, in any disguise; `sameName`: two paths that the platform takes for one.
 */
export type PathRule =
  | 'empty'
  | 'absolute'
  | 'traversal'
  | 'drive'
  | 'backslash'
  | 'nul'
  | 'notUnicode'
  | 'reserved'
  | 'tooLong'
  | 'control'
  | 'device'
  | 'trailing'
  | 'character'
  | 'sameName';

export interface PathRefusal {
  readonly path: string;
  readonly rule: PathRule;
  /** `sameName`: the path that was there first. */
  readonly other?: string;
}

/** The folder, in a checkout's folder, that holds everything the checkout owns. */
export const ownFolderName = '.api-source-control';

/**
 * Whether `path`, which came from outside, may be written on `platform`; the first rule that it breaks, if any.
 * What is dangerous anywhere (`..`, `.git` in the disguises of NTFS and HFS+) is refused everywhere.
 */
export function checkPath(path: string, platform: PathPlatform): PathRefusal | undefined {
  const rule = brokenRule(path, platform);
  return rule === undefined ? undefined : { path, rule };
}

/**
 * {@link checkPath} for files that are to exist side by side, plus the names that `platform` cannot tell apart:
 * equal after NFC and case folding, or a file where another path needs a folder.
 */
export function checkPaths(paths: Iterable<string>, platform: PathPlatform): readonly PathRefusal[] {
  const refusals: PathRefusal[] = [];
  const keyOf = platform === 'linux' ? (path: string): string => path : fold;
  const files = new Map<string, string>();
  for (const path of paths) {
    const refusal = checkPath(path, platform);
    const key = keyOf(path);
    const other = files.get(key);
    if (refusal !== undefined) refusals.push(refusal);
    else if (other !== undefined) refusals.push({ path, rule: 'sameName', other });
    else files.set(key, path);
  }
  for (const [key, path] of files) {
    const other = fileAbove(key, files);
    if (other !== undefined) refusals.push({ path, rule: 'sameName', other });
  }
  return refusals;
}

function fileAbove(key: string, files: ReadonlyMap<string, string>): string | undefined {
  for (let slash = key.lastIndexOf('/'); slash > 0; slash = key.lastIndexOf('/', slash - 1)) {
    const other = files.get(key.slice(0, slash));
    if (other !== undefined) return other;
  }
  return undefined;
}

function brokenRule(path: string, platform: PathPlatform): PathRule | undefined {
  if (path === '') return 'empty';
  if (path.length > limits.pathLength) return 'tooLong';
  if (path.includes('\0')) return 'nul';
  if (path.includes('\\')) return 'backslash';
  // Half a surrogate pair has no bytes, and a replacement character stands for bytes that are no text: either way, the
  // file that is written would have another name.
  if (/[\p{Surrogate}\ufffd]/u.test(path)) return 'notUnicode';
  if (path.startsWith('/')) return 'absolute';
  if (/^[a-z]:(\/|$)/i.test(path)) return 'drive';
  for (const segment of path.split('/')) {
    const rule = brokenSegmentRule(segment, platform);
    if (rule !== undefined) return rule;
  }
  return undefined;
}

function brokenSegmentRule(segment: string, platform: PathPlatform): PathRule | undefined {
  if (segment === '') return 'empty';
  if (segment === '.' || segment === '..') return 'traversal';
  if (isReserved(segment)) return 'reserved';
  if (nameLength(segment, platform) > maximalName) return 'tooLong';
  return platform === 'windows' ? brokenWindowsRule(segment) : undefined;
}

const maximalName = 255;

/** Linux counts bytes; APFS and NTFS count UTF-16 units. */
function nameLength(segment: string, platform: PathPlatform): number {
  return platform === 'linux' ? new TextEncoder().encode(segment).length : segment.length;
}

/**
 * `.git` and our own folder as some file system would open them: HFS+ skips the ignorable code points, NTFS drops
 * trailing dots and spaces and anything after a colon (a stream), and knows both by a short name as well.
 */
function isReserved(segment: string): boolean {
  const seen = fold(segment.replace(hfsIgnored, ''))
    .replace(/:.*$/su, '')
    .replace(/[. ]+$/u, '');
  return seen === '.git' || seen === ownFolderName || /^(git|api-so)~\d+$/u.test(seen);
}

const hfsIgnored = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file: device names count with any extension, too. */
function brokenWindowsRule(segment: string): PathRule | undefined {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0001-\u001f]/u.test(segment)) return 'control';
  if (/[<>:"|?*]/u.test(segment)) return 'character';
  if (/[. ]$/u.test(segment)) return 'trailing';
  if (/^(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³]) *(\.|$)/iu.test(segment)) return 'device';
  return undefined;
}

/** Upper case first, so that what only one of the two directions joins (`ſ`, `ς`) is joined as file systems do. */
function fold(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
