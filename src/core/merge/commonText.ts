import { diffLines } from './diffLines.ts';
import { decodeText, splitLines } from './lines.ts';

/**
 * The lines that both sides have, in their order: what two files without a common version are compared with, so that
 * only what differs is to be decided. Empty unless both are text.
 */
export function commonText(ours: Uint8Array, theirs: Uint8Array): Uint8Array {
  const [here, there] = [ours, theirs].map(decodeText);
  if (here === undefined || there === undefined) return new Uint8Array();
  const lines = splitLines(here);
  const common: string[] = [];
  let done = 0;
  for (const { start, end } of diffLines(lines, splitLines(there))) {
    common.push(...lines.slice(done, start));
    done = end;
  }
  return new TextEncoder().encode([...common, ...lines.slice(done)].join(''));
}
