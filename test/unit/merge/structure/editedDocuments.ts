import fc from 'fast-check';
import type { Data } from './referenceMerge.ts';

/** One edit: where to go, what to do there, with which number. */
export type Edit = readonly [way: readonly number[], kind: number, number: number];

export const edits = fc.array(fc.tuple(fc.array(fc.nat(6), { minLength: 1, maxLength: 6 }), fc.nat(5), fc.nat(99)), {
  maxLength: 5,
});

/** A collection and a definition in one. */
export const original: Data = {
  info: { title: 'Cats', version: '1.0.0', description: 'All about cats' },
  required: ['r1', 'r2', 'r3'],
  item: [
    {
      id: 'i1',
      name: 'first',
      request: {
        method: 'GET',
        header: [
          { key: 'Accept', value: 'all' },
          { key: 'Etag', value: 'e' },
        ],
      },
    },
    { id: 'i2', name: 'second', request: { method: 'PUT', header: [] } },
    {
      id: 'i3',
      name: 'folder',
      item: [
        { id: 'i4', name: 'deep' },
        { id: 'i5', name: 'deeper', request: {} },
      ],
    },
  ],
  paths: {
    '/a': {
      get: {
        parameters: [
          { name: 'p', in: 'query' },
          { name: 'q', in: 'path' },
        ],
        responses: { 200: { about: 'ok' } },
      },
    },
    '/b': { post: { parameters: [], body: [1, 2, [3, 4], { five: 5 }] } },
  },
  list: ['one', 'two', 'three', { four: 'fourth' }],
};

type Node = Data[] | { [key: string]: Data };

/** The document as somebody leaves it; everything new says who wrote it. */
export function edited(document: Data, who: string, list: readonly Edit[]): Data {
  const copy = structuredClone(document) as Data;
  list.forEach(([way, kind, number], index) => edit(copy as Node, way, kind, `${who}${index} ${number}`, number));
  return copy;
}

function edit(root: Node, way: readonly number[], kind: number, fresh: string, number: number): void {
  let node = root;
  let name = '';
  for (const step of way.slice(0, -1)) {
    const keys = Object.keys(node);
    const key = keys[step % Math.max(1, keys.length)];
    const child = key === undefined ? undefined : (node as { [key: string]: Data })[key];
    if (key === undefined || typeof child !== 'object' || child === null) break;
    if (!Array.isArray(node)) name = key;
    else name = '';
    node = child as Node;
  }
  if (Array.isArray(node)) editList(node, name, way.at(-1) ?? 0, kind, fresh);
  else editMapping(node, way.at(-1) ?? 0, kind, fresh, number);
}

function editList(list: Data[], name: string, at: number, kind: number, fresh: string): void {
  const index = at % (list.length + 1);
  if (kind < 3) list.splice(index, 0, element(name, fresh));
  else if (kind === 3) list.splice(index, 1);
  else list.splice(index, 0, ...list.splice(0, 1));
}

function element(list: string, fresh: string): Data {
  const value = { new: fresh, more: [fresh, { empty: {} }] };
  if (list === 'item') return { id: fresh, ...value, item: [] };
  if (list === 'header') return { key: fresh, ...value };
  return list === 'parameters' ? { name: fresh, ...value } : fresh;
}

/** Names of elements stay: what is renamed is another element. */
const names: ReadonlySet<string> = new Set(['id', 'key', 'name', 'in']);

function editMapping(node: { [key: string]: Data }, at: number, kind: number, fresh: string, number: number): void {
  const keys = Object.keys(node);
  const key = keys[at % Math.max(1, keys.length)];
  // Sometimes both sides find the same key for something new.
  if (kind < 2 || key === undefined)
    node[number % 7 === 0 ? 'same' : `x-${fresh}`] = kind === 0 ? fresh : { new: [fresh] };
  else if (names.has(key)) return;
  else if (kind === 2) delete node[key];
  else if (typeof node[key] !== 'object' || kind === 3) node[key] = kind === 4 ? { [fresh]: fresh } : fresh;
}
