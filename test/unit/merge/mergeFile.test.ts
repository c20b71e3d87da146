import assert from 'node:assert/strict';
import { findDefect } from '../../../src/core/merge/findDefect.ts';
import { mergeFile } from '../../../src/core/merge/mergeFile.ts';
import { mergeMode } from '../../../src/core/merge/mergeMode.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function merged(path: string, base: string | undefined, ours: string, theirs: string): Promise<string> {
  const result = await mergeFile(
    path as RepoPath,
    base === undefined ? undefined : bytes(base),
    bytes(ours),
    bytes(theirs),
  );
  return result.kind === 'clean' ? new TextDecoder().decode(result.bytes) : `conflict: ${result.reason}`;
}

describe('mergeFile', () => {
  const base = '{\n  "a": 1,\n  "b": 2,\n  "c": 3,\n  "d": 4\n}\n';

  it('takes equal bytes without a look at them', async () => {
    assert.equal(await merged('a.json', '{', '{{', '{{'), '{{');
    assert.equal(await merged('a.json', undefined, '{{', '{{'), '{{');
    assert.equal(await merged('a.json', '{', '{', '{{'), '{{');
    assert.equal(await merged('a.json', '{', '{{', '{'), '{{');
  });

  it('leaves two new files that differ to a person', async () => {
    assert.equal(await merged('a.md', undefined, 'a\n', 'a\nb\n'), 'conflict: overlap');
  });

  it('joins JSON that stays JSON', async () => {
    const result = await merged('a.json', base, base.replace('1', '10'), base.replace('4', '40'));
    assert.equal(result, base.replace('1', '10').replace('4', '40'));
  });

  it('refuses JSON that no longer parses', async () => {
    // Both take the last property away, each in another place: a comma is left.
    const ours = '{\n  "a": 1,\n  "b": 2,\n  "c": 3,\n  "d": 4,\n  "e": 5\n}\n';
    const dropped = ours.replace(',\n  "e": 5\n', '\n');
    const result = await merged(
      'a.json',
      ours,
      dropped.replace('"d": 4\n', '"d": 4,\n'),
      ours.replace('  "a": 1,\n', ''),
    );
    assert.equal(result, 'conflict: doesNotParse');
  });

  it('joins what touches by structure, and what two added under one key not at all', async () => {
    const [mine, theirs] = ['"m": 1', '"t": 2'].map((added) => base.replace('4', `4,\n  ${added}`));
    const both = base.replace('4', '4,\n  "m": 1,\n  "t": 2');
    for (const path of ['a.json', 'A.JSON', 'openapi'])
      assert.equal(await merged(path, base, mine ?? '', theirs ?? ''), both);
    assert.equal(await merged('a.txt', base, mine ?? '', theirs ?? ''), 'conflict: overlap');
    const [ours, others] = [base.replace('{\n', '{\n  "new": 1,\n'), base.replace('"c"', '"new": 2,\n  "c"')];
    for (const path of ['a.json', 'openapi']) assert.equal(await merged(path, base, ours, others), 'conflict: overlap');
  });

  it('refuses YAML in which a key comes twice, where lines decide', async () => {
    const text = 'paths:\n  /a:\n    get: 1\n  /b:\n    get: 2\n  /c:\n    get: 3\n---\nsecond: document\n';
    const ours = text.replace('paths:\n', 'paths:\n  /new: 1\n');
    const theirs = text.replace('get: 2\n', 'get: 2\n  /new: 2\n');
    assert.equal(await merged('a.yaml', text, ours, theirs), 'conflict: duplicateKey');
    assert.equal(
      await merged('a.txt', text, ours, theirs),
      text.replace('paths:\n', 'paths:\n  /new: 1\n').replace('get: 2\n', 'get: 2\n  /new: 2\n'),
    );
  });

  it('lets lines decide on what structure does not know', async () => {
    const prose = 'One.\nTwo.\nThree.\nFour.\n';
    assert.equal(
      await merged('LICENSE', prose, prose.replace('One', '"1"'), prose.replace('Four', '[')),
      '"1".\nTwo.\nThree.\n[.\n',
    );
  });

  it('says what the text merge said', async () => {
    assert.equal(await merged('a.md', 'a\n', 'b\n', 'c\n'), 'conflict: overlap');
    assert.equal(await merged('a.bin', '\0', '\0a', '\0b'), 'conflict: notText');
  });
});

describe('findDefect', () => {
  const rows: readonly (readonly [name: string, path: string, text: string, expected: string | undefined])[] = [
    ['JSON', 'a.json', '{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}', undefined],
    ['JSON behind a byte order mark', 'a.json', '\ufeff{}', undefined],
    ['JSON keys that differ by escapes only', 'a.json', '{"a": 1, "\\u0061": 2}', 'duplicateKey'],
    ['a key named __proto__', 'a.json', '{"__proto__": 1, "a": 2}', undefined],
    ['a comment in JSON', 'a.json', '{} // x', 'doesNotParse'],
    ['a trailing comma in JSON', 'a.json', '{"a": 1,}', 'doesNotParse'],
    ['an empty JSON file', 'a.json', '', 'doesNotParse'],
    ['JSON that is deeper than a stack', 'a.json', '['.repeat(100_000), 'doesNotParse'],
    ['YAML', 'a.yml', 'a: 1\nb: {a: 1}\n', undefined],
    ['YAML keys that differ by quotes only', 'a.yaml', 'a: 1\n"a": 2\n', 'duplicateKey'],
    ['a number and a text as keys', 'a.yaml', '200: 1\n"200": 2\n', undefined],
    ['keys twice, deep inside', 'a.yaml', 'a:\n  - b:\n      c: 1\n      c: 2\n', 'duplicateKey'],
    ['YAML in which an alias lost its anchor', 'a.yaml', 'a: *x\n', 'doesNotParse'],
    ['YAML with its anchor', 'a.yaml', 'a: &x 1\nb: *x\n', undefined],
    ['YAML with a tab for indentation', 'a.yaml', 'a:\n\tb: 1\n', 'doesNotParse'],
    ['several documents', 'a.yaml', 'a: 1\n---\na: 2\n', undefined],
    ['an empty YAML file', 'a.yaml', '', undefined],
    ['YAML that is deeper than a stack', 'a.yaml', '['.repeat(100_000), 'doesNotParse'],
    ['anything else', 'a.graphql', '{{{', undefined],
  ];
  for (const [name, path, text, expected] of rows) {
    it(name, () => assert.equal(findDefect(path as RepoPath, bytes(text), []), expected));
  }

  it('does not follow aliases: ten levels of ten are no ten thousand million nodes', () => {
    const levels = Array.from({ length: 10 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join()}]`);
    assert.equal(findDefect('a.yaml' as RepoPath, bytes(['l0: &l0 x', ...levels].join('\n')), []), undefined);
  });
});

describe('mergeMode', () => {
  it('is the mode that a side changed', () => {
    assert.equal(mergeMode('regular', 'executable', 'regular'), 'executable');
    assert.equal(mergeMode('regular', 'regular', 'executable'), 'executable');
    assert.equal(mergeMode('executable', 'regular', 'executable'), 'regular');
    assert.equal(mergeMode('executable', 'executable', 'executable'), 'executable');
    assert.equal(mergeMode(undefined, 'regular', 'executable'), 'executable');
  });
});
