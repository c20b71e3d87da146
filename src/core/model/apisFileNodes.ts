import type { Node } from 'jsonc-parser';

/** The value of a property; of a key written twice, the first. */
export function child(object: Node, key: string): Node | undefined {
  return properties(object).find((property) => property.key.value === key)?.value;
}

export interface PropertyNode {
  readonly key: Node;
  /** Absent where the text breaks off behind the key. */
  readonly value?: Node;
}

/** The properties of an object, in the order of the text; none for anything else. */
export function properties(object: Node): readonly PropertyNode[] {
  if (object.type !== 'object') return [];
  return (object.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key === undefined ? [] : [value === undefined ? { key } : { key, value }],
  );
}
