import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asBlobId, asCommitId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { BaseVersion, FileVersion } from '../../../src/core/model/snapshot.ts';
import { parkedOn, withParked, type CheckoutState } from '../../../src/core/sync/checkoutState.ts';
import { finishedState, type Journal } from '../../../src/core/sync/journal.ts';
import { changedItems, setAside } from '../../../src/core/sync/parking.ts';
import { plan } from '../../../src/core/sync/plan.ts';

const names = ['a', 'b', 'c', 'd'] as RepoPath[];
const commit = asCommitId('c'.repeat(40));
const version = fc
  .constantFrom('1', '2', '3')
  .map((digit): FileVersion => ({ id: asBlobId(digit.repeat(40)), mode: 'regular' }));
const snapshots = fc
  .array(fc.option(version, { nil: undefined }), { minLength: names.length, maxLength: names.length })
  .map((versions) => new Map(names.flatMap((path, index) => (versions[index] ? [[path, versions[index]]] : []))));

const state: CheckoutState = {
  repository: { host: 'git', origin: 'file://', id: 'file:///r.git', name: 'r' },
  branch: 'main',
  branches: new Map(),
};

describe('setting changes aside', () => {
  it('leaves the remote’s files in the folder, and remembers everything that was another one', () => {
    fc.assert(
      fc.property(snapshots, snapshots, snapshots, (before, local, remote) => {
        const base = new Map([...before].map(([path, file]): [RepoPath, BaseVersion] => [path, { ...file, commit }]));
        const { parked, plan: rest } = setAside(plan(names, base, local, remote));
        const folder = new Map(local);
        for (const item of rest) {
          assert.equal(item.kind, 'incoming');
          assert.deepEqual(item.local, local.get(item.path), 'what is expected to be there');
          if (item.remote === undefined) folder.delete(item.path);
          else folder.set(item.path, item.remote);
        }
        assert.deepEqual(new Map([...folder].sort()), new Map([...remote].sort()));
        for (const path of names) {
          const file = parked.get(path);
          const isChanged = base.get(path)?.id !== local.get(path)?.id;
          assert.equal(file !== undefined, isChanged, path);
          if (file === undefined) continue;
          assert.deepEqual(file.local, local.get(path) ?? null);
          assert.deepEqual(file.base, base.get(path));
        }
        assert.deepEqual(changedItems(rest), []);
      }),
    );
  });
});

describe('a switch that was cut off', () => {
  it('leaves parked what could not come back, because a person wrote there meanwhile', () => {
    const local: FileVersion = { id: asBlobId('1'.repeat(40)), mode: 'regular' };
    const waiting = new Map(names.map((path) => [path, { local }]));
    const before = withParked({ ...state, branch: 'topic' }, 'main', waiting);
    const entries = names.map((path) => ({ path, before: null, after: local }));
    const journal: Journal = { operation: 'switchBranch', entries, next: state, movesState: true };
    const touched = entries.slice(0, 1);
    assert.deepEqual([...parkedOn(finishedState(journal, touched, before), 'main').keys()], ['a']);
    assert.equal(finishedState(journal, [], before).parked, undefined);
    const stranger = { ...before, repository: { ...state.repository, id: 'other' } };
    assert.equal(finishedState(journal, touched, stranger).parked, undefined);
  });
});
