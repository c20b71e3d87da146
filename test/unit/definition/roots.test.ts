import assert from 'node:assert/strict';
import { rankRoots, rootsToPeek } from '../../../src/core/definition/roots.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';

const peeked = (paths: readonly string[], atMost?: number): readonly string[] =>
  rootsToPeek(paths.map(asRepoPath), atMost);

const openapi = 'openapi: 3.0.0';
const schema = '{"$schema":"https://json-schema.org/draft/2020-12/schema"}';

function ranked(contents: Readonly<Record<string, string>>): readonly string[] {
  const encoder = new TextEncoder();
  return rankRoots(
    new Map(Object.entries(contents).map(([path, text]) => [asRepoPath(path), encoder.encode(text)])),
  ).map(({ path }) => path);
}

describe('rootsToPeek', () => {
  it('leaves out what cannot be a root', () => {
    const others = [
      'a.md',
      'src/a.ts',
      'package.json',
      'tsconfig.build.json',
      '.spectral.yaml',
      'pnpm-lock.yaml',
      'LICENSE',
    ];
    assert.deepEqual(peeked([...others, 'a.YAML', 'b.proto']), ['a.YAML', 'b.proto']);
  });
  it('takes likely names first, then what is shallow, and what is put aside last', () => {
    assert.deepEqual(
      peeked([
        'node_modules/x/openapi.yaml',
        'b.yaml',
        'x/y/openapi.yaml',
        'a.json',
        'x/c.yaml',
        'examples/api.json',
        'swagger.json',
      ]),
      [
        'swagger.json',
        'x/y/openapi.yaml',
        'a.json',
        'b.yaml',
        'x/c.yaml',
        'examples/api.json',
        'node_modules/x/openapi.yaml',
      ],
    );
  });
  it('is bounded, with the best kept', () => {
    const many = Array.from({ length: 1000 }, (_, index) => `schemas/s${index}.yaml`);
    assert.equal(peeked(many).length, 200);
    assert.deepEqual(peeked([...many, 'deep/er/payments-openapi.yaml'], 1), ['deep/er/payments-openapi.yaml']);
  });
});

describe('rankRoots', () => {
  it('takes only what defines something', () => {
    assert.deepEqual(ranked({ 'a.yaml': 'a: 1', 'b.yaml': openapi, 'c.json': '{' }), ['b.yaml']);
  });
  it('puts an API before a bare schema, whatever their names', () => {
    assert.deepEqual(ranked({ 'openapi.json': schema, 'x/y/z.yaml': openapi }), ['x/y/z.yaml', 'openapi.json']);
  });
  it('goes by name, then depth, then format, then path', () => {
    assert.deepEqual(
      ranked({
        'b.yaml': openapi,
        'a.yaml': 'asyncapi: 3.0.0',
        'c.yaml': openapi,
        'x/openapi.yaml': openapi,
        'test/openapi.yaml': openapi,
        'x/d.yaml': openapi,
      }),
      ['x/openapi.yaml', 'b.yaml', 'c.yaml', 'a.yaml', 'x/d.yaml', 'test/openapi.yaml'],
    );
  });
});
