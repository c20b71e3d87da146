import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asCommitId } from '../../../src/core/model/ids.ts';
import type { BlobId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { BaseVersion, FileMode, FileVersion } from '../../../src/core/model/snapshot.ts';
import { plan } from '../../../src/core/sync/plan.ts';
import type { PlanItem } from '../../../src/core/sync/planItem.ts';

const commit = asCommitId('c'.repeat(40));
const path = 'openapi.yaml' as RepoPath;

function version(letter: string, mode: FileMode = 'regular'): FileVersion {
  return { id: letter.repeat(40) as BlobId, mode };
}

function mapOf<V>(value: V | undefined): ReadonlyMap<RepoPath, V> {
  return new Map(value === undefined ? [] : [[path, value]]);
}

/** What is planned for one path; letters are contents, `x` behind one is executable, '' is no file. */
function planned(base: string, local: string, remote: string): string {
  const [b, l, r] = [base, local, remote].map((text) =>
    text === '' ? undefined : version(text.charAt(0), text.endsWith('x') ? 'executable' : 'regular'),
  );
  const items = plan([path], mapOf(b === undefined ? undefined : { ...b, commit }), mapOf(l), mapOf(r));
  return items.map(describeItem).join();
}

function describeItem(item: PlanItem): string {
  if (item.kind === 'converged') return 'converged';
  return item.kind === 'conflict' ? `conflict ${item.conflict}` : `${item.kind} ${item.change}`;
}

describe('plan', () => {
  const rows: readonly (readonly [name: string, base: string, local: string, remote: string, expected: string])[] = [
    ['same here, same there: nothing', 'a', 'a', 'a', ''],
    ['same here, changed there: incoming', 'a', 'a', 'b', 'incoming modified'],
    ['same here, deleted there: incoming delete', 'a', 'a', '', 'incoming deleted'],
    ['changed here, same there: outgoing', 'a', 'b', 'a', 'outgoing modified'],
    ['changed to the same bytes on both sides: converged', 'a', 'b', 'b', 'converged'],
    ['changed differently on both sides: both modified', 'a', 'b', 'd', 'conflict bothModified'],
    ['changed here, deleted there: conflict', 'a', 'b', '', 'conflict deletedThere'],
    ['deleted here, same there: outgoing delete', 'a', '', 'a', 'outgoing deleted'],
    ['deleted here, changed there: conflict', 'a', '', 'b', 'conflict deletedHere'],
    ['deleted on both sides: converged', 'a', '', '', 'converged'],
    ['absent everywhere: nothing', '', '', '', ''],
    ['new here: outgoing', '', 'a', '', 'outgoing added'],
    ['new there: incoming', '', '', 'a', 'incoming added'],
    ['new on both sides with the same bytes: converged', '', 'a', 'a', 'converged'],
    ['new on both sides with other bytes: both added', '', 'a', 'b', 'conflict bothAdded'],
    ['mode changed here: outgoing', 'a', 'ax', 'a', 'outgoing modified'],
    ['mode changed there: incoming', 'a', 'a', 'ax', 'incoming modified'],
    ['mode changed on both sides: converged', 'a', 'ax', 'ax', 'converged'],
    ['same bytes with other modes: both modified', 'a', 'b', 'bx', 'conflict bothModified'],
  ];
  for (const [name, base, local, remote, expected] of rows) {
    it(name, () => assert.equal(planned(base, local, remote), expected));
  }

  it('says all three sides', () => {
    const base = { ...version('a'), commit };
    const [item] = plan([path], mapOf<BaseVersion>(base), mapOf(version('b')), mapOf(version('d')));
    assert.deepEqual(item, {
      path,
      kind: 'conflict',
      conflict: 'bothModified',
      base,
      local: version('b'),
      remote: version('d'),
    });
  });

  it('sorts by code unit, whatever the order of the universe', () => {
    const paths = ['b', 'a/z', 'B', 'ä', 'a', '\u{1f600}', '\uffee', 'a-b'] as RepoPath[];
    const remote = new Map(paths.map((each) => [each, version('a')]));
    const sorted = ['B', 'a', 'a-b', 'a/z', 'b', 'ä', '\u{1f600}', '\uffee'];
    for (const universe of [paths, [...paths].reverse(), [...paths, ...paths]]) {
      const items = plan(universe, new Map(), new Map(), remote);
      assert.deepEqual(
        items.map((item) => item.path),
        sorted,
      );
    }
  });

  const paths = fc.constantFrom('a', 'b/c', 'b/d', 'e.yaml', '__proto__', 'F').map((text) => text as RepoPath);
  const versions = fc.record<FileVersion>({
    id: fc.constantFrom('1', '2', '3').map((letter) => letter.repeat(40) as BlobId),
    mode: fc.constantFrom<FileMode>('regular', 'executable'),
  });
  const snapshots = fc.array(fc.tuple(paths, versions)).map((entries) => new Map(entries));
  const bases = snapshots.map((entries) => new Map([...entries].map(([key, value]) => [key, { ...value, commit }])));

  it('never plans a delete of a file that is still there, whatever part of it the closures reach', () => {
    fc.assert(
      fc.property(fc.array(paths), bases, snapshots, snapshots, (universe, base, local, remote) => {
        for (const item of plan(universe, base, local, remote)) {
          if (item.kind === 'incoming' && item.change === 'deleted') assert.ok(!remote.has(item.path));
          if (item.kind === 'outgoing' && item.change === 'deleted') assert.ok(!local.has(item.path));
        }
      }),
    );
  });

  it('plans each path by itself: a smaller universe gives the same answers for what is left', () => {
    fc.assert(
      fc.property(fc.array(paths), fc.array(paths), bases, snapshots, snapshots, (some, more, base, local, remote) => {
        const all = plan([...some, ...more], base, local, remote);
        const few = plan(some, base, local, remote);
        assert.deepEqual(
          few,
          all.filter((item) => some.includes(item.path)),
        );
      }),
    );
  });

  it('sees the mirror image from the other side', () => {
    const mirror: Readonly<Record<string, string>> = {
      outgoing: 'incoming',
      incoming: 'outgoing',
      deletedHere: 'deletedThere',
      deletedThere: 'deletedHere',
    };
    const words = (item: PlanItem): readonly string[] => describeItem(item).split(' ');
    fc.assert(
      fc.property(fc.array(paths), bases, snapshots, snapshots, (universe, base, local, remote) => {
        const here = plan(universe, base, local, remote).map(words);
        const there = plan(universe, base, remote, local).map(words);
        assert.deepEqual(
          here,
          there.map((item) => item.map((word) => mirror[word] ?? word)),
        );
      }),
    );
  });
});
