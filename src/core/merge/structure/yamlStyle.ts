import type { JoinedNode, MergedEntry, Placed } from './mergedTree.ts';
import type { SourceDocument, SourceEntry, SourceNode } from './sourceTree.ts';
import type { PieceStyle } from './writeMerged.ts';
import { blockIndents, movedLines } from './yamlIndents.ts';
import type { BlockIndents } from './yamlIndents.ts';

/**
 * Writes pieces of YAML into `mine`: as theirs has them, moved to the column where they stand there, with the
 * indentation and the line ends of mine. Whether that is YAML with the right meaning is for a parser to say.
 */
export class YamlStyle implements PieceStyle {
  private readonly lineEnd: string;
  private readonly indents: BlockIndents;

  constructor(
    private readonly mine: SourceDocument,
    private readonly theirs: SourceDocument,
  ) {
    this.lineEnd = mine.text.includes('\r\n') ? '\r\n' : '\n';
    this.indents = blockIndents(mine, theirs);
  }

  insertion(entry: SourceEntry, from: SourceNode, container: SourceNode): string {
    const dash = container.kind === 'list' && !container.isInline && from.isInline ? '- ' : '';
    const start = container.isInline && !from.isInline && from.kind === 'list' ? entry.node.start : entry.start;
    return dash + this.moved(start, entry.end, entry, from, container);
  }

  replacement(mine: SourceEntry, theirs: SourceEntry, from: SourceNode, container: SourceNode): string | undefined {
    const [before, after] = [mine.node, theirs.node];
    if (before.props !== after.props) return undefined;
    if (!container.isInline && !(before.isInline && after.isInline)) return undefined;
    if (after.start === after.end) return before.start === before.end ? '' : 'null';
    const space = before.start === before.end && this.mine.text[before.start - 1] !== ' ' ? ' ' : '';
    return space + this.moved(after.start, after.end, theirs, from, container);
  }

  separator(before: MergedEntry, after: MergedEntry, { mine, theirs }: JoinedNode): string {
    if (!mine.isInline) {
      const indent = ' '.repeat(this.mine.lines.columnOf(mine.start));
      return this.lineEnd.repeat(1 + this.blankLines(before, after, mine, theirs)) + indent;
    }
    const [first, second] = mine.entries;
    if (first !== undefined && second !== undefined) return this.mine.text.slice(first.end, second.start);
    const lead = first === undefined ? '' : this.mine.text.slice(mine.start + 1, first.start);
    return lead.includes('\n') ? `,${lead}` : ', ';
  }

  brackets({ mine, entries }: JoinedNode): readonly [string, string] {
    const [open, close] = mine.kind === 'map' ? ['{', '}'] : ['[', ']'];
    return entries.length > 0 && mine.kind === 'map' ? [`${open} `, ` ${close}`] : [open, close];
  }

  private moved(start: number, end: number, { node }: SourceEntry, from: SourceNode, container: SourceNode): string {
    const column = this.column(this.theirs, from);
    const to = this.column(this.mine, container);
    return movedLines(this.theirs, { start, end, node }, { column, to }, this.indents).join(this.lineEnd);
  }

  /** Where the entries of a block begin; what is in brackets goes with its line. */
  private column({ lines }: SourceDocument, node: SourceNode): number {
    return node.isInline ? lines.indentAt(node.start).length : lines.columnOf(node.start);
  }

  /** As many blank lines as stand before the second entry where it comes from, else behind the first. */
  private blankLines(before: MergedEntry, after: MergedEntry, mine: SourceNode, theirs: SourceNode): number {
    const own = after.mine !== undefined;
    const behind = own ? gapBefore(after.mine, mine) : gapBefore(after.theirs, theirs);
    const gap = behind ?? (before.mine === undefined ? gapAfter(before.theirs, theirs) : gapAfter(before.mine, mine));
    if (gap === undefined) return 0;
    const { text } =
      behind === undefined ? (before.mine === undefined ? this.theirs : this.mine) : own ? this.mine : this.theirs;
    return Math.max(0, text.slice(gap[0], gap[1]).split('\n').length - 2);
  }
}

type Range = readonly [start: number, end: number];

function gapBefore(placed: Placed | undefined, { entries }: SourceNode): Range | undefined {
  const before = placed && entries[placed.index - 1];
  return before && [before.end, placed.entry.start];
}

function gapAfter(placed: Placed | undefined, { entries }: SourceNode): Range | undefined {
  const after = placed && entries[placed.index + 1];
  return after && [placed.entry.end, after.start];
}
