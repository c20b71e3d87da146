/** Reads a text property of an element of a list; `undefined` where it has none. */
export type TextProperty = (...path: readonly string[]) => string | undefined;

/** What tells an element of a list from its neighbours; `undefined` where it has nothing of the kind. */
export type ElementName = (text: TextProperty) => string | undefined;

/**
 * How elements of a collection's lists are told apart, by the list's key; the first way that fits all of them is taken.
 * Ids come first, and names stand in where a reconnected collection has got new ids throughout.
 */
export const collectionElements: ReadonlyMap<string, readonly ElementName[]> = new Map<string, readonly ElementName[]>([
  ['item', [itemId, requestName]],
  ['response', [(text) => text('id') ?? text('_postman_id'), (text) => text('name')]],
  ['event', [(text) => text('listen')]],
  ...['header', 'query', 'variable', 'urlencoded', 'formdata', 'values'].map((list) => [list, [keyName]] as const),
]);

function itemId(text: TextProperty): string | undefined {
  return text('id') ?? text('_postman_id') ?? text('uid');
}

/** A folder has but a name. */
function requestName(text: TextProperty): string | undefined {
  const name = text('name');
  if (name === undefined) return undefined;
  const url = text('request') ?? text('request', 'url') ?? text('request', 'url', 'raw') ?? '';
  return JSON.stringify([name, text('request', 'method') ?? '', url]);
}

function keyName(text: TextProperty): string | undefined {
  return text('key') ?? text('id');
}
