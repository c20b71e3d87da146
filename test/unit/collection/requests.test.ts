import assert from 'node:assert/strict';
import { anything, requestPaths } from '../../../src/core/collection/requestPath.ts';
import { readRequests } from '../../../src/core/collection/readRequests.ts';

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value, undefined, 1));

describe('readRequests', () => {
  it('finds each request by its folders, with method, address and line', () => {
    const { requests } = readRequests(
      encode({
        item: [
          {
            name: 'Pets',
            item: [{ name: 'List', request: { method: 'get', url: { raw: '{{baseUrl}}/pets?limit=1' } } }],
          },
          { name: 'Ping', request: 'https://example.com/ping' },
          {
            name: 'Parts',
            request: { method: 'POST', url: { host: ['{{h}}'], path: ['a', { type: 'string', value: ':b' }] } },
          },
          { name: 'New', request: { method: 'GET' } },
          { name: 'No request' },
        ],
      }),
    );
    assert.deepEqual(
      requests.map(({ name, method, url, range }) => [name, method, url, range.line + 1]),
      [
        ['Pets / List', 'GET', '{{baseUrl}}/pets?limit=1', 8],
        ['Ping', 'GET', 'https://example.com/ping', 19],
        ['Parts', 'POST', '{{h}}/a/:b', 23],
        ['New', 'GET', '', 41],
      ],
    );
  });

  it('knows the variables that have a value', () => {
    const variable = [
      { key: 'baseUrl', value: 'https://x' },
      { key: 'none', value: '' },
      { id: 'old', value: 'y' },
    ];
    assert.deepEqual(
      [...readRequests(encode({ item: [], variable })).variables],
      [
        ['baseUrl', 'https://x'],
        ['old', 'y'],
      ],
    );
  });
});

describe('requestPaths', () => {
  const leads = (url: string, expected: readonly string[], variables: Readonly<Record<string, string>> = {}): void => {
    it(url, () => {
      const paths = requestPaths(url, new Map(Object.entries(variables)));
      const shown = paths.map(({ host, segments }) => `${host ?? ''}/${segments.join('/')}`.replaceAll(anything, '*'));
      assert.deepEqual(shown, expected);
    });
  };
  leads('https://API.example.com:8443/v1/pets/?x=/y#z', ['api.example.com:8443/v1/pets']);
  leads('https://jane:secret@example.com/a', ['example.com/a']);
  leads('example.com/a', ['example.com/a']);
  leads('{{baseUrl}}/pets/{{id}}', ['/pets/*']);
  leads('{{scheme}}://{{host}}/pets/:id', ['/pets/*']);
  leads('{{baseUrl}}pets', ['/', '/pets']);
  leads('{{sub}}.example.com/a', ['/a']);
  leads('/pets//{id}/', ['/pets/*']);
  leads('{{baseUrl}}/files/:name.json/a%20b/50%', ['/files/*.json/a b/50%']);
  leads('{{baseUrl}}/x', ['api.example.com/v1/x', '/x'], { baseUrl: 'https://api.example.com/v1' });
  leads('{{a}}/x', ['/x', '/x'], { a: '{{b}}', b: '{{a}}' });
  leads('', ['/']);
});
