import { commonText } from './commonText.ts';
import { diff3 } from './diff3.ts';
import type { MergeRegion } from './diff3.ts';
import { decodeText, lineEnd, splitLines } from './lines.ts';

/** Names of the two sides, behind the markers. */
export interface MarkerLabels {
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Both sides in one text, with `<<<<<<<`, `=======` and `>>>>>>>` around what they disagree on; what agrees is merged.
 * Where the texts join by line and yet the result was refused, everything that differs is marked.
 * `undefined` unless all three are text in UTF-8. Without `base`, both sides added the file.
 */
export function withMarkers(
  base: Uint8Array | undefined,
  ours: Uint8Array,
  theirs: Uint8Array,
  labels: MarkerLabels,
): Uint8Array | undefined {
  const [baseText, oursText, theirsText] = [base ?? commonText(ours, theirs), ours, theirs].map(decodeText);
  if (baseText === undefined || oursText === undefined || theirsText === undefined) return undefined;
  const here = splitLines(oursText);
  const there = splitLines(theirsText);
  const merged = diff3(splitLines(baseText), here, there);
  const clean = merged.every((region) => region.kind === 'agreed');
  const regions: readonly MergeRegion[] = clean ? [{ kind: 'conflict', base: [], ours: here, theirs: there }] : merged;
  const end = lineEnd(here.length > 0 ? here : there);
  const lines = regions.flatMap((region) => (region.kind === 'agreed' ? region.lines : marked(region, labels, end)));
  return new TextEncoder().encode(lines.join(''));
}

type Conflict = Extract<MergeRegion, { kind: 'conflict' }>;

/** What both sides begin and end with stays outside of the markers. */
function marked({ ours, theirs }: Conflict, labels: MarkerLabels, end: string): readonly string[] {
  const shorter = Math.min(ours.length, theirs.length);
  let head = 0;
  while (head < shorter && ours[head] === theirs[head]) head++;
  let tail = 0;
  while (tail < shorter - head && ours.at(-1 - tail) === theirs.at(-1 - tail)) tail++;
  const middle = (lines: readonly string[]): readonly string[] =>
    lines.slice(head, lines.length - tail).map((line) => (line.endsWith('\n') ? line : line + end));
  return [
    ...ours.slice(0, head),
    `<<<<<<< ${labels.ours}${end}`,
    ...middle(ours),
    `=======${end}`,
    ...middle(theirs),
    `>>>>>>> ${labels.theirs}${end}`,
    ...ours.slice(ours.length - tail),
  ];
}

/**
 * Whether a conflict marker was left in. `=======` alone does not count: it underlines headings in Markdown and
 * reStructuredText.
 */
export function hasMarkers(bytes: Uint8Array): boolean {
  const text = decodeText(bytes);
  return text !== undefined && /^\ufeff?(?:<{7}|>{7}|\|{7})(?: |\r?$)/mu.test(text);
}
