import assert from 'node:assert/strict';
import fc from 'fast-check';
import { collectionFileName, newCollection } from '../../../src/core/collection/newCollection.ts';
import { isCollection, readOutline } from '../../../src/core/collection/readOutline.ts';
import { limits } from '../../../src/core/limits.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const v21 = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const collection = (item: unknown, info: unknown = { name: 'C', schema: v21 }): Uint8Array =>
  encode(JSON.stringify({ info, item }));
const items = (item: unknown): unknown => readOutline(collection(item))?.items;

describe('isCollection', () => {
  const decides = (title: string, expected: boolean, bytes: Uint8Array): void => {
    it(`${title}: ${expected}`, () => assert.equal(isCollection(bytes), expected));
  };
  decides('2.1', true, collection([]));
  decides('2.0', true, collection([], { schema: v21.replace('v2.1.0', 'v2.0.0') }));
  decides(
    'the newer address',
    true,
    collection([], { schema: 'https://schema.postman.com/json/collection/v2.1.0/collection.json' }),
  );
  decides('byte order mark and blanks', true, encode(`\ufeff \n{"info":{"schema":"${v21}"}}`));
  decides('another schema', false, collection([], { schema: 'https://json-schema.org/draft/2020-12/schema' }));
  decides('the schema elsewhere', false, encode(JSON.stringify({ schema: v21, info: { name: v21 } })));
  decides('a schema that is no text', false, collection([], { schema: [v21] }));
  decides('info that is a list', false, collection([], [{ schema: v21 }]));
  decides('a format that is not known', false, collection([], { schema: v21.replace('v2.1.0', 'v3.0.0') }));
  decides('an environment', false, encode('{"values":[],"_postman_variable_scope":"environment"}'));
  for (const text of ['', '{', 'null', '[]', '"x"', 'info: x', '\0'])
    decides(JSON.stringify(text), false, encode(text));
});

describe('readOutline', function () {
  this.timeout(60_000);

  it('is folders and requests in their order', () => {
    const found = readOutline(
      collection([
        {
          name: 'Pets',
          item: [
            { name: 'List', request: { method: 'get', url: '/pets' } },
            { name: 'Empty', item: [] },
          ],
        },
        { name: 'Ping', request: 'https://example.com/ping' },
        { name: 'Purge', request: { method: 'PURGE' } },
      ]),
    );
    assert.deepEqual(found, {
      name: 'C',
      items: [
        {
          kind: 'folder',
          name: 'Pets',
          items: [
            { kind: 'request', name: 'List', method: 'GET' },
            { kind: 'folder', name: 'Empty', items: [] },
          ],
        },
        { kind: 'request', name: 'Ping', method: 'GET' },
        { kind: 'request', name: 'Purge', method: 'PURGE' },
      ],
    });
  });

  it('names a request that has no name by its address', () => {
    assert.deepEqual(items([{ request: 'a' }, { name: 5, request: { url: { raw: 'b' } } }, { request: {} }]), [
      { kind: 'request', name: 'a', method: 'GET' },
      { kind: 'request', name: 'b', method: 'GET' },
      { kind: 'request', name: '', method: 'GET' },
    ]);
  });

  it('passes over what has a wrong type', () => {
    assert.deepEqual(items([null, 1, 'x', [], {}, { name: 'a' }, { item: 5 }, { request: 7 }, { request: [] }]), []);
    for (const item of [undefined, null, {}, 'x', 5]) assert.deepEqual(items(item), []);
    assert.equal(readOutline(collection([], { schema: v21, name: {} }))?.name, '');
    assert.equal(readOutline(encode('{}')), undefined);
  });

  it('shows folders down to the limit, and takes no harm from what is below', () => {
    const depth = 50_000;
    const text = `{"info":{"schema":"${v21}"},"item":[${'{"item":['.repeat(depth)}${']}'.repeat(depth)}]}`;
    let level = readOutline(encode(text))?.items ?? [];
    let shown = 0;
    for (let first = level[0]; first?.kind === 'folder'; first = level[0]) {
      shown += 1;
      level = first.items;
    }
    assert.equal(shown, limits.collectionDepth);
  });

  it('never throws, whatever JSON comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (item, name) => {
        assert.ok(readOutline(collection(item, { schema: v21, name })) !== undefined);
      }),
    );
  });
});

describe('newCollection', () => {
  it('is what Postman writes, byte for byte', () => {
    const text = new TextDecoder().decode(newCollection('Pets "1"', '11111111-2222-4333-8444-555555555555'));
    assert.equal(
      text,
      '{\n\t"info": {\n\t\t"_postman_id": "11111111-2222-4333-8444-555555555555",\n\t\t"name": "Pets \\"1\\"",\n' +
        `\t\t"schema": "${v21}"\n\t},\n\t"item": []\n}`,
    );
  });
  it('is read back', () => {
    assert.deepEqual(readOutline(newCollection('Größe', 'x')), { name: 'Größe', items: [] });
  });
});

describe('collectionFileName', function () {
  this.timeout(60_000);

  const named = (name: string, taken: readonly string[], expected: string): void => {
    it(`${JSON.stringify(name)} beside ${JSON.stringify(taken)}: ${expected}`, () =>
      assert.equal(collectionFileName(name, taken), expected));
  };
  named('New Collection', [], 'New Collection.json');
  named('New Collection', ['New Collection.json'], 'New Collection(1).json');
  named('New Collection', ['new collection.JSON', 'New Collection(1).json'], 'New Collection(2).json');
  named('Caf\u00e9', ['Cafe\u0301.json'], 'Caf\u00e9(1).json');
  named('v1/Event', [], 'v1_Event.json');
  named('a\\b:c*d?e"f<g>h|i\0j\nk', [], 'a_b_c_d_e_f_g_h_i_j_k.json');
  named('../../etc', [], '.._.._etc.json');
  named('con', [], '_con.json');
  named('LPT1.x', [], '_LPT1.x.json');
  named('Console', [], 'Console.json');
  named(' a. ', [], 'a.json');
  named('...', [], 'New Collection.json');
  named('', [], 'New Collection.json');
  named('\ud800x', [], '_x.json');

  it('is a name that every platform holds, and a new one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(fc.string(), { maxLength: 3 }),
        (name, others) => {
          const first = collectionFileName(name, others);
          const second = collectionFileName(name, [...others, first]);
          assert.notEqual(first.toLowerCase(), second.toLowerCase());
          for (const file of [first, second]) {
            assert.match(file, /^[^\p{Cc}\p{Cs}/\\:*?"<>|]+\.json$/u);
            assert.ok(new TextEncoder().encode(file).length <= 255);
            assert.doesNotMatch(file, /^[ ]|[. ]\.json$/);
          }
        },
      ),
    );
  });
});
