import { commonText } from './commonText.ts';
import { diff3, type MergeRegion } from './diff3.ts';
import { diffLines, type Hunk } from './diffLines.ts';
import { decodeText, sameLines, splitLines } from './lines.ts';

/**
 * How many places that both sides changed differently are, in `result`, as they were before both changes. VS Code's
 * merge editor fills a place with the base until a person decides it, so that a result which was never looked at is a
 * text without conflict markers that takes back both sides. Without `base`, both sides added the file. 0 for what is no
 * text.
 */
export function undecidedPlaces(
  base: Uint8Array | undefined,
  ours: Uint8Array,
  theirs: Uint8Array,
  result: Uint8Array,
): number {
  const [before, here, there, made] = [base ?? commonText(ours, theirs), ours, theirs, result].map(linesOf);
  if (before === undefined || here === undefined || there === undefined || made === undefined) return 0;
  const regions = diff3(before, here, there);
  // Joined by line and refused all the same: then all of it is to be decided.
  if (regions.every(({ kind }) => kind === 'agreed')) return sameLines(before, made) ? 1 : 0;
  const untouched = asBefore(regions);
  const hunks = diffLines(untouched.lines, made);
  return untouched.places.filter((place) => !hunks.some((hunk) => touches(hunk, place))).length;
}

function linesOf(bytes: Uint8Array): readonly string[] | undefined {
  const text = decodeText(bytes);
  return text === undefined ? undefined : splitLines(text);
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** What is joined by itself, and the base where it cannot be. */
function asBefore(regions: readonly MergeRegion[]): {
  readonly lines: readonly string[];
  readonly places: readonly Place[];
} {
  const lines: string[] = [];
  const places: Place[] = [];
  for (const region of regions) {
    const start = lines.length;
    lines.push(...(region.kind === 'agreed' ? region.lines : region.base));
    if (region.kind === 'conflict') places.push({ start, end: lines.length });
  }
  return { lines, places };
}

/** A place without lines is touched by what is put there; any other by what is done to its lines. */
function touches(hunk: Hunk, { start, end }: Place): boolean {
  if (start === end) return hunk.start <= start && hunk.end >= start;
  return hunk.start < end && (hunk.end > start || (hunk.start === hunk.end && hunk.start > start));
}
