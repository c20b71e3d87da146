import assert from 'node:assert/strict';
import { asCommitId, type BlobId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { BaseVersion, FileVersion } from '../../../src/core/model/snapshot.ts';
import type { UnmergedFile } from '../../../src/core/model/unmergedFile.ts';
import { plan } from '../../../src/core/sync/plan.ts';
import { count } from '../../../src/core/sync/planCount.ts';
import { withUnmerged } from '../../../src/core/sync/unmerged.ts';

const version = (letter: string): FileVersion => ({ id: letter.repeat(40) as BlobId, mode: 'regular' });
const base = version('b');
const mine = version('1');
const theirs = version('2');
const attempt = version('a');
const path = 'm.yaml' as RepoPath;
const moments = {
  base: new Map<RepoPath, BaseVersion>([[path, { ...base, commit: asCommitId('c'.repeat(40)) }]]),
  local: new Map([
    [path, attempt],
    ['z.yaml' as RepoPath, attempt],
  ]),
  remote: new Map([[path, base]]),
};
const universe = new Set([path, 'z.yaml' as RepoPath]);
const joined = (sides: UnmergedFile, of: ReadonlySet<RepoPath> = universe) =>
  withUnmerged(plan(universe, moments.base, moments.local, moments.remote), new Map([[path, sides]]), of, moments);

describe('Git’s own conflicts in a plan', () => {
  const rows: readonly (readonly [kind: string, sides: UnmergedFile])[] = [
    ['bothModified', { base, mine, theirs }],
    ['bothAdded', { mine, theirs }],
    ['deletedThere', { base, mine }],
    ['deletedHere', { base, theirs }],
    ['deletedThere', { base }],
  ];
  for (const [kind, sides] of rows) {
    it(`are ${kind} with ${Object.keys(sides).join(', ')}`, () => {
      const [item] = joined(sides);
      assert.equal(item?.kind === 'conflict' && item.conflict, kind);
      assert.deepEqual(item?.local, sides.mine && attempt);
      assert.deepEqual(item?.remote, sides.theirs);
      assert.equal(item?.base?.id, base.id);
    });
  }

  it('take the place of what comparing says, and are counted as for a person to decide', () => {
    const plan = joined({ base, mine, theirs });
    assert.deepEqual(
      plan.map((item) => `${item.path} ${item.kind}`),
      ['m.yaml conflict', 'z.yaml outgoing'],
    );
    assert.deepEqual(count(plan), { outgoing: 1, incoming: 0, conflicts: 1 });
  });

  it('of files that the plan is not about change nothing', () => {
    assert.equal(joined({ base, mine, theirs }, new Set(['z.yaml' as RepoPath]))[0]?.kind, 'outgoing');
  });
});
