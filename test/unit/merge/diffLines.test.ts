import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffLines } from '../../../src/core/merge/diffLines.ts';
import type { Hunk } from '../../../src/core/merge/diffLines.ts';

const many = process.env['LONG'] === '1' ? 20_000 : 500;

/** Puts the hunks' lines of `b` into `a`, and takes `a`'s lines elsewhere. */
function applyHunks(a: readonly string[], b: readonly string[], hunks: readonly Hunk[]): readonly string[] {
  const result: string[] = [];
  let done = 0;
  for (const hunk of hunks) {
    result.push(...a.slice(done, hunk.start), ...b.slice(hunk.otherStart, hunk.otherEnd));
    done = hunk.end;
  }
  return [...result, ...a.slice(done)];
}

function changed(hunks: readonly Hunk[]): number {
  return hunks.reduce((sum, hunk) => sum + hunk.end - hunk.start + hunk.otherEnd - hunk.otherStart, 0);
}

const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });

describe('diffLines', function () {
  this.timeout(300_000);

  it('makes the one of the other', () => {
    fc.assert(
      fc.property(letters, letters, (a, b) => assert.deepEqual(applyHunks(a, b, diffLines(a, b)), b)),
      { numRuns: many },
    );
  });

  it('leaves an equal line between two hunks', () => {
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        let last = -1;
        for (const hunk of diffLines(a, b)) {
          assert.ok(hunk.start > last);
          last = hunk.end;
        }
      }),
      { numRuns: many },
    );
  });

  it('finds a shortest edit where no line is unique', () => {
    const [a, b] = [[...'abcabba'], [...'cbabac']];
    assert.equal(changed(diffLines([...a, ...a], [...b, ...b])), 10);
    assert.equal(changed(diffLines(a, b)), 5);
  });

  it('says nothing of equal texts', () => assert.deepEqual(diffLines(['a', 'b'], ['a', 'b']), []));

  it('sees a moved block as one deletion and one insertion', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
    const moved = [...lines.slice(10), ...lines.slice(0, 10)];
    assert.equal(changed(diffLines(lines, moved)), 20);
  });

  it('comes back from 50,000 lines that have nothing, or little that is unique, in common', () => {
    const lines = (word: (index: number) => string): readonly string[] =>
      Array.from({ length: 50_000 }, (_, i) => word(i));
    const other = lines((index) => `other ${index}`);
    assert.equal(
      diffLines(
        lines((index) => `one ${index}`),
        other,
      ).length,
      1,
    );
    const [some, more] = [
      lines((index) => String((index * 7919) % 13)),
      lines((index) => String((index * 104729) % 17)),
    ];
    assert.deepEqual(applyHunks(some, more, diffLines(some, more)), more);
  });
});
