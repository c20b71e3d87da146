import { Lexer } from 'yaml';

/** The lexer's sign that the next token is the text of a scalar, which may begin with `#`. */
const scalarFollows = '\u001f';

/** Every comment of a YAML text, in its order. */
export function yamlComments(text: string): readonly string[] {
  if (!text.includes('#')) return [];
  const comments: string[] = [];
  let before = '';
  for (const source of new Lexer().lex(text)) {
    if (source.startsWith('#') && before !== scalarFollows) comments.push(source.trimEnd());
    before = source;
  }
  return comments;
}

/** Where a line of white space and perhaps a comment leads. */
export interface Gap {
  /** Where the entry before the gap ends, with the comments that go with it. */
  readonly end: number;
  /** Where the first comment begins that goes with the entry behind the gap. */
  readonly next: number | undefined;
}

/**
 * Shares out what is between two entries of a block. A comment on the line of the first, or indented deeper than
 * `column`, goes with the first; the others go with the second.
 *
 * @param from where the first entry's value ends
 * @param column where the entries begin
 */
export function readGap(text: string, from: number, column: number): Gap {
  let end = from;
  let next: number | undefined;
  let lineStart = -1;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '\n') lineStart = at + 1;
    else if (character === '#') {
      const comment = at;
      const lineEnd = text.indexOf('\n', at);
      at = lineEnd < 0 ? text.length : lineEnd - 1;
      if (next !== undefined) continue;
      if (lineStart < 0 || comment - lineStart > column) end = trimmedEnd(text, comment, at + 1);
      else next = comment;
    } else if (character !== ' ' && character !== '\t' && character !== '\r') break;
  }
  return { end, next };
}

/** `end` without the white space before it. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let trimmed = Math.min(end, text.length);
  while (trimmed > start && ' \t\r\n'.includes(text[trimmed - 1] as string)) trimmed--;
  return trimmed;
}
