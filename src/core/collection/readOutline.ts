import { limits } from '../limits.ts';
import { asObject, parseCollection, type JsonObject } from './collectionJson.ts';
import type { CollectionOutline, OutlineItem } from './collectionOutline.ts';

/** Whether `bytes` are a Postman collection (2.0 or 2.1): decided by content, whatever the file is called. */
export function isCollection(bytes: Uint8Array): boolean {
  return parseCollection(bytes) !== undefined;
}

/**
 * What a collection holds. `undefined` when `bytes` are none. What has a wrong type is passed over, and folders below
 * `limits.collectionDepth` are shown empty, so that no file can do harm.
 */
export function readOutline(bytes: Uint8Array): CollectionOutline | undefined {
  const collection = parseCollection(bytes);
  if (collection === undefined) return undefined;
  return { name: textOf(asObject(collection['info'])?.['name']) ?? '', items: itemsOf(collection['item'], 0) };
}

function itemsOf(value: unknown, depth: number): readonly OutlineItem[] {
  if (!Array.isArray(value) || depth >= limits.collectionDepth) return [];
  return value.flatMap((each: unknown) => {
    const item = asObject(each);
    return item === undefined ? [] : itemOf(item, depth);
  });
}

function itemOf(item: JsonObject, depth: number): readonly OutlineItem[] {
  const name = textOf(item['name']);
  if (Array.isArray(item['item'])) {
    return [{ kind: 'folder', name: name ?? '', items: itemsOf(item['item'], depth + 1) }];
  }
  const request = item['request'];
  if (typeof request === 'string') return [{ kind: 'request', name: name ?? request, method: 'GET' }];
  const described = asObject(request);
  if (described === undefined) return [];
  const method = textOf(described['method']) ?? 'GET';
  return [{ kind: 'request', name: name ?? urlOf(described) ?? '', method: method.toUpperCase() }];
}

function urlOf(request: JsonObject): string | undefined {
  return textOf(request['url']) ?? textOf(asObject(request['url'])?.['raw']);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
