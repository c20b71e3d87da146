import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asCommitId } from '../../../src/core/model/ids.ts';
import type { BlobId } from '../../../src/core/model/ids.ts';
import type { RepoPath } from '../../../src/core/model/repoPath.ts';
import type { BaseVersion, FileMode, FileVersion } from '../../../src/core/model/snapshot.ts';
import { plan } from '../../../src/core/sync/plan.ts';
import type { Moments } from '../../../src/core/sync/plan.ts';
import { count } from '../../../src/core/sync/planCount.ts';
import type { PlanItem, SyncPlan } from '../../../src/core/sync/planItem.ts';
import { renamesBetween, withOtherNames, withRenames } from '../../../src/core/sync/renames.ts';

const commit = asCommitId('c'.repeat(40));
const emptyFile = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391' as BlobId;

/** `a=1 b=2x`: path a with content 1, path b with content 2 and executable; content `0` is the empty file. */
function snapshot(text: string): ReadonlyMap<RepoPath, FileVersion> {
  const files = new Map<RepoPath, FileVersion>();
  for (const entry of text.split(' ').filter((part) => part !== '')) {
    const [path = '', content = ''] = entry.split('=');
    const letter = content.charAt(0);
    const id = letter === '0' ? emptyFile : (letter.repeat(40) as BlobId);
    files.set(path as RepoPath, { id, mode: content.endsWith('x') ? 'executable' : 'regular' });
  }
  return files;
}

function baseOf(files: ReadonlyMap<RepoPath, FileVersion>): ReadonlyMap<RepoPath, BaseVersion> {
  return new Map([...files].map(([path, version]) => [path, { ...version, commit }]));
}

function planned({ base, local, remote }: Moments): SyncPlan {
  const universe = new Set([...base.keys(), ...local.keys(), ...remote.keys()]);
  return withRenames(plan(universe, base, local, remote), universe, { base, local, remote });
}

/** `a outgoing deleted (a>b)`: here to the right, `a<b`: there. */
function describeItem(item: PlanItem): string {
  const { path, rename } = item;
  const detail =
    item.kind === 'converged'
      ? ''
      : item.kind === 'conflict'
        ? ` ${item.conflict}${item.mergeable === true ? '+' : ''}`
        : ` ${item.change}`;
  const here = rename?.here === undefined ? '' : `>${rename.here}`;
  const there = rename?.there === undefined ? '' : `<${rename.there}`;
  return `${path} ${item.kind}${detail}${rename === undefined ? '' : ` (${rename.from}${here}${there})`}`;
}

interface Row {
  readonly what: string;
  readonly base: string;
  readonly local: string;
  readonly remote: string;
  readonly plan: readonly string[];
  /** ↑ ↓ !, as a person counts files. */
  readonly count: string;
}

const rows: readonly Row[] = [
  {
    what: 'renamed here',
    base: 'a=1',
    local: 'b=1',
    remote: 'a=1',
    plan: ['a outgoing deleted (a>b)', 'b outgoing added (a>b)'],
    count: '1 0 0',
  },
  {
    what: 'renamed there',
    base: 'a=1',
    local: 'a=1',
    remote: 'b=1',
    plan: ['a incoming deleted (a<b)', 'b incoming added (a<b)'],
    count: '0 1 0',
  },
  {
    what: 'renamed here, edited there: the edit follows',
    base: 'a=1',
    local: 'b=1',
    remote: 'a=2',
    plan: ['a conflict deletedHere+ (a>b)', 'b outgoing added (a>b)'],
    count: '1 1 0',
  },
  {
    what: 'renamed there, edited here: the edit follows',
    base: 'a=1',
    local: 'a=2',
    remote: 'b=1',
    plan: ['a conflict deletedThere+ (a<b)', 'b incoming added (a<b)'],
    count: '1 1 0',
  },
  {
    what: 'renamed here, made executable there: the mode follows',
    base: 'a=1',
    local: 'b=1',
    remote: 'a=1x',
    plan: ['a conflict deletedHere+ (a>b)', 'b outgoing added (a>b)'],
    count: '1 1 0',
  },
  {
    what: 'renamed and made executable here',
    base: 'a=1',
    local: 'b=1x',
    remote: 'a=1',
    plan: ['a outgoing deleted (a>b)', 'b outgoing added (a>b)'],
    count: '1 0 0',
  },
  {
    what: 'renamed by both to the same name: agreed',
    base: 'a=1',
    local: 'b=1',
    remote: 'b=1',
    plan: ['a converged', 'b converged'],
    count: '0 0 0',
  },
  {
    what: 'renamed by both to different names: conflict',
    base: 'a=1',
    local: 'b=1',
    remote: 'c=1',
    plan: [
      'a conflict renamedDifferently (a>b<c)',
      'b conflict renamedDifferently (a>b<c)',
      'c conflict renamedDifferently (a>b<c)',
    ],
    count: '0 0 1',
  },
  {
    what: 'renamed here, deleted there: conflict',
    base: 'a=1',
    local: 'b=1',
    remote: '',
    plan: ['a conflict deletedThere (a>b)', 'b conflict deletedThere (a>b)'],
    count: '0 0 1',
  },
  {
    what: 'deleted here, renamed there: conflict',
    base: 'a=1',
    local: '',
    remote: 'b=1',
    plan: ['a conflict deletedHere (a<b)', 'b conflict deletedHere (a<b)'],
    count: '0 0 1',
  },
  {
    what: 'renamed here to a name that somebody else took there: both stay what they are',
    base: 'a=1',
    local: 'b=1',
    remote: 'a=1 b=2',
    plan: ['a outgoing deleted', 'b conflict bothAdded'],
    count: '1 0 1',
  },
  {
    what: 'edited there and the new name taken there: both are conflicts',
    base: 'a=1',
    local: 'b=1',
    remote: 'a=3 b=2',
    plan: ['a conflict deletedHere', 'b conflict bothAdded'],
    count: '0 0 2',
  },
  {
    what: 'two files renamed to one name by two people',
    base: 'a=1 b=2',
    local: 'b=2 c=1',
    remote: 'a=1 c=2',
    plan: ['a outgoing deleted', 'b incoming deleted', 'c conflict bothAdded'],
    count: '1 1 1',
  },
  {
    what: 'case alone',
    base: 'a=1',
    local: 'A=1',
    remote: 'a=2',
    plan: ['A outgoing added (a>A)', 'a conflict deletedHere+ (a>A)'],
    count: '1 1 0',
  },
  {
    what: 'composition alone (NFC here, NFD there) by both',
    base: 'x=1',
    local: '\u00e4=1',
    remote: 'a\u0308=1',
    plan: [
      'a\u0308 conflict renamedDifferently (x>\u00e4<a\u0308)',
      'x conflict renamedDifferently (x>\u00e4<a\u0308)',
      '\u00e4 conflict renamedDifferently (x>\u00e4<a\u0308)',
    ],
    count: '0 0 1',
  },
  {
    what: 'renamed and edited on the same side: never joined',
    base: 'a=1',
    local: 'b=2',
    remote: 'a=3',
    plan: ['a conflict deletedHere', 'b outgoing added'],
    count: '1 0 1',
  },
  {
    what: 'one of two equal files renamed: never joined',
    base: 'a=1 b=1',
    local: 'b=1 c=1',
    remote: 'a=2 b=1',
    plan: ['a conflict deletedHere', 'c outgoing added'],
    count: '1 0 1',
  },
  {
    what: 'one file made two: never joined',
    base: 'a=1',
    local: 'b=1 c=1',
    remote: 'a=2',
    plan: ['a conflict deletedHere', 'b outgoing added', 'c outgoing added'],
    count: '2 0 1',
  },
  {
    what: 'empty files are all alike: never joined',
    base: 'a=0',
    local: 'b=0',
    remote: 'a=2',
    plan: ['a conflict deletedHere', 'b outgoing added'],
    count: '1 0 1',
  },
  {
    what: 'a swap is two edits: never joined',
    base: 'a=1 b=2',
    local: 'a=2 b=1',
    remote: 'a=3 b=2',
    plan: ['a conflict bothModified', 'b outgoing modified'],
    count: '1 0 1',
  },
  {
    what: 'a chain is a delete, an edit and an add: never joined',
    base: 'a=1 b=2',
    local: 'b=1 c=2',
    remote: 'a=1 b=3',
    plan: ['a outgoing deleted', 'b conflict bothModified', 'c outgoing added'],
    count: '2 0 1',
  },
  {
    what: 'two renames at once, each by another side',
    base: 'a=1 b=2',
    local: 'b=2 c=1',
    remote: 'a=1 d=2',
    plan: ['a outgoing deleted (a>c)', 'b incoming deleted (b<d)', 'c outgoing added (a>c)', 'd incoming added (b<d)'],
    count: '1 1 0',
  },
  {
    what: 'renamed here, another file of the same bytes added there',
    base: 'a=1',
    local: 'b=1',
    remote: 'a=1 c=1',
    plan: ['a outgoing deleted (a>b)', 'b outgoing added (a>b)', 'c incoming added'],
    count: '1 1 0',
  },
];

const mirrored: Readonly<Record<string, string>> = {
  outgoing: 'incoming',
  incoming: 'outgoing',
  deletedHere: 'deletedThere',
  deletedThere: 'deletedHere',
  'deletedHere+': 'deletedThere+',
  'deletedThere+': 'deletedHere+',
};

function mirror(line: string): string {
  const words = line.split(' ').map((word) => mirrored[word] ?? word);
  return words.join(' ').replace(/\(([^<>]+)(>[^<>]+)?(<[^<>]+)?\)/u, (_, from: string, here = '', there = '') => {
    const swapped = `${there}`.replace('<', '>') + `${here}`.replace('>', '<');
    return `(${from}${swapped})`;
  });
}

describe('renames in a plan', () => {
  for (const row of rows) {
    const sides = { base: baseOf(snapshot(row.base)), local: snapshot(row.local), remote: snapshot(row.remote) };

    it(row.what, () => {
      const items = planned(sides);
      assert.deepEqual(items.map(describeItem), row.plan);
      const { outgoing, incoming, conflicts } = count(items);
      assert.equal([outgoing, incoming, conflicts].join(' '), row.count);
    });

    it(`${row.what}, seen from the other side`, () => {
      const items = planned({ ...sides, local: sides.remote, remote: sides.local });
      assert.deepEqual(items.map(describeItem), row.plan.map(mirror));
    });
  }

  it('are decided with all their names at once', () => {
    const sides = { base: baseOf(snapshot('a=1 x=7')), local: snapshot('b=1 x=8'), remote: snapshot('c=1 x=7') };
    const items = planned(sides);
    for (const path of ['a', 'b', 'c'] as RepoPath[]) {
      assert.deepEqual([...withOtherNames(items, [path])].sort(), ['a', 'b', 'c']);
    }
    assert.deepEqual([...withOtherNames(items, ['x' as RepoPath])], ['x']);
  });

  const paths = fc.constantFrom('a', 'b', 'c', 'd', 'A', 'a/b').map((text) => text as RepoPath);
  const versions = fc.record<FileVersion>({
    id: fc.constantFrom('1', '2', '3', '4').map((letter) => letter.repeat(40) as BlobId),
    mode: fc.constantFrom<FileMode>('regular', 'executable'),
  });
  const snapshots = fc.array(fc.tuple(paths, versions), { maxLength: 6 }).map((entries) => new Map(entries));

  it('join a delete and an add of the same bytes, and never one file with two', () => {
    fc.assert(
      fc.property(snapshots, snapshots, (before, after) => {
        const renames = renamesBetween(new Set([...before.keys(), ...after.keys()]), before, after);
        assert.equal(new Set(renames.values()).size, renames.size);
        for (const [from, to] of renames) {
          assert.equal(before.get(from)?.id, after.get(to)?.id);
          assert.ok(!after.has(from) && !before.has(to));
        }
      }),
    );
  });

  it('take nothing out of a plan and put nothing into it', () => {
    fc.assert(
      fc.property(snapshots, snapshots, snapshots, (before, local, remote) => {
        const base = baseOf(before);
        const universe = new Set([...base.keys(), ...local.keys(), ...remote.keys()]);
        const plain = plan(universe, base, local, remote);
        const joined = withRenames(plain, universe, { base, local, remote });
        const sides = ({ path, base, local, remote }: PlanItem): unknown => ({ path, base, local, remote });
        assert.deepEqual(joined.map(sides), plain.map(sides));
      }),
    );
  });

  it('make nothing of a conflict that pull would take but an edit beside a file whose bytes did not change', () => {
    fc.assert(
      fc.property(snapshots, snapshots, snapshots, (before, local, remote) => {
        for (const item of planned({ base: baseOf(before), local, remote })) {
          if (item.kind !== 'conflict' || item.mergeable !== true) continue;
          const renamed =
            item.rename?.here === undefined ? remote.get(item.rename?.there as RepoPath) : local.get(item.rename.here);
          assert.equal(renamed?.id, item.base?.id);
          assert.ok(item.local === undefined || item.remote === undefined);
        }
      }),
    );
  });
});
