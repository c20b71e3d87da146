import assert from 'node:assert/strict';
import { readTree, treeAt, type TreeNode } from '../../../src/core/definition/documentTree.ts';

/** The tree as plain values. */
function plain(node: TreeNode | undefined): unknown {
  if (node === undefined) return null;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
}

describe('readTree', () => {
  const reads = (title: string, text: string, expected: unknown): void => {
    it(title, () => assert.deepEqual(plain(readTree(text)), expected));
  };
  reads('maps and lists of YAML', 'a: 1\nb:\n  - c: x\n    d: y\n  - z\n', { a: '1', b: [{ c: 'x', d: 'y' }, 'z'] });
  reads('the same in JSON', '{"a":"1","b":[{"c":"x","d":"y"},"z"]}', { a: '1', b: [{ c: 'x', d: 'y' }, 'z'] });
  reads('escapes', '{"a\\/b":"\\u00e9\\n\\ud83d\\ude00"}', { 'a/b': 'é\n😀' });
  reads('a key without a value', 'get:\npost: x\n', { get: null, post: 'x' });
  reads('an alias as what it names', 'a: &x {b: c}\nd: *x\ne: &y f\ng: *y\n', {
    a: { b: 'c' },
    d: { b: 'c' },
    e: 'f',
    g: 'f',
  });
  reads('a merge key, with what is there first', 'a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n', {
    a: { b: '1', c: '2' },
    d: { b: '1', c: '3' },
  });
  reads('the last of two equal keys', 'a: 1\na: 2\n', { a: '2' });
  reads('a pair in a list', '[a: b, c]', [{ a: 'b' }, 'c']);
  reads('the first of several documents', 'a: 1\n---\nb: 2\n', { a: '1' });
  reads('what stands before the text breaks', '{"a": {"b": "c"', { a: { b: 'c' } });
  reads('nothing where there is no structure', 'just prose', null);

  it('knows where keys are', () => {
    const text = 'paths:\n  /pets:\n    get: {}\n';
    const item = treeAt(readTree(text), 'paths', '/pets');
    const entry = item?.kind === 'map' ? item.entries.get('get') : undefined;
    assert.equal(text.slice(entry?.start, entry?.end), 'get');
  });

  it('survives nesting that would overflow a stack', () => {
    assert.equal(readTree('['.repeat(200_000))?.kind, 'list');
  });
});
