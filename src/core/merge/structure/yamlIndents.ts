import type { SourceDocument, SourceNode } from './sourceTree.ts';

/** Columns by which blocks are indented in mine; `undefined` where theirs stays as it is. */
export interface BlockIndents {
  /** A mapping in a mapping. */
  readonly map: number | undefined;
  /** A list in a mapping: often not indented at all. */
  readonly list: number | undefined;
}

/** What of theirs has to be indented anew to look like mine. */
export function blockIndents(mine: SourceDocument, theirs: SourceDocument): BlockIndents {
  const differing = (kind: 'map' | 'list'): number | undefined => {
    const here = usualIndent(mine, kind);
    return here === usualIndent(theirs, kind) ? undefined : here;
  };
  return { map: differing('map'), list: differing('list') };
}

/** By how much the first block of its kind is indented. */
function usualIndent(document: SourceDocument, kind: 'map' | 'list'): number | undefined {
  const open: SourceNode[] = [document.root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.isInline) continue;
    for (const { node: child } of node.entries) {
      if (isBelow(document, node, child) && node.kind === 'map' && child.kind === kind) {
        return document.lines.columnOf(child.start) - document.lines.columnOf(node.start);
      }
      open.push(child);
    }
  }
  return undefined;
}

/** A block that begins on a line of its own, not behind a dash. */
function isBelow({ lines, text }: SourceDocument, parent: SourceNode, { kind, isInline, start }: SourceNode): boolean {
  if (kind === 'scalar' || isInline || parent.isInline) return false;
  return text.slice(start - lines.columnOf(start), start).trim() === '';
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly node: SourceNode;
}

/** The lines of a piece of `theirs` whose entry goes from one column to another; the first one without indentation. */
export function movedLines(
  theirs: SourceDocument,
  piece: Piece,
  { column, to }: { readonly column: number; readonly to: number },
  indents: BlockIndents,
): readonly string[] {
  const firstLine = theirs.lines.lineOf(piece.start);
  const source = theirs.text.slice(piece.start, piece.end).split('\n');
  const shifts = new Int32Array(source.length).fill(to - column);
  const shift = (node: SourceNode, from: number, target: number, parent: SourceNode | undefined): void => {
    if (node.kind === 'scalar' || node.isInline) return;
    const own = theirs.lines.columnOf(node.start);
    const indent = node.kind === 'list' ? indents.list : indents.map;
    const isNewLine = theirs.lines.lineOf(node.start) > firstLine && isBelow(theirs, parent ?? node, node);
    const isInMap = parent === undefined ? own > from : parent.kind === 'map';
    const place = target + (isNewLine && isInMap && indent !== undefined ? indent : own - from);
    const first = theirs.lines.lineOf(node.start) - firstLine;
    shifts.fill(place - own, first, theirs.lines.lineOf(node.end) - firstLine + 1);
    for (const { node: child } of node.entries) shift(child, own, place, node);
  };
  if (indents.list !== undefined || indents.map !== undefined) shift(piece.node, column, to, undefined);
  return source.map((line, index) => {
    const content = line.replace(/\r$/u, '');
    return index === 0 ? content : indented(content, shifts[index] ?? 0);
  });
}

function indented(line: string, shift: number): string {
  const content = line.trimStart();
  return content === '' ? '' : ' '.repeat(Math.max(0, line.length - content.length + shift)) + content;
}
