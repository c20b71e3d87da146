import { limits } from '../limits.ts';
import { diff3 } from './diff3.ts';
import type { MergeRegion } from './diff3.ts';
import { decodeText, splitLines } from './lines.ts';

/** Both sides joined by line, or why they cannot be. */
export type TextMerge =
  | { readonly kind: 'clean'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'conflict';
      /** `notText`: binary, UTF-16 or broken UTF-8. */
      readonly reason: 'overlap' | 'notText' | 'tooLarge';
      /** Empty unless the reason is `overlap`. */
      readonly regions: readonly MergeRegion[];
    };

/**
 * Three-way merge of text in UTF-8, line by line. Lines keep their bytes: line ends, byte order mark and a missing
 * final line end are what the side that wrote the line made of them.
 */
export function mergeText(base: Uint8Array, ours: Uint8Array, theirs: Uint8Array): TextMerge {
  const sides = [base, ours, theirs];
  if (sides.some((bytes) => bytes.length > limits.mergeBytes)) return conflict('tooLarge');
  const [baseText, oursText, theirsText] = sides.map(decodeText);
  if (baseText === undefined || oursText === undefined || theirsText === undefined) return conflict('notText');
  const regions = diff3(splitLines(baseText), splitLines(oursText), splitLines(theirsText));
  const lines = regions.flatMap((region) => (region.kind === 'agreed' ? [region.lines.join('')] : []));
  if (lines.length < regions.length) return conflict('overlap', regions);
  return { kind: 'clean', bytes: new TextEncoder().encode(lines.join('')) };
}

function conflict(reason: 'overlap' | 'notText' | 'tooLarge', regions: readonly MergeRegion[] = []): TextMerge {
  return { kind: 'conflict', reason, regions };
}
