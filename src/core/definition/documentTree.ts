import { readYaml } from './yaml/readYaml.ts';
import { scalarValue } from './yaml/scalar.ts';
import type { Scalar, YamlSink } from './yaml/sink.ts';

/** A YAML or JSON document with places: `start` is where a node's key, item or own text begins, in UTF-16 units. */
export type TreeNode = TreeMap | TreeList | TreeScalar;

export interface TreeMap {
  readonly kind: 'map';
  /** Of two equal keys the last; `undefined`: a key without a value. Keys that are no scalars are left out. */
  readonly entries: ReadonlyMap<string, TreeEntry>;
}

export interface TreeEntry {
  /** Of the key. */
  readonly start: number;
  readonly end: number;
  readonly value: TreeNode | undefined;
}

export interface TreeList {
  readonly kind: 'list';
  readonly items: readonly TreeNode[];
}

export interface TreeScalar {
  readonly kind: 'scalar';
  readonly value: string;
}

/**
 * The first document of `text` that is a mapping or a list, read as far as it can be read: what is broken is left out,
 * never thrown. An alias is the node that it names; merge keys (`<<`) are taken in where the key itself is not there.
 */
export function readTree(text: string): TreeNode | undefined {
  const builder = new TreeBuilder(text);
  readYaml(text, builder);
  return builder.root;
}

/** What stands under `keys` in maps inside each other. */
export function treeAt(node: TreeNode | undefined, ...keys: readonly string[]): TreeNode | undefined {
  let at = node;
  for (const key of keys) at = at?.kind === 'map' ? at.entries.get(key)?.value : undefined;
  return at;
}

export function entriesOf(node: TreeNode | undefined): ReadonlyMap<string, TreeEntry> {
  return node?.kind === 'map' ? node.entries : nothing;
}

export function itemsOf(node: TreeNode | undefined): readonly TreeNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The text of a scalar that is not blank. */
export function textOf(node: TreeNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== '' ? node.value : undefined;
}

const nothing: ReadonlyMap<string, TreeEntry> = new Map();

interface Open {
  readonly node:
    | { readonly kind: 'map'; readonly entries: Map<string, TreeEntry> }
    | { readonly kind: 'list'; readonly items: TreeNode[] };
  key: { readonly name: string; readonly start: number; readonly end: number } | undefined;
}

class TreeBuilder implements YamlSink {
  root: TreeNode | undefined;
  private readonly levels: Open[] = [];
  private readonly anchors = new Map<string, TreeNode>();
  private pendingAnchor: string | undefined;

  constructor(private readonly text: string) {}

  open(kind: 'map' | 'seq'): void {
    const node =
      kind === 'map'
        ? { kind: 'map' as const, entries: new Map<string, TreeEntry>() }
        : { kind: 'list' as const, items: [] };
    this.name(node);
    if (this.levels.length === 0) this.root ??= node;
    else this.add(node);
    this.levels.push({ node, key: undefined });
  }

  close(): void {
    this.levels.pop();
  }

  key(scalar: Scalar | undefined): void {
    const level = this.levels.at(-1);
    this.pendingAnchor = undefined;
    if (level === undefined) return;
    if (scalar === undefined) {
      level.key = undefined;
      return;
    }
    const name = scalarValue(this.text, scalar);
    level.key = { name, start: scalar.start, end: scalar.end };
    const { node } = level;
    if (node.kind === 'map' && name !== '<<')
      node.entries.set(name, { start: scalar.start, end: scalar.end, value: undefined });
  }

  scalar(scalar: Scalar): void {
    const value = scalarValue(this.text, scalar);
    const node = scalar.style === 'alias' ? this.anchors.get(value) : ({ kind: 'scalar', value } as const);
    if (node === undefined) return;
    this.name(node);
    this.add(node);
  }

  anchor(name: string): void {
    this.pendingAnchor = name;
  }

  document(): void {
    this.levels.length = 0;
    this.anchors.clear();
  }

  /** What is broken is told by who looks for defects. */
  defect(): void {}

  private name(node: TreeNode): void {
    if (this.pendingAnchor !== undefined) this.anchors.set(this.pendingAnchor, node);
    this.pendingAnchor = undefined;
  }

  private add(value: TreeNode): void {
    const level = this.levels.at(-1);
    if (level === undefined) return;
    const { node, key } = level;
    if (node.kind === 'list') {
      // `[a: b]` is a map of one key inside a list.
      node.items.push(key === undefined ? value : mapOf(key, value));
    } else if (key?.name === '<<') {
      for (const [name, entry] of merged(value)) if (!node.entries.has(name)) node.entries.set(name, entry);
    } else if (key !== undefined) node.entries.set(key.name, { start: key.start, end: key.end, value });
  }
}

function mapOf({ name, start, end }: NonNullable<Open['key']>, value: TreeNode): TreeMap {
  return { kind: 'map', entries: new Map([[name, { start, end, value }]]) };
}

/** Of several maps the first wins. */
function merged(value: TreeNode): ReadonlyMap<string, TreeEntry> {
  if (value.kind !== 'list') return entriesOf(value);
  return new Map(value.items.flatMap((item) => [...entriesOf(item)]).reverse());
}
