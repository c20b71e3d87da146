import type { TextRange } from './definition.ts';

/** Turns offsets into lines and characters. Asked in ascending order, it passes over the text once. */
export class TextPositions {
  private line = 0;
  private lineStart = 0;
  /** The offset behind the next line break, or behind the text. */
  private nextLine: number;
  private readonly breaks = /\r\n?|\n/g;

  constructor(private readonly text: string) {
    this.nextLine = this.afterNextBreak();
  }

  /** `start` must not lie before the start asked for last. */
  range(start: number, end: number): TextRange {
    this.forward(start);
    const { line, lineStart } = this;
    this.forward(end);
    return { line, character: start - lineStart, endLine: this.line, endCharacter: end - this.lineStart };
  }

  private forward(offset: number): void {
    while (this.nextLine <= offset && this.nextLine < Number.POSITIVE_INFINITY) {
      this.line += 1;
      this.lineStart = this.nextLine;
      this.nextLine = this.afterNextBreak();
    }
  }

  private afterNextBreak(): number {
    this.breaks.lastIndex = this.lineStart;
    return this.breaks.test(this.text) ? this.breaks.lastIndex : Number.POSITIVE_INFINITY;
  }
}
