import { limits } from '../../limits.ts';
import { char, isBlank, isFlowIndicator, isLineEnd, isSeparator } from './characters.ts';
import type { Cursor } from './cursor.ts';
import type { Properties, ScalarReader } from './scalarReader.ts';
import type { Scalar, YamlSink } from './sink.ts';

interface FlowFrame {
  readonly kind: 'map' | 'seq';
  /** Between `:` and the value. */
  afterColon: boolean;
}

/** Reads a `{…}` or `[…]`, which is all of JSON, with a stack of its own: depth costs memory, never the call stack. */
export class FlowReader {
  private frames: FlowFrame[] = [];
  /** Levels beyond the limit, which are only counted. */
  private uncounted = 0;
  /** Whether the last thing read was an opening bracket, a comma or a colon, so that a value may follow below. */
  private expecting = true;

  constructor(
    private readonly cursor: Cursor,
    private readonly sink: YamlSink,
    private readonly scalars: ScalarReader,
    /** Whether the document is JSON, where `//` and `/*` begin comments that people write all the same. */
    private readonly json: boolean,
  ) {}

  /** The cursor stands on the opening bracket, and behind the closing one in the end. */
  read(parentIndent: number): void {
    const { cursor } = this;
    do {
      if (!this.skipToToken(parentIndent)) return this.giveUp();
      this.token(cursor.peek(), parentIndent);
    } while (this.frames.length > 0);
  }

  private token(code: number, parentIndent: number): void {
    const { cursor } = this;
    if (code === char.openBrace || code === char.openBracket) return this.open(code === char.openBrace ? 'map' : 'seq');
    if (code === char.closeBrace || code === char.closeBracket)
      return this.close(code === char.closeBrace ? 'map' : 'seq');
    if (code === char.comma) return this.comma();
    if (code === char.colon && (isSeparator(cursor.peek(1)) || isFlowIndicator(cursor.peek(1)) || !this.expecting)) {
      return this.colon();
    }
    if (code === char.question && isSeparator(cursor.peek(1))) {
      cursor.position += 1;
      return;
    }
    this.scalar(parentIndent);
  }

  private open(kind: 'map' | 'seq'): void {
    this.cursor.position += 1;
    this.expecting = true;
    if (this.frames.length >= limits.nesting) {
      if (this.uncounted === 0) this.sink.defect('tooDeep', this.cursor.position - 1);
      this.uncounted += 1;
      return;
    }
    this.frames.push({ kind, afterColon: false });
    this.sink.open(kind);
  }

  private close(kind: 'map' | 'seq'): void {
    this.cursor.position += 1;
    this.expecting = false;
    if (this.uncounted > 0) {
      this.uncounted -= 1;
      return;
    }
    const frame = this.frames.pop();
    if (frame?.kind !== kind) this.sink.defect('doesNotParse', this.cursor.position - 1);
    this.sink.close();
    this.valueRead();
  }

  private comma(): void {
    this.cursor.position += 1;
    this.expecting = true;
    this.valueRead();
    this.sink.key(undefined);
  }

  /** A colon whose key was no scalar, or was none at all. */
  private colon(): void {
    this.cursor.position += 1;
    this.expecting = true;
    this.sink.key(undefined);
    this.awaitValue();
  }

  private scalar(parentIndent: number): void {
    const { cursor } = this;
    const start = cursor.position;
    const properties = this.scalars.properties(true);
    if (properties !== undefined && !this.startsScalar()) {
      if (properties.anchor !== undefined) this.sink.anchor(properties.anchor);
      return;
    }
    const scalar = this.readScalar(parentIndent, properties);
    const colon = this.colonAfter(scalar);
    if (properties?.anchor !== undefined) this.sink.anchor(properties.anchor);
    if (colon >= 0) {
      if (!this.expecting) this.sink.defect('doesNotParse', start);
      cursor.moveTo(colon + 1);
      this.expecting = true;
      this.sink.key(scalar);
      this.awaitValue();
      return;
    }
    this.expecting = false;
    const frame = this.frames.at(-1);
    if (frame?.kind === 'seq' || frame?.afterColon === true) this.sink.scalar(scalar);
    this.valueRead();
  }

  private startsScalar(): boolean {
    const code = this.cursor.peek();
    return !isLineEnd(code) && !isFlowIndicator(code);
  }

  private readScalar(parentIndent: number, properties: Properties | undefined): Scalar {
    const code = this.cursor.peek();
    if (code === char.doubleQuote || code === char.singleQuote) {
      return this.scalars.quoted(parentIndent, true, properties?.tag);
    }
    if (code === char.asterisk) return this.scalars.alias(true);
    return this.scalars.flowPlain(parentIndent, properties?.tag);
  }

  /** A quoted key's colon may touch its value, and stand on a line below. */
  private colonAfter(scalar: Scalar): number {
    const { cursor } = this;
    if (scalar.style === 'plain' || scalar.style === 'alias') return cursor.keyColon(cursor.position, true);
    let index = cursor.position;
    while (isBlank(cursor.at(index)) || (isLineEnd(cursor.at(index)) && index < cursor.text.length)) index += 1;
    return cursor.at(index) === char.colon ? index : -1;
  }

  private awaitValue(): void {
    const frame = this.frames.at(-1);
    if (frame !== undefined) frame.afterColon = true;
  }

  private valueRead(): void {
    const frame = this.frames.at(-1);
    if (frame !== undefined) frame.afterColon = false;
  }

  /** Over blanks, line breaks and comments; `false` at the end of the text, or where the collection was never closed. */
  private skipToToken(parentIndent: number): boolean {
    const { cursor } = this;
    for (;;) {
      cursor.skipBlanks();
      const code = cursor.peek();
      if (code === char.end) return false;
      if (code === char.lineFeed || code === char.carriageReturn) {
        cursor.nextLine();
        if (this.leftBehind(parentIndent)) return false;
      } else if (code === char.hash && this.commentMayStart()) cursor.position = cursor.lineEnd(cursor.position);
      else if (!this.skipJsonComment(code)) return true;
    }
  }

  private commentMayStart(): boolean {
    return this.cursor.column === 0 || isBlank(this.cursor.peek(-1));
  }

  private skipJsonComment(code: number): boolean {
    const { cursor } = this;
    if (!this.json || code !== char.slash) return false;
    if (cursor.peek(1) === char.slash) {
      cursor.position = cursor.lineEnd(cursor.position);
      return true;
    }
    if (cursor.peek(1) !== char.asterisk) return false;
    const end = cursor.text.indexOf('*/', cursor.position + 2);
    cursor.moveTo(end < 0 ? cursor.text.length : end + 2);
    return true;
  }

  /**
   * At a line's begin: whether the block around goes on here though the collection is open.
   * Then somebody forgot the bracket, and what follows is read as block again. Conflict markers are stepped over.
   */
  private leftBehind(parentIndent: number): boolean {
    const { cursor } = this;
    if (cursor.isConflictMarker(cursor.position)) {
      this.sink.defect('doesNotParse', cursor.position);
      cursor.position = cursor.lineEnd(cursor.position);
      return false;
    }
    if (this.expecting || parentIndent < 0) return false;
    const first = cursor.afterBlanks(cursor.position);
    const code = cursor.at(first);
    if (first - cursor.position > parentIndent || isLineEnd(code)) return false;
    return !isFlowIndicator(code) && code !== char.hash && code !== char.colon;
  }

  private giveUp(): void {
    this.sink.defect('doesNotParse', this.cursor.position);
    for (; this.frames.length > 0; this.frames.pop()) this.sink.close();
    this.uncounted = 0;
  }
}
