import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { Alias, CST, Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { limits } from '../../limits.ts';
import { isYamlNestedDeeply } from '../nesting.ts';
import { LineStarts } from './lineStarts.ts';
import type { Numbering } from './numbering.ts';
import { listNode, mapNode, scalarNode } from './sourceTree.ts';
import type { SourceDocument, SourceEntry, SourceNode } from './sourceTree.ts';
import { readGap, trimmedEnd, yamlComments } from './yamlComments.ts';

/**
 * One YAML document. Aliases, anchors and tags are taken as they are written, not followed. None are: several
 * documents, keys that are no plain or quoted text, keys twice, anchors twice.
 */
export function readYaml(text: string, numbering: Numbering): SourceDocument | undefined {
  if (text.length > limits.structuredYaml || isYamlNestedDeeply(text)) return undefined;
  const options = { keepSourceTokens: true, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;
  const documents = parseAllDocuments(text, options);
  const [document] = Array.isArray(documents) ? documents : [];
  if (document === undefined || documents.length > 1 || document.errors.length > 0) return undefined;
  const root = new Reader(text, numbering).read(document);
  return root === undefined ? undefined : { text, root, comments: yamlComments(text), lines: new LineStarts(text) };
}

/** Thrown inside of the reader alone: what it cannot vouch for. */
class Unusual extends Error {}

type Tokens = readonly CST.SourceToken[];

class Reader {
  private readonly lines: LineStarts;
  private readonly anchors = new Set<string>();

  constructor(
    private readonly text: string,
    private readonly numbering: Numbering,
  ) {
    this.lines = new LineStarts(text);
  }

  read(document: Document.Parsed): SourceNode | undefined {
    const { contents, directives } = document;
    if (contents === null || directives.yaml.explicit === true || Object.keys(directives.tags).length > 1)
      return undefined;
    try {
      return this.node(contents, [], contents.range[0]);
    } catch (error) {
      if (error instanceof Unusual) return undefined;
      throw error;
    }
  }

  /** @param before what is written before the value @param at where an empty value is */
  private node(node: unknown, before: Tokens, at: number): SourceNode {
    const props = before.filter(({ type }) => type === 'anchor' || type === 'tag');
    const written = props.map(({ source }) => source).join(' ');
    this.checkProps(node, written, props);
    const last = props.at(-1);
    const empty = last === undefined ? at : last.offset + last.source.length;
    if (isMap<unknown, unknown>(node)) return this.map(node, written);
    if (isSeq<unknown>(node)) return this.list(node, written);
    if (isScalar(node) || isAlias(node)) return this.scalar(node, written, empty);
    throw new Unusual();
  }

  /** What is anchored twice means another thing before and behind a place: moving an alias would change it. */
  private checkProps(node: unknown, written: string, props: Tokens): void {
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    const tag = isScalar(node) || isMap(node) || isSeq(node) ? node.tag : undefined;
    const isTagged = tag !== undefined && props.some(({ type }) => type === 'tag');
    if ((anchor !== undefined || isTagged) && written === '') throw new Unusual();
    if (anchor === undefined) return;
    if (this.anchors.has(anchor)) throw new Unusual();
    this.anchors.add(anchor);
  }

  private scalar(node: Scalar | Alias, props: string, empty: number): SourceNode {
    const [start = 0, valueEnd = 0] = node.range ?? [];
    const isEmpty = isScalar(node) && node.type === 'PLAIN' && node.source === '';
    const isInline = isAlias(node) || (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED');
    const place = isEmpty ? { start: empty, end: empty } : { start, end: trimmedEnd(this.text, start, valueEnd) };
    const spansLines = this.lines.lineOf(place.start) < this.lines.lineOf(place.end);
    const text = isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
    return scalarNode(valueOf(node), text, { ...place, isInline, spansLines, props }, this.numbering);
  }

  private map(node: YAMLMap<unknown, unknown>, props: string): SourceNode {
    const read = node.items.map((pair) => this.pair(pair));
    const { entries, ...place } = this.place(node, read);
    const map = mapNode(entries, { ...place, props }, this.numbering);
    if (map === undefined) throw new Unusual();
    return map;
  }

  private pair(pair: Pair<unknown, unknown>): SourceEntry {
    const { key, value, srcToken } = pair;
    if (!isPair(pair) || !isScalar(key) || !key.range || srcToken?.sep === undefined) throw new Unusual();
    const name = typeof key.value === 'string' ? key.value : key.source;
    const hasMarks = srcToken.start.some(
      ({ type }) => type === 'explicit-key-ind' || type === 'anchor' || type === 'tag',
    );
    if (hasMarks || name === undefined || name === '') throw new Unusual();
    const [start, keyEnd] = key.range;
    const colon = srcToken.sep.find(({ type }) => type === 'map-value-ind');
    if (colon === undefined) throw new Unusual();
    const child = this.node(value, srcToken.sep, colon.offset + 1);
    return { key: name, start, end: Math.max(child.end, colon.offset + 1), keyEnd, node: child };
  }

  private list(node: YAMLSeq<unknown>, props: string): SourceNode {
    const tokens = itemsOf(node.srcToken);
    if (tokens.length < node.items.length) throw new Unusual();
    const read = node.items.map((item, index): SourceEntry => {
      // A pair without braces, as in [a: 1].
      if (isPair(item)) throw new Unusual();
      const before = tokens[index]?.start ?? [];
      const dash = before.find(({ type }) => type === 'seq-item-ind')?.offset;
      const child = this.node(item, before, (dash ?? 0) + 1);
      const start = dash ?? before.find(({ type }) => type === 'anchor' || type === 'tag')?.offset ?? child.start;
      const end = dash === undefined ? child.end : Math.max(child.end, dash + 1);
      return { key: '', start, end, keyEnd: start, node: child };
    });
    const { entries, ...place } = this.place(node, read);
    return listNode(entries, { ...place, props }, this.numbering);
  }

  /** Where a collection is, its entries with the comments that go with them. */
  private place(node: YAMLMap<unknown, unknown> | YAMLSeq<unknown>, entries: readonly SourceEntry[]): Placed {
    const [start = 0, end = 0] = node.range ?? [];
    const first = entries[0];
    if (node.srcToken?.type === 'flow-collection') return { start, end, isInline: true, entries };
    if (first === undefined) throw new Unusual();
    const column = this.lines.columnOf(first.start);
    let from = first.start;
    const commented = entries.map((entry): SourceEntry => {
      const gap = readGap(this.text, entry.end, column);
      const whole = { ...entry, start: Math.min(from, entry.start), end: gap.end };
      from = gap.next ?? Infinity;
      return whole;
    });
    return { start: first.start, end: commented.at(-1)?.end ?? end, isInline: false, entries: commented };
  }
}

interface Placed {
  readonly start: number;
  readonly end: number;
  readonly isInline: boolean;
  readonly entries: readonly SourceEntry[];
}

function itemsOf(token: CST.Token | undefined): readonly { readonly start: Tokens }[] {
  return token?.type === 'block-seq' || token?.type === 'flow-collection' ? token.items : [];
}

/**
 * Numbers by their digits: 1.10 is another version than 1.1. Plain texts that older readers of YAML take for something
 * else (`no`, `12:30`) are told from quoted ones: quotes around them are an edit.
 */
function valueOf(node: Scalar | Alias): string {
  if (isAlias(node)) return `alias ${node.source}`;
  const { value, source, type } = node;
  if (typeof value === 'string') return type === 'PLAIN' && ambiguous.test(value) ? `plain ${value}` : `text ${value}`;
  return value === null || typeof value === 'boolean' ? String(value) : `number ${source ?? ''}`;
}

const ambiguous = /^(?:[-+.]?\d|(?:y|yes|n|no|on|off)$)/iu;
