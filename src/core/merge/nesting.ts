import { Lexer } from 'yaml';

/** Levels that the parsers are given: they recurse, and what overflows a stack there can end the process. */
export const maximalNesting = 500;

/** Block levels cost a column each, so that columns bound them; flow levels are counted. */
export function isYamlNestedDeeply(text: string): boolean {
  if (new RegExp(`^[ ?-]{${maximalNesting}}`, 'mu').test(text)) return true;
  let depth = 0;
  for (const source of new Lexer().lex(text)) {
    if (source === '[' || source === '{') depth++;
    if (source === ']' || source === '}') depth--;
    if (depth > maximalNesting) return true;
  }
  return false;
}
