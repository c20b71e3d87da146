import { collectionElements } from '../../collection/elementNames.ts';
import type { ElementName, TextProperty } from '../../collection/elementNames.ts';
import { childOf } from './sourceTree.ts';
import type { SourceEntry, SourceNode } from './sourceTree.ts';

/** For each list the keys of its elements, each but once. */
export type ElementKeys = readonly (readonly string[])[];

type Name = (element: SourceNode) => string | undefined;

/**
 * Keys for the elements of lists that are versions of one list, base first; `undefined` where nothing tells the
 * elements apart.
 *
 * @param listKey the key under which the lists are
 */
export function elementKeys(listKey: string | undefined, lists: readonly SourceNode[]): ElementKeys | undefined {
  const names = listKey === undefined ? [] : (namesByList.get(listKey) ?? []);
  for (const [index, name] of names.entries()) {
    const keys = lists.map(({ entries }) => keysOf(entries, name));
    if (!keys.every((list) => list !== undefined)) continue;
    if (index === names.length - 1 || keys.every((list) => isSameFamily(keys[0] ?? [], list))) return keys;
  }
  return undefined;
}

function keysOf(entries: readonly SourceEntry[], name: Name): readonly string[] | undefined {
  const keys = new Set<string>();
  for (const { node } of entries) {
    const key = name(node);
    if (key === undefined || keys.has(key)) return undefined;
    keys.add(key);
  }
  return [...keys];
}

/** Half of the shorter list is in the other: else they have been named anew. */
function isSameFamily(base: readonly string[], side: readonly string[]): boolean {
  const known = new Set(base);
  const shared = side.filter((key) => known.has(key)).length;
  return shared * 2 >= Math.min(base.length, side.length);
}

function byProperties(name: ElementName): Name {
  return (element) => {
    if (element.kind !== 'map') return undefined;
    const property: TextProperty = (...path) => {
      let node: SourceNode | undefined = element;
      for (const key of path) node = node && childOf(node, key);
      return node?.text;
    };
    return name(property);
  };
}

const byReference: ElementName = (text) => text('$ref');

/** A parameter is its name and its place: OpenAPI allows a header and a query parameter of one name. */
const byParameter: ElementName = (text) => {
  const name = text('name');
  return name === undefined ? byReference(text) : JSON.stringify([text('in') ?? '', name]);
};

const byValue: Name = (element) => (element.kind === 'scalar' ? String(element.data) : undefined);

/** A security requirement is the schemes that it asks for together. */
const bySchemes: Name = (element) =>
  element.kind === 'map' ? JSON.stringify(element.entries.map(({ key }) => key).sort()) : undefined;

const namesByList: ReadonlyMap<string, readonly Name[]> = new Map<string, readonly Name[]>([
  ...[...collectionElements].map(([list, names]) => [list, names.map(byProperties)] as const),
  ['parameters', [byProperties(byParameter)]],
  ['tags', [byProperties((text) => text('name')), byValue]],
  ['servers', [byProperties((text) => text('url'))]],
  ['security', [bySchemes]],
  ...['allOf', 'anyOf', 'oneOf'].map((list) => [list, [byProperties(byReference)]] as const),
  ...['required', 'enum', 'consumes', 'produces', 'schemes'].map((list) => [list, [byValue]] as const),
]);
