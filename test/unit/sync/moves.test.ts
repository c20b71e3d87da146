import assert from 'node:assert/strict';
import { asCommitId } from '../../../src/core/model/ids.ts';
import type { BlobId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { FileVersion } from '../../../src/core/model/snapshot.ts';
import { deletesTooMuch } from '../../../src/core/sync/deletesTooMuch.ts';
import { convergedOf, incomingOf, moveBase, outgoingOf } from '../../../src/core/sync/moves.ts';
import { plan } from '../../../src/core/sync/plan.ts';
import { count } from '../../../src/core/sync/planCount.ts';
import type { SyncPlan } from '../../../src/core/sync/planItem.ts';

const [first, second] = [asCommitId('1'.repeat(40)), asCommitId('2'.repeat(40))];

function version(letter: string): FileVersion {
  return { id: letter.repeat(40) as BlobId, mode: 'regular' };
}

/** `name:letter` for each file. */
function files(...entries: readonly string[]): ReadonlyMap<RepoPath, FileVersion> {
  return new Map(
    entries.map((entry) => {
      const [name = '', letter = ''] = entry.split(':');
      return [name as RepoPath, version(letter)];
    }),
  );
}

const base = moveBase(new Map(), files('edited:a', 'gone:a', 'stale:a', 'lost:a', 'both:a', 'agreed:a'), first);
const local = files('edited:b', 'new:b', 'stale:a', 'lost:a', 'both:b', 'agreed:c');
const remote = files('edited:a', 'gone:a', 'stale:d', 'both:d', 'agreed:c');
const universe = [...base.keys(), ...local.keys()];
const whole = plan(universe, base, local, remote);

describe('moves of a plan', () => {
  it('takes exactly what is outgoing into a commit', () => {
    assert.deepEqual(Object.fromEntries(outgoingOf(whole)), { edited: version('b'), gone: null, new: version('b') });
  });

  it('takes exactly what is incoming into a pull', () => {
    assert.deepEqual(Object.fromEntries(incomingOf(whole)), { stale: version('d'), lost: null });
  });

  it('knows what both sides agree on', () => {
    assert.deepEqual(Object.fromEntries(convergedOf(whole)), { agreed: version('c') });
  });

  it('moves the base of what moved, and of nothing else', () => {
    const moved = moveBase(base, outgoingOf(whole), second);
    assert.deepEqual(moved.get('edited' as RepoPath), { ...version('b'), commit: second });
    assert.equal(moved.has('gone' as RepoPath), false);
    assert.deepEqual(moved.get('stale' as RepoPath), base.get('stale' as RepoPath));
    assert.deepEqual(outgoingOf(plan(universe, moved, local, remote)).size, 0);
  });

  it('leaves the base that it was given as it was', () => {
    const before = [...base];
    moveBase(base, outgoingOf(whole), second);
    assert.deepEqual([...base], before);
  });
});

describe('count', () => {
  it('counts each side', () => {
    assert.deepEqual(count(whole), { outgoing: 3, incoming: 2, conflicts: 1 });
  });

  it('counts a conflict that pull can join as outgoing and as incoming', () => {
    const tried = (mergeable: boolean): SyncPlan =>
      whole.map((item) => (item.kind === 'conflict' ? { ...item, mergeable } : item));
    assert.deepEqual(count(tried(true)), { outgoing: 4, incoming: 3, conflicts: 0 });
    assert.deepEqual(count(tried(false)), { outgoing: 3, incoming: 2, conflicts: 1 });
  });
});

describe('deletesTooMuch', () => {
  const rootFile = 'openapi.yaml' as RepoPath;
  const members = new Set(['openapi.yaml', 'a', 'b', 'c'] as RepoPath[]);
  const deleting = (...paths: readonly string[]): SyncPlan =>
    paths.map((path) => ({ path: path as RepoPath, kind: 'outgoing', change: 'deleted' }));

  it('names the root file', () => {
    assert.deepEqual(deletesTooMuch(deleting('openapi.yaml'), { rootFile, members }), ['openapi.yaml']);
  });

  it('names more than half of the files, and lets half go', () => {
    assert.deepEqual(deletesTooMuch(deleting('a', 'b', 'c'), { rootFile, members }), ['a', 'b', 'c']);
    assert.deepEqual(deletesTooMuch(deleting('a', 'b'), { rootFile, members }), []);
  });

  it("does not count writes, nor other APIs' files", () => {
    const writes: SyncPlan = ['b', 'c'].map((path) => ({
      path: path as RepoPath,
      kind: 'outgoing',
      change: 'modified',
    }));
    const moves = [...deleting('a', 'x', 'y', 'z'), ...writes];
    assert.deepEqual(deletesTooMuch(moves, { rootFile, members }), []);
  });

  it('counts no renamed file, and names the root file all the same', () => {
    const renaming = deleting('openapi.yaml', 'a', 'b', 'c').map((item) => ({
      ...item,
      rename: { from: item.path, here: `${item.path}2` as RepoPath },
    }));
    assert.deepEqual(deletesTooMuch(renaming, { rootFile, members }), ['openapi.yaml']);
    assert.deepEqual(deletesTooMuch(renaming.slice(1), { rootFile, members }), []);
  });

  it('finds nothing to ask about an API without files', () => {
    assert.deepEqual(deletesTooMuch(deleting('a'), { members: new Set() }), []);
  });
});
