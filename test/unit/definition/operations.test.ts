import assert from 'node:assert/strict';
import { readOperations, type Operations } from '../../../src/core/definition/operations.ts';
import { asRepoPath } from '../../../src/core/model/repoPath.ts';

/** The operations of `r.yaml`. */
function operationsOf(files: Readonly<Record<string, string>>): Promise<Operations> {
  return readOperations(asRepoPath('r.yaml'), {
    has: (path) => Object.hasOwn(files, path),
    read: (path) => Promise.resolve(new TextEncoder().encode(files[path])),
  });
}

describe('readOperations', () => {
  const finds = (title: string, files: Readonly<Record<string, string>>, expected: readonly string[]): void => {
    it(title, async () => {
      const { operations } = await operationsOf(files);
      const found = operations.map(
        ({ method, path, bases, file, range }) =>
          `${method} ${path} ${file}:${String(range.line + 1)}${bases.map((base) => ` ${base}`).join('')}`,
      );
      assert.deepEqual(found, expected);
    });
  };
  finds(
    'operations of a path, and nothing else that stands there',
    {
      'r.yaml':
        'paths:\n  /pets:\n    parameters: []\n    get: {}\n    x-get: {}\n    post: {}\n  x-other: {get: {}}\n',
    },
    ['GET /pets r.yaml:4', 'POST /pets r.yaml:6'],
  );
  finds(
    'paths in other files, by pointer, and beside a reference',
    {
      'r.yaml': 'paths:\n  /a: {$ref: p/a.json}\n  /b:\n    $ref: "p/b.yaml#/x~1y"\n    delete: {}\n',
      'p/a.json': '{\n"get": {}\n}',
      'p/b.yaml': 'x/y:\n  put: {}\n',
    },
    ['GET /a p/a.json:2', 'DELETE /b r.yaml:5', 'PUT /b p/b.yaml:2'],
  );
  finds(
    'all paths in another file, and references of references',
    {
      'r.yaml': 'paths: {$ref: all.yaml}',
      'all.yaml': '/a: {$ref: a.yaml}',
      'a.yaml': '$ref: b.yaml',
      'b.yaml': 'get: {}',
    },
    ['GET /a b.yaml:1'],
  );
  finds('no end of a ring', { 'r.yaml': 'paths: {/a: {$ref: "#/paths/~1b"}, /b: {$ref: "#/paths/~1a", get: {}}}' }, [
    'GET /a r.yaml:1',
    'GET /b r.yaml:1',
  ]);
  finds('any method behind a reference that leads nowhere', { 'r.yaml': 'paths: {/a: {$ref: gone.yaml, get: {}}}' }, [
    'GET /a r.yaml:1',
    '* /a r.yaml:1',
  ]);
  finds(
    'methods of OpenAPI 3.2',
    { 'r.yaml': 'paths:\n  /a:\n    query: {}\n    additionalOperations: {PURGE: {}, Copy: {}}\n' },
    ['QUERY /a r.yaml:3', 'PURGE /a r.yaml:4', 'COPY /a r.yaml:4'],
  );
  finds(
    'what servers put in front, the nearest ones first',
    {
      'r.yaml': [
        'servers: [{url: "https://api.example.com/v1/"}, {url: /v2}]',
        'paths:',
        '  /a: {get: {}, put: {servers: [{url: "https://x.example/own"}]}}',
        '  /b: {servers: [{url: "{host}/path"}], get: {}}',
      ].join('\n'),
    },
    ['GET /a r.yaml:3 /v1 /v2', 'PUT /a r.yaml:3 /own', 'GET /b r.yaml:4 /path'],
  );
  finds(
    'defaults of variables beside the variables',
    { 'r.yaml': 'servers: [{url: "//h/{base}", variables: {base: {default: a/b}}}]\npaths: {/a: {get: {}}}' },
    ['GET /a r.yaml:2 /{base} /a/b'],
  );
  finds('the base path of OpenAPI 2.0', { 'r.yaml': 'host: h.example\nbasePath: /v1\npaths: {/a: {get: {}}}' }, [
    'GET /a r.yaml:3 /v1',
  ]);

  it('knows the hosts of every server that has a name', async () => {
    const text = [
      'servers: [{url: "https://API.example.com:8443/v1"}, {url: "https://{region}.example.com"}, {url: /v2}]',
      'paths: {/a: {get: {servers: [{url: "https://other.example"}]}}}',
    ].join('\n');
    assert.deepEqual([...(await operationsOf({ 'r.yaml': text })).hosts], ['api.example.com:8443', 'other.example']);
  });
});
