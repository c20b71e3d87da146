import assert from 'node:assert/strict';
import { commonText } from '../../../src/core/merge/commonText.ts';
import { undecidedPlaces } from '../../../src/core/merge/undecidedPlaces.ts';

const bytes = (...lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
const text = (of: Uint8Array): string => new TextDecoder().decode(of);

describe('a result of the merge editor', () => {
  const base = bytes('title: A', 'x: 1', 'a: 1', 'b: 1', 'c: 1', 'version: 1');
  const ours = bytes('title: Mine', 'x: 1', 'a: 1', 'b: 1', 'c: 1', 'version: 2', 'more: mine');
  const theirs = bytes('title: Theirs', 'x: 1', 'a: 2', 'b: 1', 'c: 1', 'version: 3');
  const count = (...lines: readonly string[]): number => undecidedPlaces(base, ours, theirs, bytes(...lines));

  it('is undecided where it has what was there before both changes', () => {
    assert.equal(count('title: A', 'x: 1', 'a: 2', 'b: 1', 'c: 1', 'version: 1'), 2, 'nothing was decided');
    assert.equal(count('title: A', 'x: 1', 'a: 1', 'b: 1', 'c: 1', 'version: 1'), 2, 'the base itself');
    assert.equal(count('title: Mine', 'x: 1', 'a: 2', 'b: 1', 'c: 1', 'version: 1'), 1);
    assert.equal(
      count('title: A', 'x: 1', 'a: 2', 'b: 5', 'c: 1', 'version: 3'),
      1,
      'an edit elsewhere decides nothing',
    );
  });

  it('is decided by either side, both, or words of the person’s own', () => {
    assert.equal(count('title: Mine', 'x: 1', 'a: 2', 'b: 1', 'c: 1', 'version: 3'), 0);
    assert.equal(count('title: Theirs', 'x: 1', 'a: 2', 'b: 1', 'c: 1', 'version: 2', 'more: mine'), 0);
    assert.equal(count('title: Mine', 'title: Theirs', 'x: 1', 'a: 2', 'b: 1', 'c: 1', 'version: 4'), 0);
    assert.equal(count('x: 1', 'a: 2', 'b: 1', 'c: 1'), 0, 'taking both out is a decision as well');
  });

  it('of a place where both sides put something is undecided while nothing is there', () => {
    const before = bytes('a: 1', 'z: 1');
    const places = (...lines: readonly string[]): number =>
      undecidedPlaces(before, bytes('a: 1', 'm: 1', 'z: 1'), bytes('a: 1', 'n: 1', 'z: 1'), bytes(...lines));
    assert.equal(places('a: 1', 'z: 1'), 1);
    assert.equal(places('a: 1', 'm: 1', 'z: 1'), 0);
    assert.equal(places('a: 1', 'm: 1', 'n: 1', 'z: 1'), 0);
  });

  it('of a file that both sides added is compared with what they have in common', () => {
    const here = bytes('a: 1', 'mine: 1', 'z: 1');
    const there = bytes('a: 1', 'theirs: 1', 'z: 1');
    assert.equal(text(commonText(here, there)), 'a: 1\nz: 1\n');
    assert.equal(undecidedPlaces(undefined, here, there, bytes('a: 1', 'z: 1')), 1);
    assert.equal(undecidedPlaces(undefined, here, there, bytes('a: 1', 'theirs: 1', 'z: 1')), 0);
    assert.equal(undecidedPlaces(undefined, bytes('x'), bytes('y'), new Uint8Array()), 1, 'an empty result');
  });

  it('of what joins by line and was refused is undecided as a whole', () => {
    const [mine, others] = [bytes('m: 1', 'a: 1', 'b: 1', 'c: 1'), bytes('a: 1', 'b: 1', 'c: 1', 'm: 2')];
    const before = bytes('a: 1', 'b: 1', 'c: 1');
    assert.equal(undecidedPlaces(before, mine, others, before), 1);
    assert.equal(undecidedPlaces(before, mine, others, mine), 0);
  });

  it('that is no text has no places', () => {
    const binary = new Uint8Array([0, 1, 2]);
    assert.equal(undecidedPlaces(base, ours, theirs, binary), 0);
    assert.equal(commonText(binary, ours).length, 0);
  });
});
