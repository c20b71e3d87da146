import { visit } from 'jsonc-parser';
import { nestedDeeperAt } from '../../model/jsonNesting.ts';
import { maximalNesting } from '../nesting.ts';
import { LineStarts } from './lineStarts.ts';
import type { Numbering } from './numbering.ts';
import { listNode, mapNode, scalarNode } from './sourceTree.ts';
import type { SourceDocument, SourceEntry, SourceNode } from './sourceTree.ts';

/** Strict JSON in which no key comes twice. */
export function readJson(text: string, numbering: Numbering): SourceDocument | undefined {
  if (nestedDeeperAt(text, maximalNesting) !== undefined) return undefined;
  const builder = new Builder(text, numbering);
  visit(
    text,
    {
      onObjectBegin: (offset) => builder.open(offset),
      onArrayBegin: (offset) => builder.open(offset),
      onObjectProperty: (key, offset, length) => builder.name(key, offset, offset + length),
      onLiteralValue: (value: unknown, offset, length) => builder.literal(value, offset, offset + length),
      onObjectEnd: (offset, length) => builder.close('map', offset + length),
      onArrayEnd: (offset, length) => builder.close('list', offset + length),
      onError: () => builder.fail(),
    },
    { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
  );
  const root = builder.root();
  return root === undefined ? undefined : { text, root, comments: [], lines: new LineStarts(text) };
}

interface Name {
  readonly key: string;
  readonly start: number;
  readonly keyEnd: number;
}

/** A bracket that is not closed yet. */
interface Open {
  readonly start: number;
  readonly name: Name | undefined;
  readonly entries: SourceEntry[];
}

class Builder {
  private readonly opened: Open[] = [{ start: 0, name: undefined, entries: [] }];
  private pending: Name | undefined;
  private hasFailed = false;

  constructor(
    private readonly text: string,
    private readonly numbering: Numbering,
  ) {}

  fail(): void {
    this.hasFailed = true;
  }

  root(): SourceNode | undefined {
    return this.hasFailed ? undefined : this.opened[0]?.entries[0]?.node;
  }

  name(key: string, start: number, keyEnd: number): void {
    this.pending = { key, start, keyEnd };
  }

  open(start: number): void {
    this.opened.push({ start, name: this.pending, entries: [] });
    this.pending = undefined;
  }

  close(kind: 'map' | 'list', end: number): void {
    const open = this.opened.pop();
    if (open === undefined || this.opened.length === 0) return this.fail();
    const place = { start: open.start, end, isInline: true, props: '' };
    const node = (kind === 'map' ? mapNode : listNode)(open.entries, place, this.numbering);
    if (node === undefined) return this.fail();
    this.add(node, open.name);
  }

  literal(value: unknown, start: number, end: number): void {
    const place = { start, end, isInline: true, spansLines: false, props: '' };
    const text = typeof value === 'string' ? value : undefined;
    // Numbers by their digits: 1.10 is another version than 1.1, and long ones do not fit into a double.
    const source = text === undefined ? this.text.slice(start, end) : `text ${text}`;
    this.add(scalarNode(source, text, place, this.numbering), this.pending);
    this.pending = undefined;
  }

  private add(node: SourceNode, name: Name | undefined): void {
    const { key, start, keyEnd } = name ?? { key: '', start: node.start, keyEnd: node.start };
    this.opened.at(-1)?.entries.push({ key, start, end: node.end, keyEnd, node });
  }
}
