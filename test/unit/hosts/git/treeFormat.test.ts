import assert from 'node:assert/strict';
import { asTreeChange, parseRawChanges, parseTree } from '../../../../src/hosts/git/treeFormat.ts';

const a = 'a'.repeat(40);
const b = 'b'.repeat(40);
const none = '0'.repeat(40);

describe('parseTree', () => {
  it('reads kinds, ids and any name', () => {
    const records = [
      `100644 blob ${a}\tplain`,
      `100664 blob ${a}\told`,
      `100755 blob ${b}\trun me\tnow\n`,
      `120000 blob ${a}\tlink`,
      `160000 commit ${b}\tmodule`,
    ];
    const tree = parseTree(Buffer.from(records.map((record) => `${record}\0`).join('')));
    assert.deepEqual(
      [...tree.values()].map(({ path, kind, id }) => [path, kind, id]),
      [
        ['plain', 'regular', a],
        ['old', 'regular', a],
        ['run me\tnow\n', 'executable', b],
        ['link', 'link', a],
        ['module', 'submodule', b],
      ],
    );
    assert.equal(parseTree(new Uint8Array()).size, 0);
  });
});

describe('parseRawChanges', () => {
  it('reads both sides', () => {
    const output = [
      `:000000 100644 ${none} ${a} A`,
      'new',
      `:100644 000000 ${a} ${none} D`,
      'gone',
      `:100644 100755 ${a} ${a} M`,
      'mode',
    ];
    const changes = parseRawChanges(Buffer.from(`${output.join('\0')}\0`)).map(asTreeChange);
    assert.deepEqual(changes, [
      { path: 'new', kind: 'added', to: { kind: 'regular', id: a } },
      { path: 'gone', kind: 'deleted' },
      { path: 'mode', kind: 'modified', to: { kind: 'executable', id: a } },
    ]);
  });
});
