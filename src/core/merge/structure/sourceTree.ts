import type { LineStarts } from './lineStarts.ts';
import type { Numbering } from './numbering.ts';

/** A value of a JSON or YAML document, and where it is written. Offsets are in UTF-16 units. */
export interface SourceNode {
  readonly kind: 'map' | 'list' | 'scalar';
  /** Where the value begins, behind anchor and tag. In block style, where its first entry does. */
  readonly start: number;
  readonly end: number;
  /** In brackets or on its line, as all JSON is; `false` for what YAML lays out by indentation. */
  readonly isInline: boolean;
  /** A scalar that is written in several lines, as YAML may. */
  readonly spansLines: boolean;
  /** Anchor and tag, as they are written. */
  readonly props: string;
  readonly entries: readonly SourceEntry[];
  /** The content of a scalar that is a text. */
  readonly text: string | undefined;
  /** Equal for equal data of one numbering, whatever the order of keys. */
  readonly data: number;
  /** As `data`, but other for another order of keys. */
  readonly form: number;
}

/** A key with its value, or an element of a list. */
export interface SourceEntry {
  /** Empty for an element of a list. */
  readonly key: string;
  /** Where its bytes begin and end, with the comments that go with it. */
  readonly start: number;
  readonly end: number;
  /** Where the key ends; where an element of a list begins. */
  readonly keyEnd: number;
  readonly node: SourceNode;
}

export interface SourceDocument {
  /** Without a byte order mark. */
  readonly text: string;
  readonly root: SourceNode;
  /** As they are written, in their order. */
  readonly comments: readonly string[];
  readonly lines: LineStarts;
}

/** Reads one document; `undefined` for what is too unusual or too large to be merged by structure. */
export type ReadSource = (text: string, numbering: Numbering) => SourceDocument | undefined;

type Place = Pick<SourceNode, 'start' | 'end' | 'isInline' | 'props'>;
type ScalarPlace = Place & Pick<SourceNode, 'spansLines'>;

/**
 * @param value tells the type too: a number and the same digits as a text are two values
 * @param text the content of a text
 */
export function scalarNode(
  value: string,
  text: string | undefined,
  place: ScalarPlace,
  numbering: Numbering,
): SourceNode {
  const data = numbering.of(`scalar ${place.props} ${value}`);
  return { kind: 'scalar', ...place, entries: [], text, data, form: data };
}

export function listNode(entries: readonly SourceEntry[], place: Place, numbering: Numbering): SourceNode {
  const form = withProps(numbering.of(`ordered list ${entries.map(({ node }) => node.form).join()}`), place, numbering);
  const data = withProps(numbering.list(entries.map(({ node }) => node.data)), place, numbering);
  return { kind: 'list', ...place, spansLines: false, entries, text: undefined, data, form };
}

/** `undefined` where a key comes twice. */
export function mapNode(entries: readonly SourceEntry[], place: Place, numbering: Numbering): SourceNode | undefined {
  const parts = entries.map(({ key, node }) => `${numbering.key(key)}:${node.form}`);
  const form = withProps(numbering.of(`ordered map ${parts.join()}`), place, numbering);
  const data = numbering.dataOf(form, () => {
    if (new Set(entries.map(({ key }) => key)).size < entries.length) return undefined;
    return withProps(numbering.map(entries.map(({ key, node }) => [key, node.data])), place, numbering);
  });
  if (data === undefined) return undefined;
  return { kind: 'map', ...place, spansLines: false, entries, text: undefined, data, form };
}

function withProps(number: number, { props }: Place, numbering: Numbering): number {
  return props === '' ? number : numbering.of(`props ${props} ${number}`);
}

/** The value of `key`; `undefined` where there is none. */
export function childOf(node: SourceNode, key: string): SourceNode | undefined {
  return node.kind === 'map' ? node.entries.find((entry) => entry.key === key)?.node : undefined;
}
