import { limits } from '../limits.ts';
import { decodeText } from '../definition/text.ts';

/** A JSON object of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The schema of a collection in the format that we write. */
export const collectionSchema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

const knownSchema = /^https?:\/\/schema\.(?:get)?postman\.com\/(?:json\/)?collection\/v2\.[01]\.0\//;

/** The collection in `bytes`; `undefined` when they hold none of a format that we know (2.0 and 2.1). */
export function parseCollection(bytes: Uint8Array): JsonObject | undefined {
  const root = asObject(parseJson(bytes));
  const schema = asObject(root?.['info'])?.['schema'];
  return typeof schema === 'string' && knownSchema.test(schema) ? root : undefined;
}

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** Files that are no JSON are ordinary in a collection folder: they are no collections, and no failure. */
function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length > limits.fileBytes) return undefined;
  const text = decodeText(bytes);
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
