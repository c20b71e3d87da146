/** UTF-16 units that carry meaning in YAML and JSON. `end` is what a read past the end of the text gives. */
export const char = {
  tab: 9,
  lineFeed: 10,
  carriageReturn: 13,
  space: 32,
  exclamation: 33,
  doubleQuote: 34,
  hash: 35,
  ampersand: 38,
  singleQuote: 39,
  asterisk: 42,
  comma: 44,
  dash: 45,
  dot: 46,
  slash: 47,
  colon: 58,
  less: 60,
  equals: 61,
  greater: 62,
  question: 63,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  bar: 124,
  openBrace: 123,
  closeBrace: 125,
  percent: 37,
  end: -1,
} as const;

export function isBlank(code: number): boolean {
  return code === char.space || code === char.tab;
}

export function isLineEnd(code: number): boolean {
  return code === char.lineFeed || code === char.carriageReturn || code === char.end;
}

/** Blank, line break or end: what has to follow `:`, `-` and `?` to make them indicators. */
export function isSeparator(code: number): boolean {
  return isBlank(code) || isLineEnd(code);
}

/** `,`, brackets and braces: what ends a plain scalar inside a flow collection. */
export function isFlowIndicator(code: number): boolean {
  return (
    code === char.comma ||
    code === char.openBracket ||
    code === char.closeBracket ||
    code === char.openBrace ||
    code === char.closeBrace
  );
}
