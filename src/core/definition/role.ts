/**
 * What a place in a description is for, which decides whether a reference there has a meaning of its own.
 * `object`: keys are keywords. `names` and `properties`: keys are names that people chose. `components`: the object
 * that holds `schemas`. `schemas`: the names that a discriminator may use. `examples` and `example`: the Example Objects
 * and one of them. `data`: anybody's JSON, where `$ref` is an ordinary key.
 */
export type Role =
  | 'document'
  | 'object'
  | 'components'
  | 'names'
  | 'schemas'
  | 'properties'
  | 'discriminator'
  | 'mapping'
  | 'examples'
  | 'example'
  | 'data';

/** Keywords of OpenAPI, AsyncAPI and JSON Schema whose values are not plain objects. */
const keywords: ReadonlyMap<string, Role> = new Map<string, Role>([
  ['properties', 'properties'],
  ['patternProperties', 'names'],
  ['dependentSchemas', 'names'],
  ['dependencies', 'names'],
  ['definitions', 'names'],
  ['$defs', 'names'],
  ['schemas', 'names'],
  ['responses', 'names'],
  ['parameters', 'names'],
  ['requestBodies', 'names'],
  ['securitySchemes', 'names'],
  ['securityDefinitions', 'names'],
  ['links', 'names'],
  ['callbacks', 'names'],
  ['paths', 'names'],
  ['pathItems', 'names'],
  ['webhooks', 'names'],
  ['channels', 'names'],
  ['messages', 'names'],
  ['operations', 'names'],
  ['servers', 'names'],
  ['variables', 'names'],
  ['content', 'names'],
  ['encoding', 'names'],
  ['discriminator', 'discriminator'],
  ['examples', 'examples'],
  ['example', 'data'],
  ['default', 'data'],
  ['enum', 'data'],
  ['const', 'data'],
]);

/** The role of the value of `key` in a mapping of role `parent`. */
export function roleOfValue(parent: Role, key: string): Role {
  switch (parent) {
    case 'document':
      return key === 'components' ? 'components' : (keywords.get(key) ?? 'object');
    case 'components':
      return key === 'schemas' ? 'schemas' : (keywords.get(key) ?? 'object');
    case 'object':
      return keywords.get(key) ?? 'object';
    case 'discriminator':
      return key === 'mapping' ? 'mapping' : 'object';
    case 'examples':
      return 'example';
    case 'example':
    case 'data':
      return 'data';
    case 'names':
    case 'schemas':
    case 'properties':
    case 'mapping':
      return 'object';
  }
}

/** The role of the items of a sequence whose own role is `role`. */
export function roleOfItem(role: Role): Role {
  return role === 'data' || role === 'examples' || role === 'example' ? 'data' : 'object';
}

/** How a string found under `key` in a mapping of role `parent` refers to a file; `undefined`: not at all. */
export function referenceKind(parent: Role, key: string): 'reference' | 'mapping' | undefined {
  if (key === '$ref') return parent === 'mapping' ? 'mapping' : 'reference';
  if (parent === 'mapping') return 'mapping';
  if (parent === 'discriminator') return key === 'defaultMapping' ? 'mapping' : undefined;
  if (parent === 'names' || parent === 'schemas' || parent === 'properties') return undefined;
  return key === 'externalValue' || key === 'operationRef' ? 'reference' : undefined;
}

/** Whether a missing target is worth an alarm for a reference in a mapping of role `parent`. */
export function isMeaningful(parent: Role): boolean {
  return parent !== 'data' && parent !== 'properties';
}

/**
 * Whether a discriminator's value looks like a file and not like a schema's name. Redocly's rule, measured:
 * begins with `#`, `./` or `../`, is a URL, has a `/`, or ends as JSON and YAML files do.
 */
export function looksLikeFile(value: string): boolean {
  return value.startsWith('#') || value.includes('/') || /\.(?:json|ya?ml)(?:#|$)/i.test(value);
}
