import { baseName, type RepoPath } from '../model/repoPath.ts';
import type { DefinitionFormat, DefinitionType } from './definition.ts';
import { detectDefinition } from './detectDefinition.ts';
import { extensionOf } from './documentKind.ts';

/** A file that could be the root of a definition. */
export interface RootCandidate {
  readonly path: RepoPath;
  readonly type: DefinitionType;
}

const extensions: ReadonlySet<string> = new Set([
  ...['yaml', 'yml', 'json', 'graphql', 'graphqls', 'gql', 'proto', 'wsdl', 'raml'],
]);

/** Folders whose files are somebody else's, or there for show. */
const asideFolders: ReadonlySet<string> = new Set([
  ...[
    'node_modules',
    'vendor',
    'third_party',
    'dist',
    'build',
    'target',
    'test',
    'tests',
    '__tests__',
    'spec',
    'specs',
  ],
  ...['fixtures', '__fixtures__', 'mocks', '__mocks__', 'testdata', 'example', 'examples', 'sample', 'samples', 'demo'],
]);

/** Never a definition, whatever they hold. */
const knownOthers = /^(?:package(?:-lock)?|tsconfig.*|composer|pnpm-lock|docker-compose.*|\.[^/]*)\.(?:json|ya?ml)$/i;

const likelyName =
  /^(?:openapi|swagger|asyncapi|api|index|root|main|schema|spec)\b|[-_.](?:openapi|swagger|asyncapi|api)\b/i;

/** Which files of a tree are worth a look at their first bytes, the likeliest first, at most `atMost`. */
export function rootsToPeek(paths: Iterable<RepoPath>, atMost = 200): readonly RepoPath[] {
  return [...paths]
    .filter((path) => extensions.has(extensionOf(path) ?? '') && !knownOthers.test(baseName(path)))
    .map((path) => ({ path, key: placeKey(path) }))
    .sort((a, b) => compareKeys(a.key, b.key) || compareText(a.path, b.path))
    .slice(0, atMost)
    .map(({ path }) => path);
}

const formatOrder: readonly DefinitionFormat[] = [
  ...(['openapi', 'asyncapi', 'graphql', 'protobuf', 'wsdl', 'raml', 'jsonSchema'] as const),
];

/** Of files whose first bytes are known, those that define something, the best root first. */
export function rankRoots(contents: ReadonlyMap<RepoPath, Uint8Array>): readonly RootCandidate[] {
  return [...contents]
    .flatMap(([path, bytes]) => {
      const type = detectDefinition(path, bytes);
      return type === undefined ? [] : [{ path, type, key: rootKey(path, type) }];
    })
    .sort((a, b) => compareKeys(a.key, b.key) || compareText(a.path, b.path))
    .map(({ path, type }) => ({ path, type }));
}

/** What a person would look at, smallest first: not put aside, then the format, then the name, then the depth. */
function rootKey(path: RepoPath, { format }: DefinitionType): readonly number[] {
  const [aside = 0, ...rest] = placeKey(path);
  const isSchema = format === 'jsonSchema' ? 1 : 0;
  return [aside, isSchema, ...rest, formatOrder.indexOf(format)];
}

function placeKey(path: RepoPath): readonly number[] {
  const segments = path.split('/');
  const aside = segments.slice(0, -1).some((segment) => asideFolders.has(segment.toLowerCase()));
  return [aside ? 1 : 0, likelyName.test(baseName(path)) ? 0 : 1, segments.length];
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
