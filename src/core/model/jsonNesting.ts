import { createScanner } from 'jsonc-parser';

/**
 * The offset of the first bracket that is nested deeper than `levels`; `undefined` when there is none. For text that
 * may be anything: parsers recurse, and are only given what this has looked through. Comments are skipped.
 */
export function nestedDeeperAt(json: string, levels: number): number | undefined {
  const scanner = createScanner(json, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenOffset() < json.length; scanner.scan()) {
    const first = json[scanner.getTokenOffset()];
    if (first === '{' || first === '[') depth++;
    if (first === '}' || first === ']') depth--;
    if (depth > levels) return scanner.getTokenOffset();
  }
  return undefined;
}
