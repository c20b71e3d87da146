import { limits } from '../../limits.ts';
import { char, isFlowIndicator, isLineEnd, isSeparator } from './characters.ts';
import { Cursor } from './cursor.ts';
import { FlowReader } from './flowReader.ts';
import { isDocumentMarker, ScalarReader, type Properties } from './scalarReader.ts';
import type { Scalar, YamlSink } from './sink.ts';

interface BlockFrame {
  readonly kind: 'map' | 'seq';
  /** Column of its keys or dashes. */
  readonly indent: number;
  /** After a key's colon or a dash, until the value has begun. */
  awaiting: boolean;
  /** Between `?` and `:`. */
  inKey: boolean;
}

/** Reads block structure, line by line, and hands flow collections on. */
export class BlockReader {
  private readonly cursor: Cursor;
  private readonly scalars: ScalarReader;
  private readonly flow: FlowReader;
  private readonly frames: BlockFrame[] = [];
  /** Properties on a line of their own, until the node that they belong to begins. */
  private pending: Properties | undefined;

  constructor(
    text: string,
    private readonly sink: YamlSink,
  ) {
    this.cursor = new Cursor(text);
    this.scalars = new ScalarReader(this.cursor, sink);
    this.flow = new FlowReader(this.cursor, sink, this.scalars, /^\s*[{[]/.test(text));
  }

  read(): void {
    while (!this.cursor.atEnd) this.line();
    this.unwindAll();
  }

  private line(): void {
    const { cursor } = this;
    if (this.marker()) return;
    cursor.skipBlanks();
    const code = cursor.peek();
    if (isLineEnd(code) || code === char.hash) return cursor.nextLine();
    const isItem = this.isIndicator(char.dash);
    this.unwind(cursor.column, isItem);
    if (this.isIndented(char.tab)) this.sink.defect('doesNotParse', cursor.position);
    this.nodes();
  }

  private isIndented(by: number): boolean {
    for (let index = this.cursor.lineStart; index < this.cursor.position; index += 1) {
      if (this.cursor.at(index) === by) return true;
    }
    return false;
  }

  /** Handles what only a line's first column may hold. */
  private marker(): boolean {
    const { cursor } = this;
    const code = cursor.peek();
    if (cursor.isConflictMarker(cursor.position)) {
      this.sink.defect('doesNotParse', cursor.position);
      cursor.nextLine();
      return true;
    }
    if (isDocumentMarker(cursor, cursor.position)) {
      this.unwindAll();
      this.sink.document();
      cursor.position += 3;
      if (code === char.dash) this.nodes();
      else cursor.nextLine();
      return true;
    }
    if (code !== char.percent || this.frames.length > 0) return false;
    cursor.nextLine();
    return true;
  }

  private unwindAll(): void {
    this.pending = undefined;
    for (; this.frames.length > 0; this.frames.pop()) this.sink.close();
  }

  private unwind(column: number, isItem: boolean): void {
    for (let top = this.frames.at(-1); top !== undefined; top = this.frames.at(-1)) {
      const below = top.indent > column || (top.indent === column && top.kind === 'seq' && !isItem);
      if (!below) return;
      this.frames.pop();
      this.sink.close();
    }
  }

  private get parentIndent(): number {
    return this.frames.at(-1)?.indent ?? -1;
  }

  private isIndicator(code: number): boolean {
    return this.cursor.peek() === code && isSeparator(this.cursor.peek(1));
  }

  /** Everything that begins on this line: `- - key: value` is four nodes. Leaves the cursor at a line's begin. */
  private nodes(): void {
    const { cursor } = this;
    let afterKey = false;
    for (;;) {
      cursor.skipBlanks();
      const column = cursor.column;
      const properties = this.scalars.properties(false);
      const code = cursor.peek();
      if (isLineEnd(code) || code === char.hash) {
        if (properties !== undefined) this.pending = properties;
        return cursor.nextLine();
      }
      if (this.structure(column)) {
        if (afterKey && code === char.dash) this.sink.defect('doesNotParse', cursor.position);
        afterKey = false;
      } else if (code === char.bar || code === char.greater) {
        return this.value(this.scalars.block(this.parentIndent, properties?.tag), properties);
      } else if (this.content(code, column, properties, afterKey)) {
        afterKey = true;
      } else afterKey = false;
    }
  }

  /** `- `, `? ` and `: `, after which another node may stand on the line. */
  private structure(column: number): boolean {
    const { cursor, sink } = this;
    if (this.isIndicator(char.dash)) {
      this.frame('seq', column).awaiting = true;
    } else if (this.isIndicator(char.question)) {
      const frame = this.frame('map', column);
      frame.inKey = true;
      frame.awaiting = true;
      sink.key(undefined);
    } else if (this.isIndicator(char.colon)) {
      const frame = this.frame('map', column);
      if (!frame.inKey) sink.key(undefined);
      frame.inKey = false;
      frame.awaiting = true;
    } else return false;
    cursor.position += 1;
    return true;
  }

  /** A scalar or a flow collection, which is a key when a colon follows: then `true`. */
  private content(code: number, column: number, properties: Properties | undefined, afterKey: boolean): boolean {
    const { cursor } = this;
    if (code === char.openBrace || code === char.openBracket) return this.flowCollection(column, properties);
    if (isFlowIndicator(code)) {
      this.sink.defect('doesNotParse', cursor.position);
      cursor.position += 1;
      return false;
    }
    const start = cursor.position;
    const scalar = this.readScalar(code, properties);
    const colon = cursor.keyColon(cursor.position, false);
    if (colon < 0) {
      const whole = scalar.style === 'plain' ? this.scalars.continuePlain(scalar, this.parentIndent) : scalar;
      this.value(whole, properties);
      return false;
    }
    if (afterKey) this.sink.defect('doesNotParse', start);
    this.beginKey(column, properties);
    this.sink.key(scalar);
    cursor.position = colon + 1;
    return true;
  }

  private readScalar(code: number, properties: Properties | undefined): Scalar {
    if (code === char.doubleQuote || code === char.singleQuote) {
      return this.scalars.quoted(this.parentIndent, false, properties?.tag);
    }
    if (code === char.asterisk) return this.scalars.alias(false);
    return this.scalars.plain(properties?.tag);
  }

  private flowCollection(column: number, properties: Properties | undefined): boolean {
    const { cursor } = this;
    const anchor = properties?.anchor ?? this.pending?.anchor;
    this.pending = undefined;
    if (anchor !== undefined) this.sink.anchor(anchor);
    this.valueBegins();
    this.flow.read(this.parentIndent);
    const colon = cursor.keyColon(cursor.position, false);
    if (colon < 0) return false;
    this.beginKey(column, undefined);
    this.sink.key(undefined);
    cursor.position = colon + 1;
    return true;
  }

  private beginKey(column: number, properties: Properties | undefined): void {
    const frame = this.frame('map', column);
    frame.awaiting = true;
    frame.inKey = false;
    if (properties?.anchor !== undefined) this.sink.anchor(properties.anchor);
  }

  /** The open collection at `column`: the one that is there, or a new one below it. */
  private frame(kind: 'map' | 'seq', column: number): BlockFrame {
    const top = this.frames.at(-1);
    const anchor = this.pending?.anchor;
    this.pending = undefined;
    if (top !== undefined && top.indent === column && top.kind === kind) return top;
    if (this.frames.length >= limits.nesting) {
      this.sink.defect('tooDeep', this.cursor.position);
      if (top !== undefined) return top;
    }
    if (anchor !== undefined) this.sink.anchor(anchor);
    this.valueBegins();
    const frame = { kind, indent: column, awaiting: false, inKey: false };
    this.frames.push(frame);
    this.sink.open(kind);
    return frame;
  }

  /** Whether there is a key or an item for the value that begins; else the text is broken. */
  private valueBegins(): boolean {
    const top = this.frames.at(-1);
    if (top === undefined) return true;
    const wasAwaited = top.awaiting;
    if (!wasAwaited) this.sink.defect('doesNotParse', this.cursor.position);
    top.awaiting = false;
    return wasAwaited;
  }

  private value(scalar: Scalar, properties: Properties | undefined): void {
    const anchor = properties?.anchor ?? this.pending?.anchor;
    this.pending = undefined;
    if (anchor !== undefined) this.sink.anchor(anchor);
    const isKey = this.frames.at(-1)?.inKey === true;
    if (!this.valueBegins()) return;
    if (isKey) this.sink.key(scalar);
    else this.sink.scalar(scalar);
  }
}
