import assert from 'node:assert/strict';
import type { RepoPath } from '../../../../src/core/model/repoPath.ts';
import { oneOfEach } from '../../../../src/vscode/backup/oneOfEach.ts';

const item = (path: string): { readonly file: { readonly path: RepoPath } } => ({ file: { path: path as RepoPath } });

describe('copies that a person ticks', () => {
  const [here, parked, other] = [item('a.yaml'), item('a.yaml'), item('b.yaml')];

  it('are at first one of each file: as it was in the folder before as it was parked', () => {
    assert.deepEqual(oneOfEach([here, parked, other], []), [here, other]);
  });

  it('take the place of another copy of the same file', () => {
    assert.deepEqual(oneOfEach([here, parked, other], [here, other]), [parked, other]);
    assert.deepEqual(oneOfEach([here, parked, other], [parked]), [here, other]);
  });

  it('are left alone otherwise', () => {
    assert.deepEqual(oneOfEach([other], [here, other]), [other]);
    assert.deepEqual(oneOfEach([parked, other], [parked]), [parked, other]);
    assert.deepEqual(oneOfEach([], [here]), []);
  });
});
