import { char, isBlank, isFlowIndicator, isLineEnd, isSeparator } from './characters.ts';

const conflictMarker = /(?:<{7}|={7}|>{7}|\|{7})(?=[ \t\r\n]|$)/y;
const braceInName = /\{[\w.~-]+\}/y;

/**
 * A place in the text that only moves forward, and the ends of what begins there.
 * Every look ahead is bounded by what is consumed next or looked at once more, so that a pass stays linear.
 */
export class Cursor {
  position = 0;
  /** Where the line of `position` begins; kept by {@link nextLine}. */
  lineStart = 0;
  /** The first backslash at or after a place that was asked about; asked forward only. */
  private backslash = -1;

  constructor(readonly text: string) {}

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  get column(): number {
    return this.position - this.lineStart;
  }

  /** The unit at `position + ahead`. */
  peek(ahead = 0): number {
    return this.at(this.position + ahead);
  }

  at(index: number): number {
    return index >= 0 && index < this.text.length ? this.text.charCodeAt(index) : char.end;
  }

  skipBlanks(): void {
    while (isBlank(this.peek())) this.position += 1;
  }

  /** The end of the line that `index` is on, before its break. */
  lineEnd(index: number): number {
    let end = index;
    while (!isLineEnd(this.at(end))) end += 1;
    return end;
  }

  /** The begin of the line after the break at `index`. */
  afterBreak(index: number): number {
    if (this.at(index) === char.carriageReturn && this.at(index + 1) === char.lineFeed) return index + 2;
    return Math.min(index + 1, this.text.length);
  }

  /** The first place at or after `index` that is no blank. */
  afterBlanks(index: number): number {
    let after = index;
    while (isBlank(this.at(after))) after += 1;
    return after;
  }

  nextLine(): void {
    this.moveToLine(this.afterBreak(this.lineEnd(this.position)));
  }

  moveToLine(start: number): void {
    this.position = start;
    this.lineStart = start;
  }

  /** Moves forward to `index`, which may be some lines below. */
  moveTo(index: number): void {
    for (let at = this.position; at < index; at += 1) {
      if (isLineEnd(this.at(at))) this.lineStart = at + 1;
    }
    this.position = index;
  }

  /** The first line break in `[start, end)`; -1 when all of it is one line. */
  breakBetween(start: number, end: number): number {
    for (let index = start; index < end; index += 1) {
      if (isLineEnd(this.at(index))) return index;
    }
    return -1;
  }

  /** Where a `:` that makes a key of what ends at `index` stands; -1 when none does. */
  keyColon(index: number, inFlow: boolean): number {
    const colon = this.afterBlanks(index);
    if (this.at(colon) !== char.colon) return -1;
    const next = this.at(colon + 1);
    return isSeparator(next) || (inFlow && isFlowIndicator(next)) ? colon : -1;
  }

  /** Whether a version-control conflict marker stands at `index`, which is a line's begin. */
  isConflictMarker(index: number): boolean {
    const first = this.at(index);
    if (first !== char.less && first !== char.equals && first !== char.greater && first !== char.bar) return false;
    conflictMarker.lastIndex = index;
    return conflictMarker.test(this.text);
  }

  /** The index of the quote that closes the one at `start`; -1 when there is none. */
  closingQuote(start: number): number {
    return this.at(start) === char.singleQuote ? this.closingSingle(start + 1) : this.closingDouble(start + 1);
  }

  private closingSingle(from: number): number {
    let quote = this.text.indexOf("'", from);
    while (quote >= 0 && this.at(quote + 1) === char.singleQuote) quote = this.text.indexOf("'", quote + 2);
    return quote;
  }

  private closingDouble(from: number): number {
    let start = from;
    let quote = this.text.indexOf('"', start);
    while (quote >= 0) {
      const backslash = this.backslashFrom(start);
      if (backslash > quote) return quote;
      start = backslash + 2;
      if (quote < start) quote = this.text.indexOf('"', start);
    }
    return -1;
  }

  private backslashFrom(index: number): number {
    if (this.backslash < index) {
      const found = this.text.indexOf('\\', index);
      this.backslash = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return this.backslash;
  }

  /** The end of a plain scalar's text on its line in block context: before `: `, ` #` or the line's end. */
  plainEnd(start: number): number {
    let index = start;
    for (;;) {
      const code = this.at(index);
      if (isLineEnd(code)) break;
      if (code === char.colon && isSeparator(this.at(index + 1))) break;
      if (code === char.hash && index > start && isBlank(this.at(index - 1))) break;
      index += 1;
    }
    return this.withoutTrailingBlanks(start, index);
  }

  /** The same inside a flow collection. `{id}` in the middle of a name stays in the name, which no parser would accept. */
  flowPlainEnd(start: number): number {
    let index = start;
    for (;;) {
      const code = this.at(index);
      if (isLineEnd(code)) break;
      if (code === char.colon && (isSeparator(this.at(index + 1)) || isFlowIndicator(this.at(index + 1)))) break;
      if (code === char.hash && index > start && isBlank(this.at(index - 1))) break;
      if (isFlowIndicator(code)) {
        const inName = code === char.openBrace && index > start ? this.braceEnd(index) : -1;
        if (inName < 0) break;
        index = inName;
      } else index += 1;
    }
    return this.withoutTrailingBlanks(start, index);
  }

  private braceEnd(index: number): number {
    if (isBlank(this.at(index - 1))) return -1;
    braceInName.lastIndex = index;
    return braceInName.test(this.text) ? braceInName.lastIndex : -1;
  }

  private withoutTrailingBlanks(start: number, end: number): number {
    let last = end;
    while (last > start && isBlank(this.at(last - 1))) last -= 1;
    return last;
  }

  /** The end of a name or tag after `&`, `*` or `!`. */
  wordEnd(start: number, inFlow: boolean): number {
    let index = start;
    while (!isSeparator(this.at(index)) && !(inFlow && isFlowIndicator(this.at(index)))) index += 1;
    return index;
  }
}
