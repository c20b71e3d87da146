import type { DefinitionFormat, DefinitionType } from '../core/definition/definition.ts';

const names: Readonly<Record<DefinitionFormat, string>> = {
  openapi: 'OpenAPI',
  asyncapi: 'AsyncAPI',
  jsonSchema: 'JSON Schema',
  graphql: 'GraphQL',
  protobuf: 'Protocol Buffers',
  wsdl: 'WSDL',
  raml: 'RAML',
};

/** `OpenAPI 3.1.0`: proper names, the same in every language. */
export function definitionTypeName({ format, version }: DefinitionType): string {
  return version === '' ? names[format] : `${names[format]} ${version}`;
}
