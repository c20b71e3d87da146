import type { JoinedNode, MergedEntry } from './mergedTree.ts';
import type { SourceDocument, SourceEntry, SourceNode } from './sourceTree.ts';
import type { PieceStyle } from './writeMerged.ts';

/** Writes pieces of JSON as `mine` is written: its indentation, line ends, and what it has behind colons and commas. */
export class JsonStyle implements PieceStyle {
  private readonly lineEnd: string;
  private readonly unit: string;
  private readonly colon: string;
  private readonly isOneLine: boolean;

  constructor(
    private readonly mine: SourceDocument,
    private readonly theirs: SourceDocument,
  ) {
    const { text, root } = mine;
    this.lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
    this.isOneLine = !text.trim().includes('\n');
    this.unit = /\n([ \t]+)/u.exec(text)?.[1] ?? /\n([ \t]+)/u.exec(theirs.text)?.[1] ?? '  ';
    this.colon = firstColon(root, text) ?? ': ';
  }

  insertion(entry: SourceEntry, _from: SourceNode, container: SourceNode): string {
    return this.entry(entry, this.entryIndent(container));
  }

  replacement(_mine: SourceEntry, { node }: SourceEntry, _from: SourceNode, container: SourceNode): string {
    return this.value(node, this.entryIndent(container));
  }

  separator(before: MergedEntry, after: MergedEntry, { mine }: JoinedNode): string {
    const { entries } = mine;
    const [first] = entries;
    if (entries.length > 1) {
      const near = after.mine?.index ?? (before.mine?.index ?? -1) + 1;
      const index = Math.min(Math.max(near, 1), entries.length - 1);
      return this.mine.text.slice(entries[index - 1]?.end, entries[index]?.start);
    }
    const lead = first === undefined ? this.open(mine) : this.mine.text.slice(mine.start + 1, first.start);
    if (lead.includes('\n')) return `,${lead}`;
    return this.comma;
  }

  brackets({ mine, entries }: JoinedNode): readonly [string, string] {
    const { text, lines } = this.mine;
    const [open = '', close = ''] = [text[mine.start], text[mine.end - 1]];
    if (entries.length === 0) return [open, close];
    const lead = this.open(mine);
    return [open + lead, (lead === '' ? '' : this.lineEnd + lines.indentAt(mine.start)) + close];
  }

  private get comma(): string {
    return this.colon.endsWith(' ') ? ', ' : ',';
  }

  /** What follows an opening bracket where there was nothing in it. */
  private open(container: SourceNode): string {
    return this.isOneLine ? '' : this.lineEnd + this.entryIndent(container);
  }

  private entryIndent(container: SourceNode): string {
    const { text, lines } = this.mine;
    const [first] = container.entries;
    if (first !== undefined && !text.slice(container.start, first.start).includes('\n'))
      return lines.indentAt(container.start);
    return first === undefined ? lines.indentAt(container.start) + this.unit : lines.indentAt(first.start);
  }

  private entry({ start, keyEnd, node }: SourceEntry, indent: string): string {
    const key = start === keyEnd ? '' : this.theirs.text.slice(start, keyEnd) + this.colon;
    return key + this.value(node, indent);
  }

  private value(node: SourceNode, indent: string): string {
    const { text } = this.theirs;
    const source = text.slice(node.start, node.end);
    const [open, close] = [source[0] ?? '', source.at(-1) ?? ''];
    if (node.kind === 'scalar') return source;
    if (node.entries.length === 0) return open + close;
    if (this.isOneLine) return open + node.entries.map((entry) => this.entry(entry, '')).join(this.comma) + close;
    // What they have on one line stays on one, unless all of theirs is.
    if (!source.includes('\n') && text.includes('\n', text.search(/\S/u))) return source;
    const inner = this.lineEnd + indent + this.unit;
    const entries = node.entries.map((entry) => inner + this.entry(entry, indent + this.unit));
    return open + entries.join(',') + this.lineEnd + indent + close;
  }
}

/** What stands between the first key of a document and its value. */
function firstColon(node: SourceNode, text: string): string | undefined {
  for (const { start, keyEnd, node: child } of node.entries) {
    const colon = keyEnd > start ? text.slice(keyEnd, child.start) : firstColon(child, text);
    if (colon !== undefined) return colon.includes('\n') ? undefined : colon;
  }
  return undefined;
}
