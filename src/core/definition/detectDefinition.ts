import { limits } from '../limits.ts';
import type { RepoPath } from '../model/repoPath.ts';
import type { DefinitionFormat, DefinitionType } from './definition.ts';
import { extensionOf } from './documentKind.ts';
import { decodeText } from './text.ts';
import { readTopLevel } from './topLevel.ts';

/**
 * What a file defines, by its content's first {@link limits.detectBytes}; its name decides only between formats that
 * look alike. `undefined`: no definition that we know.
 */
export function detectDefinition(path: RepoPath, bytes: Uint8Array): DefinitionType | undefined {
  const text = decodeText(bytes.subarray(0, limits.detectBytes));
  if (text.includes('\0')) return undefined;
  return raml(text) ?? wsdl(text) ?? protobuf(path, text) ?? described(text, bytes) ?? graphql(path, text);
}

function type(format: DefinitionFormat, version: string): DefinitionType {
  return { format, version };
}

/** RAML 1.0 and 0.8 demand the comment on the first line; a fragment (`#%RAML 1.0 Library`) is no root. */
function raml(text: string): DefinitionType | undefined {
  const version = /^#%RAML[ \t]+(\d+\.\d+)(?:[ \t]+(?:Overlay|Extension))?[ \t]*(?:[\r\n]|$)/.exec(text)?.[1];
  return version === undefined ? undefined : type('raml', version);
}

/** The root element with the namespace of WSDL 1.1 (`definitions`) or 2.0 (`description`). */
function wsdl(text: string): DefinitionType | undefined {
  const prolog = /^\s*(?:<\?[^>]*\?>|<!--[^]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>|\s+)*/y;
  prolog.test(text);
  const element = /<(?:[\w.-]+:)?(definitions|description)[\s>][^>]*/y;
  element.lastIndex = prolog.lastIndex;
  const [tag, name] = element.exec(text) ?? [];
  if (tag === undefined) return undefined;
  if (name === 'definitions' && tag.includes('http://schemas.xmlsoap.org/wsdl/')) return type('wsdl', '1.1');
  if (name === 'description' && tag.includes('http://www.w3.org/ns/wsdl')) return type('wsdl', '2.0');
  return undefined;
}

/** `syntax = "proto3"` after comments; without it a `.proto` file is proto2, as the compiler reads it. */
function protobuf(path: RepoPath, text: string): DefinitionType | undefined {
  const statement = withoutComments(text, slashComment);
  const version = /^(?:syntax\s*=\s*["'](proto[23])["']|edition\s*=\s*["'](\d{4})["'])/.exec(statement);
  if (version !== null) return type('protobuf', version[1] ?? version[2] ?? '');
  if (extensionOf(path) !== 'proto') return undefined;
  return /^(?:package|import|option|message|service|enum|extend)\b/.test(statement)
    ? type('protobuf', 'proto2')
    : undefined;
}

const slashComment = /\s+|\/\/[^\n]*|\/\*[^]*?\*\//y;
const graphqlIgnored = /[\s,]+|#[^\n]*|"""[^]*?"""|"[^"\n]*"/y;

function withoutComments(text: string, ignored: RegExp): string {
  let start = 0;
  for (ignored.lastIndex = 0; ignored.test(text);) start = ignored.lastIndex;
  return text.slice(start);
}

const graphqlNames: ReadonlySet<string | undefined> = new Set(['graphql', 'graphqls', 'gql', 'gqls', 'sdl']);
const sdl =
  /^(?:extend\s+)?(?:schema\s*[{@]|(?:type|interface|input|enum)\s+\w+[^;:(]*?\{|(?:type|scalar|union)\s+\w+|directive\s+@\w+)/;

/** Other languages know `type`, `interface` and `enum` too, so the name has to be GraphQL's, or has to say nothing. */
function graphql(path: RepoPath, text: string): DefinitionType | undefined {
  const extension = extensionOf(path);
  if (extension !== undefined && extension !== 'txt' && !graphqlNames.has(extension)) return undefined;
  return sdl.test(withoutComments(text, graphqlIgnored)) ? type('graphql', '') : undefined;
}

const describers: ReadonlyMap<string, DefinitionFormat> = new Map([
  ['openapi', 'openapi'],
  ['swagger', 'openapi'],
  ['asyncapi', 'asyncapi'],
]);

/** OpenAPI, AsyncAPI and JSON Schema say what they are in a key of the document itself. */
function described(text: string, bytes: Uint8Array): DefinitionType | undefined {
  const keys = readTopLevel(text);
  for (const [key, format] of describers) {
    const version = keys.get(key);
    if (version !== undefined && isVersion(version)) return type(format, version);
  }
  const schema = keys.get('$schema');
  if (schema !== undefined) return jsonSchema(schema);
  const isCut = bytes.length > limits.detectBytes && bytes.length <= limits.fileBytes;
  return isCut && bigParts.some((part) => keys.has(part)) ? describedLater(decodeText(bytes)) : undefined;
}

function isVersion(text: string): boolean {
  return /^\d+\.\d+(?:\.\d+)?(?:[-+].*)?$/.test(text);
}

/** Keys that are megabytes in real documents whose keys are sorted, so that `openapi` comes long after. */
const bigParts = ['components', 'definitions', 'info', 'paths', 'channels'];

function describedLater(text: string): DefinitionType | undefined {
  const found =
    /(?:^|[{,\r\n])[ \t]*"?(openapi|swagger|asyncapi)"?[ \t]*:[ \t]*["']?(\d+\.\d+(?:\.\d+)?)["']?[ \t]*(?:[,}\r\n]|$)/.exec(
      text,
    );
  const format = describers.get(found?.[1] ?? '');
  return format === undefined ? undefined : type(format, found?.[2] ?? '');
}

/** A `$schema` that is a meta-schema; any other names the schema of a document that is none itself. */
function jsonSchema(schema: string): DefinitionType | undefined {
  const draft = /^https?:\/\/json-schema\.org\/(?:draft\/)?([\w-]+)\/(?:hyper-)?schema#?$/.exec(schema)?.[1];
  if (draft !== undefined) return type('jsonSchema', draft);
  return /^https?:\/\/json-schema\.org\/schema#?$/.test(schema) ? type('jsonSchema', '') : undefined;
}
