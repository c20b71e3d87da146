import type { Scalar } from './sink.ts';

const lineBreak = /\r\n?|\n/;

/** The value of a scalar after its style's own escapes and foldings. An alias is its name. */
export function scalarValue(text: string, scalar: Scalar): string {
  const raw = text.slice(scalar.start, scalar.end);
  switch (scalar.style) {
    case 'plain':
      return foldLines(raw);
    case 'single':
      return foldLines(raw).replaceAll("''", "'");
    case 'double':
      return raw.includes('\\') ? unescape(raw) : foldLines(raw);
    case 'block':
      return blockValue(raw);
    case 'alias':
      return raw.slice(1);
  }
}

/** Plain text that YAML's core schema reads as null, a truth value or a number; anything else is a string. */
const notAString =
  /^(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** Whether a scalar that is no alias has a string as its value. */
export function isString(scalar: Scalar, value: string): boolean {
  if (scalar.style !== 'plain') return true;
  if (scalar.tag !== undefined) return true;
  return !notAString.test(value);
}

/** One break between lines is a space, n+1 breaks are n; blanks around breaks belong to the layout. */
function foldLines(raw: string): string {
  if (!lineBreak.test(raw)) return raw;
  const lines = raw.split(lineBreak);
  const last = lines.length - 1;
  return joinFolded(
    lines.map((line, index) => {
      const started = index === 0 ? line : line.replace(/^[ \t]+/, '');
      return index === last ? started : started.replace(/[ \t]+$/, '');
    }),
  );
}

function joinFolded(lines: readonly string[]): string {
  let value = lines[0] ?? '';
  let breaks = 0;
  for (const line of lines.slice(1)) {
    breaks += 1;
    if (line === '') continue;
    value += breaks === 1 ? ` ${line}` : '\n'.repeat(breaks - 1) + line;
    breaks = 0;
  }
  return breaks === 0 ? value : value + (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1));
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);

const escape = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(\r\n?|\n)[ \t]*|([^]))/g;

/**
 * Pieces between escapes are folded each for itself, so that an escaped break or blank is never taken for layout.
 * An escape that YAML does not know stands for the character after the backslash.
 */
function unescape(raw: string): string {
  let value = '';
  let from = 0;
  for (const match of raw.matchAll(escape)) {
    value += foldLines(raw.slice(from, match.index)) + escaped(match);
    from = match.index + match[0].length;
  }
  return value + foldLines(raw.slice(from));
}

function escaped(match: RegExpMatchArray): string {
  const code = match[1] ?? match[2] ?? match[3];
  if (code !== undefined) {
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  if (match[4] !== undefined) return '';
  const character = match[5] ?? '';
  return simpleEscapes.get(character) ?? character;
}

/**
 * A literal or folded block. The breaks at its end belong to the notation, not to a name that it holds,
 * so they are left out whatever the header says about them.
 */
function blockValue(raw: string): string {
  const [header = '', ...lines] = raw.split(lineBreak);
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const indent = first.length - first.trimStart().length;
  const content = lines.map((line) => line.slice(indent));
  while (content.length > 0 && content.at(-1) === '') content.pop();
  return header.startsWith('>') ? joinFoldedBlock(content) : content.join('\n');
}

/** As {@link joinFolded}, but the breaks around a line that begins with a blank are kept. */
function joinFoldedBlock(lines: readonly string[]): string {
  let value = '';
  let breaks = 0;
  let previous: string | undefined;
  for (const line of lines) {
    if (line !== '') {
      const isKept = previous === undefined || /^[ \t]/.test(previous) || /^[ \t]/.test(line);
      value += isKept ? '\n'.repeat(breaks) : breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
      value += line;
      previous = line;
      breaks = 0;
    }
    breaks += 1;
  }
  return value;
}
