import { char, isFlowIndicator, isLineEnd, isSeparator } from './characters.ts';
import type { Cursor } from './cursor.ts';
import type { Scalar, ScalarStyle, YamlSink } from './sink.ts';

/** What stands before a node: `&anchor` and `!tag`. */
export interface Properties {
  readonly anchor?: string;
  readonly tag?: string;
}

/** Reads the scalars that begin at the cursor, and moves it behind them. */
export class ScalarReader {
  constructor(
    private readonly cursor: Cursor,
    private readonly sink: YamlSink,
  ) {}

  /** `undefined` when there are none; else the cursor stands behind them and the blanks that follow. */
  properties(inFlow: boolean): Properties | undefined {
    const { cursor } = this;
    let found: Properties | undefined;
    for (;;) {
      const code = cursor.peek();
      if (code !== char.ampersand && code !== char.exclamation) return found;
      const start = cursor.position;
      const end = cursor.wordEnd(start, inFlow);
      const word = cursor.text.slice(start, end);
      found = code === char.ampersand ? { ...found, anchor: word.slice(1) } : { ...found, tag: word };
      cursor.position = cursor.afterBlanks(end);
    }
  }

  /** `*name`. */
  alias(inFlow: boolean): Scalar {
    const start = this.cursor.position;
    const end = this.cursor.wordEnd(start, inFlow);
    this.cursor.position = end;
    return { style: 'alias', start, end };
  }

  /** A quote that is never closed, or closed only after the text has left the place, ends with its line. */
  quoted(parentIndent: number, inFlow: boolean, tag: string | undefined): Scalar {
    const { cursor } = this;
    const start = cursor.position;
    const style: ScalarStyle = cursor.peek() === char.singleQuote ? 'single' : 'double';
    const close = cursor.closingQuote(start);
    const firstBreak = close < 0 ? -1 : cursor.breakBetween(start, close);
    if (close >= 0 && (firstBreak < 0 || this.closesProperly(firstBreak, close, parentIndent, inFlow))) {
      if (firstBreak < 0) cursor.position = close + 1;
      else cursor.moveTo(close + 1);
      return tagged(style, start + 1, close, tag);
    }
    this.sink.defect('doesNotParse', start);
    cursor.position = cursor.lineEnd(start);
    return tagged(style, start + 1, cursor.position, tag);
  }

  /** Whether the lines from `firstBreak` to the quote at `close` are indented enough, and something sensible follows. */
  private closesProperly(firstBreak: number, close: number, parentIndent: number, inFlow: boolean): boolean {
    const { cursor } = this;
    for (let lineBreak = firstBreak; lineBreak >= 0;) {
      const line = cursor.afterBreak(lineBreak);
      const first = cursor.afterBlanks(line);
      if (!isLineEnd(cursor.at(first)) && first - line <= parentIndent) return false;
      lineBreak = cursor.breakBetween(line, close);
    }
    const next = cursor.at(cursor.afterBlanks(close + 1));
    if (isLineEnd(next) || next === char.hash || next === char.colon) return true;
    return inFlow && isFlowIndicator(next);
  }

  /** The part of a plain scalar that stands on its line in block context; {@link continuePlain} reads on. */
  plain(tag: string | undefined): Scalar {
    const start = this.cursor.position;
    const end = this.cursor.plainEnd(start);
    this.cursor.position = end;
    return tagged('plain', start, end, tag);
  }

  /** Adds the lines below that are deeper than `parentIndent` and are neither a comment nor a key. */
  continuePlain(scalar: Scalar, parentIndent: number): Scalar {
    const end = this.continued(scalar.end, parentIndent, false);
    this.cursor.moveTo(end);
    return tagged('plain', scalar.start, end, scalar.tag);
  }

  flowPlain(parentIndent: number, tag: string | undefined): Scalar {
    const start = this.cursor.position;
    const end = this.continued(this.cursor.flowPlainEnd(start), parentIndent, true);
    this.cursor.moveTo(end);
    return tagged('plain', start, end, tag);
  }

  private continued(firstEnd: number, parentIndent: number, inFlow: boolean): number {
    const { cursor } = this;
    let end = firstEnd;
    for (;;) {
      const first = this.nextText(end);
      if (first === undefined || first.column <= parentIndent) return end;
      const code = cursor.at(first.index);
      if (code === char.hash || (first.column === 0 && this.isMarker(first.index))) return end;
      const lineEnd = inFlow ? cursor.flowPlainEnd(first.index) : cursor.plainEnd(first.index);
      if (lineEnd === first.index || cursor.keyColon(lineEnd, inFlow) >= 0) return end;
      end = lineEnd;
    }
  }

  /** The first text below the line that ends at `end`; `undefined` when something else follows on that line. */
  private nextText(end: number): { readonly index: number; readonly column: number } | undefined {
    const { cursor } = this;
    let index = cursor.afterBlanks(end);
    let line = index;
    while (isLineEnd(cursor.at(index))) {
      if (cursor.at(index) === char.end) return undefined;
      line = cursor.afterBreak(index);
      index = cursor.afterBlanks(line);
    }
    return line > end ? { index, column: index - line } : undefined;
  }

  /** Whether a document marker or a conflict marker stands at `index`, which is a line's begin. */
  private isMarker(index: number): boolean {
    return isDocumentMarker(this.cursor, index) || this.cursor.isConflictMarker(index);
  }

  /** `|` or `>` with its header and content; the cursor moves to the line below. */
  block(parentIndent: number, tag: string | undefined): Scalar {
    const { cursor } = this;
    const start = cursor.position;
    let end = cursor.lineEnd(start);
    let indent = explicitIndent(cursor.text.slice(start, Math.min(end, start + 3)), parentIndent);
    let line = cursor.afterBreak(end);
    while (line < cursor.text.length) {
      const first = cursor.afterBlanks(line);
      if (!isLineEnd(cursor.at(first))) {
        const column = first - line;
        if (column === 0 && isDocumentMarker(cursor, first)) break;
        if (column <= parentIndent || (indent !== undefined && column < indent)) break;
        indent ??= column;
        end = cursor.lineEnd(first);
      }
      line = cursor.afterBreak(cursor.lineEnd(first));
    }
    cursor.moveToLine(line);
    return tagged('block', start, end, tag);
  }
}

/** `---` or `...` at a line's begin. */
export function isDocumentMarker(cursor: Cursor, index: number): boolean {
  const code = cursor.at(index);
  if (code !== char.dash && code !== char.dot) return false;
  return cursor.at(index + 1) === code && cursor.at(index + 2) === code && isSeparator(cursor.at(index + 3));
}

function explicitIndent(header: string, parentIndent: number): number | undefined {
  const digit = /^[|>][-+]?([1-9])/.exec(header)?.[1];
  return digit === undefined ? undefined : Math.max(parentIndent, 0) + Number(digit);
}

function tagged(style: ScalarStyle, start: number, end: number, tag: string | undefined): Scalar {
  return tag === undefined ? { style, start, end } : { style, start, end, tag };
}
