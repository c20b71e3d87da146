import assert from 'node:assert/strict';
import { scanReferences } from '../../../src/core/definition/referenceScan.ts';

const targets = (text: string): string[] => scanReferences(text).references.map(({ target }) => target);
const alarms = (text: string): Record<string, boolean> =>
  Object.fromEntries(scanReferences(text).references.map(({ target, alarm }) => [target, alarm]));
const problems = (text: string): string[] => scanReferences(text).problems.map(({ message }) => message);

/** Each text holds exactly the references listed, and is proper unless told otherwise. */
function finds(
  title: string,
  text: string,
  expected: readonly string[],
  expectedProblems: readonly string[] = [],
): void {
  it(title, () => {
    assert.deepEqual(targets(text), expected);
    assert.deepEqual(problems(text), expectedProblems);
  });
}

describe('scanReferences: where a reference is found', () => {
  finds('block mapping', 'a:\n  $ref: a.yaml\n', ['a.yaml']);
  finds('document that is one reference', '$ref: a.yaml', ['a.yaml']);
  finds('sequence items', 'oneOf:\n- $ref: a.yaml\n-   $ref: b.yaml\n- - $ref: c.yaml\n', [
    'a.yaml',
    'b.yaml',
    'c.yaml',
  ]);
  finds('JSON', '{"a":{"$ref":"a.json"},"b":[{"$ref":"b.json"}]}', ['a.json', 'b.json']);
  finds('flow mappings over lines', 'a: {b: {$ref: a.yaml},\n  $ref: "b.yaml"\n  }\n', ['a.yaml', 'b.yaml']);
  finds('one pair in a flow sequence', 'a: [$ref: a.yaml, b: c]\n', ['a.yaml']);
  finds('x-* and unknown keywords', 'x-a: {$ref: a}\nfoo: {$ref: b}\ndescription: {$ref: c.md}', ['a', 'b', 'c.md']);
  finds('more than one document', '$ref: a.yaml\n---\n$ref: b.yaml\n...\n---\n$ref: c.yaml\n', [
    'a.yaml',
    'b.yaml',
    'c.yaml',
  ]);
  finds('after a document that is a block scalar', '--- |\ntext\n---\n$ref: a.yaml\n', ['a.yaml']);
  finds('after directives', '%YAML 1.2\n---\n$ref: a.yaml\n', ['a.yaml']);
  finds('__proto__ and constructor as keys', '__proto__: {$ref: a}\nconstructor: {$ref: b}\n', ['a', 'b']);
  finds('a key of 1,500 characters', `${'k'.repeat(1500)}:\n  $ref: a.yaml\n`, ['a.yaml']);
  finds('anchored node', 'a: &x {$ref: a.yaml}\nb: *x\n', ['a.yaml']);
  finds('merged node', 'a: &x\n  $ref: a.yaml\nb:\n  <<: *x\n', ['a.yaml']);
  finds('alias of a string', 'n: &n a.yaml\nb:\n  $ref: *n\nc: {$ref: *n}\n', ['a.yaml', 'a.yaml']);
  finds('alias as a key', '&k $ref: a.yaml\nb:\n  *k : b.yaml\n', ['a.yaml', 'b.yaml']);
  finds('same indent of key and sequence', 'a:\n- $ref: a.yaml\nb:\n- $ref: b.yaml\n', ['a.yaml', 'b.yaml']);
  finds('duplicate keys, both', 'a: {$ref: a.yaml}\na: {$ref: b.yaml}\n', ['a.yaml', 'b.yaml'], ['duplicateKey']);
  finds('duplicate $ref, both', '{"$ref":"a","$ref":"b"}', ['a', 'b'], ['duplicateKey']);
  finds('CRLF', 'a:\r\n  $ref: a.yaml\r\nb:\r\n  $ref: b.yaml\r\n', ['a.yaml', 'b.yaml']);
  finds('CR alone', 'a:\r  $ref: a.yaml\rb:\r  $ref: b.yaml\r', ['a.yaml', 'b.yaml']);
  finds('NUL in the text', 'd: "x\0y"\n$ref: a.yaml\n', ['a.yaml'], ['binary']);
});

describe('scanReferences: how keys and values are written', () => {
  finds('quoted keys', '"$ref": a.yaml\nb: {\'$ref\': b.yaml}\n', ['a.yaml', 'b.yaml']);
  finds('escaped keys', '{"\\u0024ref": "a", "b": {"\\x24ref": "b"}}', ['a', 'b']);
  finds('complex key', 'a:\n  ? $ref\n  : a.yaml\n', ['a.yaml']);
  finds('complex key in flow', 'a: {? $ref : a.yaml}\n', ['a.yaml']);
  finds('escaped value', '{"$ref": ".\\/a.ya\\u006dl"}', ['./a.yaml']);
  finds('single quotes doubled', "$ref: 'it''s.yaml'\n", ["it's.yaml"]);
  finds('folded block', 'a:\n  $ref: >-\n    ./a.yaml\nb: {}\n', ['./a.yaml']);
  finds('literal block whose break is kept', 'a:\n  $ref: |+\n    a.yaml\n\nb: 1\n', ['a.yaml']);
  finds('block with an explicit indent', 'a:\n  $ref: >2-\n    a.yaml\n', ['a.yaml']);
  finds('value on the next line', '$ref:\n  a.yaml\n', ['a.yaml']);
  finds('plain over lines', '$ref: my\n  file.yaml\n', ['my file.yaml']);
  finds('double quotes over lines', '$ref: "my\n  file\\\n  .yaml"\n', ['my file.yaml']);
  finds('tag and anchor before the value', '$ref: !!str &a a.yaml\n', ['a.yaml']);
  finds('properties on a line of their own', 'a: &x !t\n  $ref: a.yaml\n', ['a.yaml']);
  finds('braces in a block name', '$ref: ./users_{id}.yaml\n', ['./users_{id}.yaml']);
  finds('braces in a flow name', 'a: {$ref: ./users_{id}.yaml}\nb: {$ref: "b_{id}.yaml"}', [
    './users_{id}.yaml',
    'b_{id}.yaml',
  ]);
  finds('a hash without a blank', '$ref: a.yaml#/b # comment\n', ['a.yaml#/b']);
  finds('raw blanks and percent', '$ref: my file%20.yaml\n', ['my file%20.yaml']);
  finds('a colon inside', '$ref: http://example.com:80/a\n', ['http://example.com:80/a']);
  finds(
    'comments in JSON',
    '{"a": 1, // $ref: x\n/* "$ref": "y" */ "$ref": "a.json", // c\n"b": {"$ref": "b.json"},}',
    ['a.json', 'b.json'],
  );
});

describe('scanReferences: what is no reference', () => {
  finds('comments', '# $ref: a.yaml\na: 1 # $ref: b.yaml\n#    b: {$ref: c.yaml}\n', []);
  finds('text of a block scalar', 'd: |\n  text\n  $ref: a.yaml\n\n  $ref: b.yaml\ne: 1\n', []);
  finds('text of a block scalar in a sequence', '- >\n  text:\n    $ref: a.yaml\n- b\n', []);
  finds('text of a quoted string over lines', 'd: "text\n  $ref: a.yaml\n  x"\ne: \'\n  $ref: b.yaml\'\n', []);
  finds('text of a plain string over lines', 'd: text\n  "$ref" a.yaml\ne: 1\n', []);
  finds('JSON inside a string', '{"d": "{\\"$ref\\": \\"a.json\\"}"}', []);
  finds(
    'numbers, null, truth, collections',
    'a: {$ref: 5}\nb: {$ref: null}\nc: {$ref: [a.yaml]}\nd: {$ref: }\ne: {$ref: true}\nf: {$ref: {$id: x}}\ng: {$ref: ~}',
    [],
  );
  finds('empty string and fragments', 'a: {$ref: ""}\nb: {$ref: "#/a"}\nc:\n  $ref: "#"\n', []);
  finds('$dynamicRef, $schema, $id', '$schema: a.json\n$id: b.json\n$dynamicRef: c.json\n', []);
  finds('$ref as a value or an item', 'a: $ref\nb: [$ref, a.yaml]\nrequired:\n- $ref\n- b\n', []);
  finds('an alias that names a mapping', 'a: &x {b: c}\nd: {$ref: *x}\n', []);
  finds('an alias that names nothing', 'd: {$ref: *x}\n', []);
});

describe('scanReferences: broken text', () => {
  const broken = (title: string, text: string, expected: readonly string[]): void =>
    finds(title, text, expected, ['doesNotParse']);
  broken('bracket never closed', 'x: [1, 2\ny: {$ref: c.yaml}\n', ['c.yaml']);
  broken('bracket never closed at the end', '{"a": {"$ref": "a.json"}', ['a.json']);
  broken('quote never closed', 'd: "text\na:\n  $ref: a.yaml\n', ['a.yaml']);
  broken('quote never closed, another follows', 'd: "text\na:\n  $ref: "a.yaml"\n', ['a.yaml']);
  broken('quote never closed in JSON', '{\n"d": "text,\n"$ref": "a.json",\n"b": {"$ref": "b.json"}\n}', [
    'a.json',
    'b.json',
  ]);
  broken('key without colon', 'paths:\n  /a\n    $ref: a.yaml\n  /b:\n    $ref: b.yaml\n', ['a.yaml', 'b.yaml']);
  broken('tabs for indentation', 'a:\n\tb:\n\t\t$ref: a.yaml\n', ['a.yaml']);
  broken('two keys on a line', 'schema: $ref: a.yaml\nb:\n  $ref: b.yaml\n', ['a.yaml', 'b.yaml']);
  broken('wrong indentation', 'a:\n    $ref: a.yaml\n  b:\n    $ref: b.yaml\n', ['a.yaml', 'b.yaml']);
  finds(
    'conflict markers',
    'a:\n<<<<<<< HEAD\n  $ref: a.yaml\n=======\n  $ref: b.yaml\n>>>>>>> x\nc:\n  $ref: c.yaml\n',
    ['a.yaml', 'b.yaml', 'c.yaml'],
    ['doesNotParse', 'duplicateKey'],
  );
  broken(
    'conflict markers in JSON',
    '{"a":\n<<<<<<< HEAD\n{"$ref": "a.json"}\n=======\n{"$ref": "b.json"}\n>>>>>>> x\n}',
    ['a.json', 'b.json'],
  );
  broken('comma forgotten in JSON', '{"a": {"$ref": "a.json"}\n "b": {"$ref": "b.json"}\n "$ref": "c.json"}', [
    'a.json',
    'b.json',
    'c.json',
  ]);
  broken('a second value', '$ref: "a.yaml" b.yaml\nc:\n  $ref: c.yaml\n', ['a.yaml', 'c.yaml']);
  broken('bracket too much', 'a: ]\nb:\n  $ref: a.yaml\n', ['a.yaml']);
  it('unknown tags are no harm', () => {
    assert.deepEqual(targets('a: !include a.yaml\nb: !!js/function "f"\nc: {$ref: c.yaml}\n'), ['c.yaml']);
  });
});

describe('scanReferences: mapping, externalValue, operationRef', () => {
  const withMapping = (mapping: string): string =>
    `components: {schemas: {Cat: {}, dog.yaml: {}, A: {discriminator: {propertyName: k, mapping: {${mapping}}}}}}`;
  finds('paths', withMapping('a: ./cat.yaml, b: "dogs.yaml#/Dog", c: birds/owl'), [
    './cat.yaml',
    'dogs.yaml#/Dog',
    'birds/owl',
  ]);
  finds('names and fragments', withMapping('a: Cat, b: Bird, c: "#/components/schemas/Cat"'), []);
  finds('a name that is a schema of the document is the name', withMapping('a: dog.yaml'), []);
  finds(
    'a schema that is listed later',
    'paths: {a: {discriminator: {mapping: {x: d.yaml}}}}\ncomponents:\n  schemas:\n    d.yaml: {}\n',
    [],
  );
  finds('defaultMapping', 'a: {discriminator: {defaultMapping: ./a.yaml}}', ['./a.yaml']);
  finds(
    "a mapping that is no discriminator's",
    'mapping: {a: ./a.yaml}\nproperties: {discriminator: {mapping: ./b.yaml}}',
    [],
  );
  finds('externalValue', 'components:\n  examples:\n    E:\n      externalValue: e.json\n', ['e.json']);
  finds('operationRef', 'links: {l: {operationRef: "b.yaml#/paths/x"}}', ['b.yaml#/paths/x']);
  finds('properties of these names', 'properties:\n  externalValue: e.json\n  operationRef: o.json\n', []);
});

describe('scanReferences: what is worth an alarm', () => {
  const silent = (title: string, text: string): void => {
    it(`not ${title}`, () => assert.deepEqual(alarms(text), { 'x.yaml': false }));
  };
  const alarming = (title: string, text: string): void => {
    it(title, () => assert.deepEqual(alarms(text), { 'x.yaml': true }));
  };
  silent('in example', 'schema: {example: {a: [{$ref: x.yaml}]}}');
  silent('in examples.*.value', 'examples: {a: {value: {b: {$ref: x.yaml}}}}');
  silent('in a list of examples', 'examples: [{$ref: x.yaml}]');
  silent('in default', 'default: {$ref: x.yaml}');
  silent('in enum', 'enum: [{$ref: x.yaml}]');
  silent('in const', 'const:\n  $ref: x.yaml\n');
  silent('where a property is named $ref', 'properties: {$ref: x.yaml}');
  silent('in an example that holds a schema', 'example: {properties: {a: {$ref: x.yaml}}}');
  alarming('examples.*.$ref', 'examples: {a: {$ref: x.yaml}}');
  alarming('a response named default', 'responses: {default: {$ref: x.yaml}}');
  alarming(
    'properties named example, default, enum, const',
    'properties: {example: {properties: {default: {properties: {enum: {properties: {const: {$ref: x.yaml}}}}}}}}',
  );
  alarming('a property named properties', 'properties: {properties: {$ref: x.yaml}}');
  alarming('a schema named example', 'components: {schemas: {example: {$ref: x.yaml}}}');
  alarming('x-*', 'x-a: {b: {$ref: x.yaml}}');
  alarming('an example by externalValue', 'examples: {a: {externalValue: x.yaml}}');
});

describe('scanReferences: ranges', () => {
  const rangesOf = (text: string): number[][] =>
    scanReferences(text).references.map(({ range }) => [
      range.line,
      range.character,
      range.endLine,
      range.endCharacter,
    ]);
  it('are the value without its quotes', () => {
    assert.deepEqual(rangesOf('a:\n  $ref: "a.yaml"\nb: {$ref: b.yaml}\n'), [
      [1, 9, 1, 15],
      [2, 10, 2, 16],
    ]);
  });
  it('count CRLF and CR as one line end', () => {
    assert.deepEqual(rangesOf('a: 1\r\nb: 2\r$ref: c\n'), [[2, 6, 2, 7]]);
  });
  it('may span lines', () => assert.deepEqual(rangesOf('$ref: my\n  file\n'), [[0, 6, 1, 6]]));
  it('are the alias where the value is one', () => assert.deepEqual(rangesOf('a: &a x\n$ref: *a\n'), [[1, 6, 1, 8]]));
});
