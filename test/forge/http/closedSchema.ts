import { resolve, type Schema } from './apiOperation.ts';

/** `request`: no field that the description does not name. `present`: what is there is right, whatever is missing. */
export type SchemaUse = 'request' | 'whole' | 'present';

interface Item {
  readonly [key: string]: unknown;
}

const compositions = ['allOf', 'anyOf', 'oneOf'] as const;

/** A schema of a description as JSON Schema 2020-12 that stands alone, with all that it refers to. */
export function standaloneSchema(document: Item, schema: Schema, use: SchemaUse): Schema {
  const definitions: Record<string, unknown> = {};
  const convert = (value: unknown, isValue: boolean): unknown => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    const converted = keywords(value as Item);
    return isValue && use === 'request' && isNamed(document, value as Item)
      ? { ...converted, unevaluatedProperties: false }
      : converted;
  };
  const keywords = (item: Item): Item => {
    const reference = item['$ref'];
    if (typeof reference === 'string') return { $ref: define(reference) };
    const converted: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(item)) {
      if (keyword === 'properties') converted[keyword] = mapValues(value as Item, (one) => convert(one, true));
      else if (keyword === 'items' || keyword === 'additionalProperties') converted[keyword] = convert(value, true);
      else if (isComposition(keyword)) {
        // Without what they require, several of them can be right at once.
        const name = keyword === 'oneOf' && use === 'present' ? 'anyOf' : keyword;
        converted[name] = (value as readonly unknown[]).map((one) => convert(one, false));
      } else if (keyword === 'not') converted[keyword] = convert(value, false);
      else if (keyword === 'nullable' && item['type'] === undefined) continue;
      else if (!isDropped(keyword, value, use)) converted[keyword] = value;
    }
    return converted;
  };
  const define = (reference: string): string => {
    const name = reference.slice(reference.lastIndexOf('/') + 1);
    if (!Object.hasOwn(definitions, name)) {
      definitions[name] = true;
      definitions[name] = keywords(resolve(document, { $ref: reference }));
    }
    return `#/$defs/${name}`;
  };
  const root = convert(schema, true) as Schema;
  return { ...root, $defs: definitions };
}

/** Whether it names its fields, itself or in what it is made of, and takes no others. */
function isNamed(document: Item, item: Item, seen: ReadonlySet<Item> = new Set()): boolean {
  const own = resolve(document, item);
  if (seen.has(own)) return false;
  const path = new Set([...seen, own]);
  if (own['additionalProperties']) return false;
  const parts = compositions.flatMap((keyword) => (own[keyword] ?? []) as readonly Item[]);
  return own['properties'] !== undefined || parts.some((part) => isNamed(document, part, path));
}

function isDropped(keyword: string, value: unknown, use: SchemaUse): boolean {
  if (keyword === 'required') return use === 'present' || !Array.isArray(value);
  // Draft 4 as in OpenAPI 3.0; the limit itself is close enough.
  if (keyword === 'exclusiveMinimum' || keyword === 'exclusiveMaximum') return typeof value === 'boolean';
  return ['example', 'examples', 'default', 'description', 'discriminator', 'xml', 'readOnly', 'format'].includes(
    keyword,
  );
}

function isComposition(keyword: string): boolean {
  return (compositions as readonly string[]).includes(keyword);
}

function mapValues(item: Item, change: (value: unknown) => unknown): Item {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, change(value)]));
}
