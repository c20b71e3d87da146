import type { JoinedNode, MergedEntry, MergedNode } from './mergedTree.ts';
import type { SourceDocument, SourceEntry, SourceNode } from './sourceTree.ts';

/** How a syntax writes what comes from theirs into mine. */
export interface PieceStyle {
  /** An entry of theirs, to stand in `container` of mine; begins where the entry begins and ends where it ends. */
  insertion(entry: SourceEntry, from: SourceNode, container: SourceNode): string;
  /** The value of theirs in the place of a value of mine; `undefined`: the whole entry has to be taken. */
  replacement(mine: SourceEntry, theirs: SourceEntry, from: SourceNode, container: SourceNode): string | undefined;
  /** What stands between two entries that did not stand side by side in `joined.mine`. */
  separator(before: MergedEntry, after: MergedEntry, joined: JoinedNode): string;
  /** What is around the entries of a collection that has none in mine, or will have none. */
  brackets(joined: JoinedNode): readonly [open: string, close: string];
}

/**
 * Writes a merge as my bytes with their pieces in it: what they did not change is copied as it is. `undefined` for a
 * document that is theirs as a whole.
 */
export function writeMerged(merged: MergedNode, mine: SourceDocument, style: PieceStyle): string | undefined {
  if (merged.from !== 'both') return merged.from === 'mine' ? mine.text : undefined;
  const writer = new Writer(mine.text, style);
  writer.copy(0, merged.mine.start);
  writer.collection(merged);
  writer.copy(merged.mine.end, mine.text.length);
  return writer.pieces.join('');
}

class Writer {
  readonly pieces: string[] = [];

  constructor(
    private readonly text: string,
    private readonly style: PieceStyle,
  ) {}

  copy(start: number, end: number): void {
    this.pieces.push(this.text.slice(start, end));
  }

  collection(joined: JoinedNode): void {
    const own = joined.mine.entries;
    const first = own[0];
    const last = own.at(-1);
    if (first === undefined || last === undefined || joined.entries.length === 0) {
      const [open, close] = this.style.brackets(joined);
      this.pieces.push(open);
      this.entries(joined);
      this.pieces.push(close);
      return;
    }
    this.copy(joined.mine.start, first.start);
    this.entries(joined);
    this.copy(last.end, joined.mine.end);
  }

  private entries(joined: JoinedNode): void {
    let before: MergedEntry | undefined;
    for (const entry of joined.entries) {
      if (before !== undefined) this.between(before, entry, joined);
      this.entry(entry, joined);
      before = entry;
    }
  }

  private between(before: MergedEntry, after: MergedEntry, joined: JoinedNode): void {
    if (before.mine !== undefined && after.mine?.index === before.mine.index + 1) {
      this.copy(before.mine.entry.end, after.mine.entry.start);
    } else {
      this.pieces.push(this.style.separator(before, after, joined));
    }
  }

  private entry({ mine, theirs, value }: MergedEntry, joined: JoinedNode): void {
    if (mine !== undefined && value.from === 'mine') return this.copy(mine.entry.start, mine.entry.end);
    if (mine !== undefined && value.from === 'both') {
      this.copy(mine.entry.start, value.mine.start);
      this.collection(value);
      return this.copy(value.mine.end, mine.entry.end);
    }
    if (theirs === undefined) throw new Error('an entry is of neither side');
    const replacement = mine && this.style.replacement(mine.entry, theirs.entry, joined.theirs, joined.mine);
    if (mine === undefined || replacement === undefined) {
      this.pieces.push(this.style.insertion(theirs.entry, joined.theirs, joined.mine));
    } else {
      this.copy(mine.entry.start, mine.entry.node.start);
      this.pieces.push(replacement);
      this.copy(mine.entry.node.end, mine.entry.end);
    }
  }
}
