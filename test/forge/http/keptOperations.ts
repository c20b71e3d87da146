import type { ApiOperation, ApiParameter, Schema } from './apiOperation.ts';

/** A list of strings is an enumeration. */
export type KeptType =
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'any'
  | readonly string[]
  | { readonly each: KeptType }
  | { readonly fields: KeptFields; readonly required?: readonly string[] };
export type KeptFields = Readonly<Record<string, KeptType>>;

/** One operation of a host's API, noted by hand for where its description is not at hand. */
export interface KeptOperation {
  readonly method: string;
  /** As in the description, without what `strip` takes off. */
  readonly path: string;
  readonly query?: KeptFields;
  /** Query parameters that must be there. */
  readonly required?: readonly string[];
  /** `type` absent: anything, such as the parts of a form. */
  readonly body?: { readonly media: string; readonly type?: KeptType };
}

export function operationOf({ method, path, query = {}, required = [], body }: KeptOperation): ApiOperation {
  const parameter = ([name, type]: [string, KeptType]): ApiParameter => {
    return { name, required: required.includes(name), schema: schemaOf(type) };
  };
  const byMedia = body && { [body.media]: body.type === undefined ? undefined : schemaOf(body.type) };
  return {
    method,
    path,
    query: Object.entries(query).map(parameter),
    pathParameters: [],
    ...(byMedia ? { body: { required: true, byMedia } } : {}),
    answers: {},
  };
}

function schemaOf(type: KeptType): Schema {
  if (typeof type === 'string') return type === 'any' ? {} : { type };
  if (isEnumeration(type)) return { type: 'string', enum: type };
  if ('each' in type) return { type: 'array', items: schemaOf(type.each) };
  const properties = Object.fromEntries(Object.entries(type.fields).map(([name, own]) => [name, schemaOf(own)]));
  return { type: 'object', properties, required: type.required ?? [] };
}

/** A value of the type: with everything that it may have, or only with what it must. */
export function exampleOf(type: KeptType, extent: 'whole' | 'least'): unknown {
  if (typeof type === 'string') return examples[type];
  if (isEnumeration(type)) return type[0];
  if ('each' in type) return [exampleOf(type.each, extent)];
  const names = Object.keys(type.fields).filter((name) => extent === 'whole' || type.required?.includes(name));
  return Object.fromEntries(names.map((name) => [name, exampleOf(type.fields[name]!, extent)]));
}

const examples = { string: 'text', integer: 1, number: 1.5, boolean: true, any: 'text' } as const;

function isEnumeration(type: KeptType): type is readonly string[] {
  return Array.isArray(type);
}
