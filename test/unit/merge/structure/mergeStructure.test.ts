import assert from 'node:assert/strict';
import { limits } from '../../../../src/core/limits.ts';
import { mergeStructure } from '../../../../src/core/merge/structure/mergeStructure.ts';
import { mergeText } from '../../../../src/core/merge/mergeText.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

type Format = 'json' | 'yaml' | 'unknown' | 'other';

/** The merged text; `conflict`, or `lines` where lines are to decide. */
function merged(format: Format, base: string, mine: string, theirs: string): string {
  const result = mergeStructure(format, bytes(base), bytes(mine), bytes(theirs));
  if (result?.kind !== 'clean') return result?.kind ?? 'lines';
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes);
}

/** What people live through: lines make a conflict of it. */
function joins(format: Format, base: string, mine: string, theirs: string, expected: string): void {
  assert.equal(mergeText(bytes(base), bytes(mine), bytes(theirs)).kind, 'conflict', 'lines can do that as well');
  assert.equal(merged(format, base, mine, theirs), expected);
}

interface Request {
  readonly id?: string;
  readonly name: string;
  readonly method?: string;
  readonly description?: string;
}

const request = ({ id, name, method = 'GET', ...more }: Request): object => ({
  name,
  ...(id === undefined ? {} : { id }),
  request: { method, header: [], url: { raw: `{{base}}/${name}`, path: [name] }, ...more },
  response: [],
});

/** As Postman writes it: tabs, no line end at the end. */
function collection(...items: readonly object[]): string {
  return JSON.stringify({ info: { _postman_id: 'c', name: 'Cats' }, item: items }, undefined, '\t');
}

const list = { id: 'a', name: 'list' };
const show = { id: 'b', name: 'show' };
const folder = (...items: readonly object[]): object => ({ name: 'Cats', id: 'f', item: items });

describe('mergeStructure of collections', () => {
  const base = collection(folder(request(list)), request(show));

  it('takes two requests that two people added to one folder at the same place', () => {
    const [pet, feed] = [request({ id: 'm', name: 'pet' }), request({ id: 't', name: 'feed', method: 'POST' })];
    const [mine, theirs] = [pet, feed].map((added) => collection(folder(request(list), added), request(show)));
    joins('json', base, mine ?? '', theirs ?? '', collection(folder(request(list), pet, feed), request(show)));
  });

  it('takes the first requests of an empty folder from both', () => {
    const empty = collection(folder());
    const [mine, theirs] = [list, show].map((added) => collection(folder(request(added))));
    joins('json', empty, mine ?? '', theirs ?? '', collection(folder(request(list), request(show))));
  });

  it('follows a request that one moved while the other edited it', () => {
    const edited = collection(folder(request(list)), request({ ...show, description: 'One cat.' }));
    const moved = collection(request(show), folder(request(list)));
    const expected = collection(request({ ...show, description: 'One cat.' }), folder(request(list)));
    joins('json', base, edited, moved, expected);
    joins('json', base, moved, edited, expected);
  });

  it('tells requests without ids apart by name, method and address', () => {
    const [first, second] = [request({ name: 'list' }), request({ name: 'list', method: 'POST' })];
    const described = request({ name: 'list', description: 'All.' });
    const [mine, theirs] = [request({ name: 'mine' }), request({ name: 'theirs' })];
    const expected = collection(described, second, mine, theirs);
    const sides = [collection(first, second, mine), collection(described, second, theirs)] as const;
    assert.equal(merged('json', collection(first, second), ...sides), expected);
  });

  it('goes by names where a reconnected collection has got new ids', () => {
    const renewed = collection(request({ ...list, id: 'x' }), request({ ...show, id: 'y' }));
    assert.equal(
      merged(
        'json',
        collection(request(list), request(show)),
        collection(request({ ...list, description: 'All cats.' }), request(show)),
        renewed,
      ),
      collection(request({ ...list, id: 'x', description: 'All cats.' }), request({ ...show, id: 'y' })),
    );
  });

  it('joins headers that both added, and leaves it to lines where a header comes twice', () => {
    const headers = (...keys: readonly string[]): string =>
      JSON.stringify({ header: keys.map((key) => ({ key, value: '1' })) }, undefined, '\t');
    joins('json', headers('Accept'), headers('Accept', 'A'), headers('Accept', 'B'), headers('Accept', 'A', 'B'));
    assert.equal(merged('json', headers('A', 'A'), headers('A', 'A', 'B'), headers('A', 'A', 'C')), 'lines');
    assert.equal(
      merged('json', headers('A', 'A', 'B'), headers('A', 'B'), headers('A', 'A', 'B', 'C')),
      headers('A', 'B', 'C'),
    );
  });

  it('is a conflict where one deleted the request that the other edited', () => {
    const edited = collection(folder(request({ ...list, description: 'All.' })), request(show));
    const deleted = collection(folder(), request(show));
    assert.equal(merged('json', base, edited, deleted), 'conflict');
    assert.equal(merged('json', base, deleted, edited), 'conflict');
  });

  it('is a conflict where both moved requests, each in another way', () => {
    const items = ['a', 'b', 'c', 'd'].map((id) => request({ id, name: id }));
    const order = (...indexes: readonly number[]): string =>
      collection(...indexes.map((index) => items[index] as object));
    assert.equal(merged('json', order(0, 1, 2, 3), order(1, 2, 3, 0), order(1, 0, 2, 3)), 'conflict');
    assert.equal(merged('json', order(0, 1, 2, 3), order(3, 0, 1, 2), order(3, 0, 1, 2)), order(3, 0, 1, 2));
  });

  it('merges scripts by line, and calls edits of one line a conflict', () => {
    const script = (...exec: readonly string[]): string =>
      JSON.stringify({ event: [{ listen: 'test', script: { exec } }] });
    assert.equal(
      merged('json', script('a', 'b', 'c', 'd'), script('A', 'b', 'c', 'd'), script('a', 'b', 'c', 'd', 'e')),
      script('A', 'b', 'c', 'd', 'e'),
    );
    assert.equal(merged('json', script('a', 'b'), script('a', 'm'), script('a', 't')), 'conflict');
  });
});

const definition = `# The cats of this house
openapi: 3.0.3
info:
  title: Cats # all of them
  version: 1.0.0

paths:
  # A list
  /cats:
    get:
      tags: [cats]
      parameters:
        - name: limit
          in: query
          description: How many
      responses:
        '200':
          description: Cats
  /cats/{id}:
    get: {responses: {'200': {description: A cat}}}
`;

describe('mergeStructure of definitions', () => {
  it('takes two paths that two people added at the end', () => {
    const mine = '\n  # of one cat\n  /meals:\n    get:\n      summary: Meals\n';
    const theirs = '  /toys:\n    get:\n      description: |\n        Toys,\n\n        all of them.\n';
    joins('yaml', definition, definition + mine, definition + theirs, definition + mine + theirs);
    joins('yaml', definition, definition + theirs, definition + mine, definition + theirs + mine);
  });

  it('takes a better description from one and a response beside it from the other', () => {
    const mine = definition.replace('description: Cats', 'description: All cats');
    const response = "\n        # when there is none\n        '404':\n          description: No cats";
    const theirs = definition.replace('description: Cats', `description: Cats${response}`);
    joins('yaml', definition, mine, theirs, mine.replace('All cats', `All cats${response}`));
  });

  it('is a conflict where both bumped the version, each to another', () => {
    const [mine, theirs] = ['1.1.0', '2.0.0'].map((version) => definition.replace('1.0.0', version));
    assert.equal(merged('yaml', definition, mine ?? '', theirs ?? ''), 'conflict');
  });

  it('does not take 1.10 for 1.1, nor quotes around no for nothing', () => {
    assert.equal(merged('yaml', 'version: 1.1\n', 'version: 1.10\n', 'version: 1.2\n'), 'conflict');
    assert.equal(merged('json', '{"v":1.1}', '{"v":1.10}', '{"v":1.1,"n":2}'), '{"v":1.10,"n":2}');
    assert.equal(merged('yaml', 'a: no\nb: 1\n', 'a: no\nb: 2\n', 'a: "no"\nb: 1\n'), 'a: "no"\nb: 2\n');
    const long = '{"id":90071992547409931}';
    assert.equal(merged('json', long, '{"id":90071992547409932}', '{"id":90071992547409933}'), 'conflict');
  });

  it('takes names for required from both, in their order', () => {
    const required = (names: string): string => `required: [${names}]\ntype: object\n`;
    joins('yaml', required('a, b'), required('a, b, m'), required('t, a, b'), required('t, a, b, m'));
    joins('yaml', required('a, b'), required('b'), required('a, b, t'), required('b, t'));
  });

  it('leaves it to lines where one renamed what the other edited', () => {
    const renamed = definition.replace('/cats/{id}', '/cats/{name}');
    const edited = definition.replace('A cat', 'One cat');
    assert.equal(merged('yaml', definition, renamed, edited), 'lines');
    const parameter = definition.replace('name: limit', 'name: count');
    assert.equal(merged('yaml', definition, parameter, definition.replace('How many', 'At most')), 'lines');
  });

  it('joins what stands in one place of allOf, and leaves it to lines where it cannot pair', () => {
    const all = (...parts: readonly string[]): string => `allOf:\n${parts.map((part) => `  - ${part}\n`).join('')}`;
    const [cat, own] = ['$ref: cat.yaml', 'properties: {a: 1}'];
    joins(
      'yaml',
      all(cat, own),
      all(cat, 'properties: {a: 1, m: 2}'),
      all(cat, 'properties: {a: 1, t: 3}'),
      all(cat, 'properties: {a: 1, m: 2, t: 3}'),
    );
    assert.equal(merged('yaml', all(cat, own), all(cat, own, 'm: 1'), all(cat, 'properties: {t: 1}', 't: 2')), 'lines');
  });
});

describe('mergeStructure keeps the style of my file', () => {
  it('where I indented it anew and they made one edit', () => {
    const base = '{\n  "a": {\n    "b": [\n      1,\n      2\n    ]\n  },\n  "c": {}\n}\n';
    const theirs = base.replace('{}', '{\n    "d": [\n      true\n    ]\n  }');
    joins('json', base, base.replaceAll('  ', '\t'), theirs, theirs.replaceAll('  ', '\t'));
    const yaml = 'a:\n  b:\n    c: 1\nd:\n- e\n';
    const wide = 'a:\n    b:\n        c: 1\nd:\n  - e\n';
    const added = 'a:\n  b:\n    c: 2\n  f:\n    g:\n    - h: |\n        1\n          2\nd:\n- e\n';
    const expected =
      'a:\n    b:\n        c: 2\n    f:\n        g:\n          - h: |\n              1\n                2\nd:\n  - e\n';
    joins('yaml', yaml, wide, added, expected);
  });

  it('where it has CRLF, a byte order mark and no line end at the end', () => {
    const windows = (text: string): string => `\ufeff${text.trimEnd().replaceAll('\n', '\r\n')}`;
    const [mine, theirs] = ['  /m:\n    get: 1\n', '  # theirs\n  /t:\n    get: |\n      1\n      2\n'];
    joins('yaml', definition, windows(definition + mine), definition + theirs, windows(definition + mine + theirs));
    const json = '{\n  "a": 1\n}\n';
    joins(
      'json',
      json,
      windows(json),
      json.replace('1', '1,\n  "t": [\n    2\n  ]'),
      windows('{\n  "a": 1,\n  "t": [\n    2\n  ]\n}'),
    );
  });

  it('where it is all on one line, or has what is short on one', () => {
    joins('json', '{"a":1}', '{"a":1,"m":2}', '{"a":1,\n "t": [1, {"b": 2}]\n}', '{"a":1,"m":2,"t":[1,{"b":2}]}');
    const mine = '{\n  "a": [1, 2],\n  "b": {"c": 1}\n}';
    const theirs =
      '{\n    "a": [\n        1,\n        2,\n        3\n    ],\n    "b": {\n        "c": 1,\n        "d": 2\n    }\n}';
    joins(
      'json',
      mine.replace('[1', '[0'),
      mine,
      theirs.replace('1,', '0,'),
      mine.replace('2]', '2, 3]').replace('1}', '1, "d": 2}'),
    );
  });

  it('with the comments of both, and leaves it to lines where a comment would get lost', () => {
    const mine = definition.replace('# all of them', '# nearly all').replace('limit', 'limit # 20');
    const both = mine.replace('1.0.0', '1.0.1');
    joins('yaml', definition, mine, definition.replace('1.0.0', '1.0.1'), both);
    const theirs = definition.replace('  # A list\n', '').replace('A cat', 'One cat');
    // Lines can do that: nothing touches.
    assert.equal(
      merged('yaml', definition, mine, theirs),
      mine.replace('  # A list\n', '').replace('A cat', 'One cat'),
    );
    const touching = definition.replace('title: Cats # all of them', 'title: Cats # theirs').replace('/cats:', '/all:');
    assert.equal(merged('yaml', definition, definition.replace('1.0.0', '1.0.2'), touching), 'lines');
  });

  it('with anchors, aliases, merge keys and tags as they are written', () => {
    const base = 'a: &a {p: 1}\nb:\n  <<: *a\n  q: !t 1\nc: 1\n';
    const mine = base.replace('q: !t 1', 'q: !t 2');
    const theirs = base
      .replace('p: 1', 'p: 3')
      .replace('c: 1\n', 'c: 1\nd: *a\n')
      .replace('q: !t 1', 'q: !t 1\n  r: 4');
    joins('yaml', base, mine, theirs, theirs.replace('q: !t 1', 'q: !t 2'));
    assert.equal(merged('yaml', base, mine, base.replace('q: !t 1', 'q: !u 1')), 'conflict');
  });

  it('takes from lines what says nothing where they come to the same', () => {
    const mine = definition.replace('1.0.0', '1.0.1');
    const theirs = definition.replace('/cats/{id}:', '\n  "/cats/{id}":').replace('How many', 'At most');
    assert.equal(merged('yaml', definition, mine, theirs), theirs.replace('1.0.0', '1.0.1'));
  });
});

describe('mergeStructure leaves to lines', () => {
  const rows: readonly (readonly [name: string, format: Format, base: string, mine: string, theirs: string])[] = [
    ['what is no JSON', 'json', '{"a":1', '{"a":2', '{"a":1,'],
    ['JSON with comments', 'json', '{"a":1} // x', '{"a":2} // x', '{"a":1,"b":2} // x'],
    ['JSON with a key twice', 'json', '{"a":1,"a":2}', '{"a":1,"a":3}', '{"a":1,"a":2,"b":1}'],
    ['YAML with a key twice', 'yaml', 'a: 1\na: 2\n', 'a: 1\na: 3\n', 'a: 1\na: 2\nb: 1\n'],
    ['several documents', 'yaml', 'a: 1\n---\nb: 1\n', 'a: 2\n---\nb: 1\n', 'a: 1\n---\nb: 2\n'],
    ['an anchor twice', 'yaml', 'a: &x 1\nb: &x 2\nc: 1\n', 'a: &x 3\nb: &x 2\nc: 1\n', 'a: &x 1\nb: &x 2\nc: *x\n'],
    ['keys that are no names', 'yaml', '? [a]\n: 1\nb: 1\n', '? [a]\n: 2\nb: 1\n', '? [a]\n: 1\nb: 2\n'],
    ['YAML 1.1', 'yaml', '%YAML 1.1\n---\na: 1\n', '%YAML 1.1\n---\na: 2\n', '%YAML 1.1\n---\na: 1\nb: 1\n'],
    ['prose', 'unknown', 'One.\n', 'Two.\n', 'One.\nThree.\n'],
    ['everything else', 'other', '{"a":1}', '{"a":2}', '{"a":1,"b":1}'],
    [
      'edits of one element of many lines',
      'yaml',
      'a:\n  - |\n    1\n    2\n    3\n',
      'a:\n  - |\n    0\n    2\n    3\n',
      'a:\n  - |\n    1\n    2\n    4\n',
    ],
    [
      'a moved text that keeps the blank lines behind it, which are not written again',
      'yaml',
      'a: |+\n  1\n\nb: 1\nc: 1\n',
      'a: |+\n  1\n\nb: 1\nc: 2\n',
      'b: 1\nc: 1\na: |+\n  1\n\n',
    ],
    ['edits of one text of many lines', 'yaml', 'a: |\n  1\n  2\n', 'a: |\n  1\n  3\n', 'a: |\n  0\n  2\n'],
    ['what is deeper than a stack', 'json', '['.repeat(9_000), '['.repeat(9_001), '['.repeat(9_002)],
    ['what is deeper than a stack in YAML', 'yaml', '['.repeat(9_000), '['.repeat(9_001), '['.repeat(9_002)],
  ];
  for (const [name, format, base, mine, theirs] of rows) {
    it(name, () => assert.equal(merged(format, base, mine, theirs), 'lines'));
  }

  it('YAML that takes long to parse', () => {
    const long = `a: ${'x'.repeat(limits.structuredYaml)}\n`;
    assert.equal(merged('yaml', long, `${long}b: 1\n`, `${long}c: 1\n`), 'lines');
  });

  it('what is no UTF-8', () => {
    assert.equal(mergeStructure('json', bytes('{}'), Uint8Array.from([0x7b, 0xff, 0x7d]), bytes('{"a":1}')), undefined);
  });
});

describe('mergeStructure of files whose name says nothing', () => {
  it('lets the content decide', () => {
    joins('unknown', '{"a":1}', '{"a":1,"m":1}', '{"a":1,"t":1}', '{"a":1,"m":1,"t":1}');
    joins('unknown', 'a: 1\n', 'a: 1\nm: 1\n', 'a: 1\nt: 1\n', 'a: 1\nm: 1\nt: 1\n');
  });
});
