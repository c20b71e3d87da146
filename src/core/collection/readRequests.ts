import type { TextRange } from '../definition/definition.ts';
import {
  entriesOf,
  itemsOf,
  readTree,
  textOf,
  treeAt,
  type TreeEntry,
  type TreeNode,
} from '../definition/documentTree.ts';
import { decodeText } from '../definition/text.ts';
import { TextPositions } from '../definition/textPositions.ts';
import { limits } from '../limits.ts';

/** A request of a collection, as far as it says what is asked of which API. */
export interface CollectionRequest {
  /** Its folders and its own name: `Payments / Get a payment`. */
  readonly name: string;
  /** Upper case. */
  readonly method: string;
  /** As written, with `{{variables}}` and `:parameters`; empty: none was given yet. */
  readonly url: string;
  readonly range: TextRange;
}

export interface CollectionRequests {
  readonly requests: readonly CollectionRequest[];
  /** The collection's own variables that have a value. */
  readonly variables: ReadonlyMap<string, string>;
}

/** The requests of what is known to be a collection (`isCollection`), in the order of the text. */
export function readRequests(bytes: Uint8Array): CollectionRequests {
  const text = decodeText(bytes);
  const tree = readTree(text);
  const positions = new TextPositions(text);
  const requests: CollectionRequest[] = [];
  for (const { names, request, entry } of requestsIn(treeAt(tree, 'item'), [], 0)) {
    const range = positions.range(entry.start, entry.end);
    const method = (textOf(treeAt(request, 'method')) ?? 'GET').toUpperCase();
    requests.push({ name: names.filter((name) => name !== '').join(' / '), method, url: urlOf(request), range });
  }
  return { requests, variables: variablesOf(tree) };
}

interface Found {
  readonly names: readonly string[];
  readonly request: TreeNode;
  readonly entry: TreeEntry;
}

function requestsIn(items: TreeNode | undefined, folders: readonly string[], depth: number): readonly Found[] {
  if (depth >= limits.collectionDepth) return [];
  return itemsOf(items).flatMap((item) => {
    const names = [...folders, textOf(treeAt(item, 'name')) ?? ''];
    const below = treeAt(item, 'item');
    if (below?.kind === 'list') return requestsIn(below, names, depth + 1);
    const entry = entriesOf(item).get('request');
    return entry?.value === undefined ? [] : [{ names, request: entry.value, entry }];
  });
}

/** A request may be nothing but its address; an address may be in one piece, in parts, or both. */
function urlOf(request: TreeNode): string {
  const whole = textOf(request) ?? textOf(treeAt(request, 'url')) ?? textOf(treeAt(request, 'url', 'raw'));
  if (whole !== undefined) return whole;
  const host = partsOf(treeAt(request, 'url', 'host'), '.');
  const path = partsOf(treeAt(request, 'url', 'path'), '/');
  return host === '' && path === '' ? '' : `${host}/${path.replace(/^\//, '')}`;
}

function partsOf(node: TreeNode | undefined, separator: string): string {
  if (node?.kind === 'scalar') return node.value;
  return itemsOf(node)
    .map((part) => textOf(part) ?? textOf(treeAt(part, 'value')) ?? '')
    .join(separator);
}

function variablesOf(tree: TreeNode | undefined): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const variable of itemsOf(treeAt(tree, 'variable'))) {
    const name = textOf(treeAt(variable, 'key')) ?? textOf(treeAt(variable, 'id'));
    const value = textOf(treeAt(variable, 'value'));
    if (name !== undefined && value !== undefined) variables.set(name, value);
  }
  return variables;
}
