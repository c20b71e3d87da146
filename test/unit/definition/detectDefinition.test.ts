import assert from 'node:assert/strict';
import { detectDefinition } from '../../../src/core/definition/detectDefinition.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';

function detected(content: string | Uint8Array, path = 'file'): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const type = detectDefinition(asRepoPath(path), bytes);
  return type === undefined ? 'nothing' : `${type.format} ${type.version}`.trim();
}

function is(expected: string, title: string, content: string | Uint8Array, path?: string): void {
  it(`${expected}: ${title}`, () => assert.equal(detected(content, path), expected));
}

function utf16(text: string): Uint8Array {
  return new Uint8Array(Uint16Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0)).buffer);
}

describe('detectDefinition', () => {
  is('openapi 2.0', 'JSON', '{"swagger":"2.0","info":{}}', 'a.json');
  is('openapi 2.0', 'a number in YAML', 'swagger: 2.0\n');
  is('openapi 3.0.3', 'YAML', '# an API\n\nopenapi: 3.0.3\ninfo: {}\n');
  is('openapi 3.1.0', 'quotes and a late key', "info:\n  title: a\n  openapi: 9.9\n'openapi': '3.1.0' # c\n");
  is('openapi 3.2.0', 'JSON over lines', '{\n  "info": {},\n  "openapi": "3.2.0"\n}');
  is('openapi 3.0.0', 'byte order mark', '\ufeffopenapi: 3.0.0');
  is('openapi 3.0.0', 'UTF-16', utf16('{"openapi": "3.0.0"}'));
  is('openapi 3.0.0', 'directives and CRLF', '%YAML 1.2\r\n---\r\nopenapi: 3.0.0\r\n');
  is('openapi 3.0.0', 'what does not parse', 'openapi: 3.0.0\ninfo: {a: [\npaths:\n\t<<<: x');
  is('asyncapi 2.6.0', 'YAML', "asyncapi: '2.6.0'\n");
  is('asyncapi 3.0.0', 'JSON', '{"asyncapi":"3.0.0"}');
  is('jsonSchema 2020-12', 'JSON', '{"$schema":"https://json-schema.org/draft/2020-12/schema"}');
  is('jsonSchema draft-07', 'YAML', '$schema: http://json-schema.org/draft-07/schema#\n');
  is('jsonSchema', 'no draft', '{"$schema":"http://json-schema.org/schema#"}');
  is('graphql', 'type', '"""\ndoc\n"""\n# c\ntype Query {\n  a: Int\n}\n', 'a.graphql');
  is('graphql', 'schema', 'schema @a { query: Q }', 'a.gql');
  is('graphql', 'import comment', '#import "./a.graphql"\nextend type Query { a: Int }', 'a.graphqls');
  is('graphql', 'no extension', 'scalar Date\ntype Query { a: Date }');
  is('protobuf proto3', 'syntax', '// c\n/* c\n */\nsyntax = "proto3";\n', 'a.proto');
  is('protobuf proto2', 'no syntax', 'package a;\n', 'a.proto');
  is('protobuf 2023', 'edition', "edition = '2023';", 'a.proto');
  is(
    'wsdl 1.1',
    'prefix, prolog, comment',
    '<?xml version="1.0"?>\n<!-- a -->\n<wsdl:definitions name="a"\n xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/">',
  );
  is('wsdl 2.0', 'default namespace', '<description xmlns="http://www.w3.org/ns/wsdl">');
  is('raml 1.0', 'first line', '#%RAML 1.0\ntitle: a\n');
  is('raml 0.8', 'CRLF', '#%RAML 0.8\r\ntitle: a\r\n');

  is('nothing', 'empty', '');
  is('nothing', 'other YAML', 'version: 3\nservices: {}\n', 'docker-compose.yaml');
  is('nothing', 'key that is not at the top', 'a:\n  openapi: 3.0.0\n');
  is('nothing', 'a text that shows one', 'd: |\n  openapi: 3.0.0\n');
  is('nothing', 'a commented key', '# openapi: 3.0.0\na: 1');
  is('nothing', 'a version that is none', '{"openapi": true, "swagger": {"a": 1}, "asyncapi": "x"}');
  is('nothing', 'another $schema', '{"$schema":"https://json.schemastore.org/package","openapi":1}');
  is('nothing', 'TypeScript', 'interface A { a: string }', 'a.ts');
  is('nothing', 'a YAML key called type', 'type: object\n', 'a.yaml');
  is('nothing', 'GraphQL operations', 'query { a }', 'a.graphql');
  is('nothing', 'a RAML fragment', '#%RAML 1.0 Library\n');
  is('nothing', 'other XML', '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">');
  is('nothing', 'a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), 'a.png');

  it('finds the key behind megabytes of sorted keys', () => {
    const components = JSON.stringify({ a: 'x'.repeat(200_000) });
    assert.equal(detected(`{"components":${components},"info":{},"openapi":"3.0.0","paths":{}}`), 'openapi 3.0.0');
    assert.equal(detected(`components:\n  a: ${'x'.repeat(200_000)}\nopenapi: 3.1.0\n`), 'openapi 3.1.0');
    assert.equal(detected(`{"data":${components},"openapi":"3.0.0"}`), 'nothing');
  });
});
