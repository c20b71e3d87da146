import assert from 'node:assert/strict';
import { asBlobId } from '../../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../../src/core/model/repoPath.ts';
import type { Tree, TreeEntryKind } from '../../../../src/core/model/snapshot.ts';
import { kindOfMode } from '../../../../src/hosts/http/kindOfMode.ts';
import { treeChanges } from '../../../../src/hosts/http/treeChanges.ts';

const one = asBlobId('1'.repeat(40));
const two = asBlobId('2'.repeat(40));

function tree(files: Readonly<Record<string, readonly [kind: TreeEntryKind, id: typeof one]>>): Tree {
  const entries = Object.entries(files).map(([path, [kind, id]]) => ({ path: path as RepoPath, kind, id }));
  return new Map(entries.map((entry) => [entry.path, entry]));
}

describe('two trees', () => {
  it('differ in what one alone has, in contents and in kinds', () => {
    const before = tree({
      same: ['regular', one],
      gone: ['regular', one],
      text: ['regular', one],
      bit: ['regular', one],
    });
    const after = tree({
      same: ['regular', one],
      text: ['regular', two],
      bit: ['executable', one],
      new: ['link', two],
    });
    assert.deepEqual(treeChanges(before, after), [
      { path: 'text', kind: 'modified', to: { kind: 'regular', id: two } },
      { path: 'bit', kind: 'modified', to: { kind: 'executable', id: one } },
      { path: 'new', kind: 'added', to: { kind: 'link', id: two } },
      { path: 'gone', kind: 'deleted' },
    ]);
    assert.deepEqual(treeChanges(after, after), []);
  });
});

describe('a mode of a tree', () => {
  it('says what kind of file it is', () => {
    const modes = ['100644', '100664', '100755', '120000', '160000'];
    assert.deepEqual(modes.map(kindOfMode), ['regular', 'regular', 'executable', 'link', 'submodule']);
  });
});
