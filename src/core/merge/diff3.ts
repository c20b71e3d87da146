import { diffLines } from './diffLines.ts';
import type { Hunk } from './diffLines.ts';
import { sameLines } from './lines.ts';

type Lines = readonly string[];

/** A stretch of a three-way merge. */
export type MergeRegion =
  | { readonly kind: 'agreed'; readonly lines: Lines }
  | { readonly kind: 'conflict'; readonly base: Lines; readonly ours: Lines; readonly theirs: Lines };

/**
 * Joins two descendants of `base` by line. Changes that overlap or touch are a conflict, as in Git, unless both sides
 * made the same change. Ours and theirs exchanged give the same answer, exchanged.
 */
export function diff3(base: Lines, ours: Lines, theirs: Lines): readonly MergeRegion[] {
  const here = new Side(ours, diffLines(base, ours));
  const there = new Side(theirs, diffLines(base, theirs));
  const regions: MergeRegion[] = [];
  let done = 0;
  for (let start = firstStart(here, there); start < Infinity; start = firstStart(here, there)) {
    const end = takeTouching(here, there, start);
    if (start > done) regions.push({ kind: 'agreed', lines: base.slice(done, start) });
    regions.push(join(base.slice(start, end), here.leave(start, end), there.leave(start, end)));
    done = end;
  }
  if (done < base.length) regions.push({ kind: 'agreed', lines: base.slice(done) });
  return regions;
}

function firstStart(here: Side, there: Side): number {
  return Math.min(here.nextStart, there.nextStart);
}

/** Takes the hunks, of both sides, that hang together from `start` on; where in base they end. */
function takeTouching(here: Side, there: Side, start: number): number {
  let end = start;
  for (let grown = true; grown;) {
    const before = here.taken + there.taken;
    end = there.takeUntil(here.takeUntil(end));
    grown = here.taken + there.taken > before;
  }
  return end;
}

interface Part {
  readonly changed: boolean;
  readonly lines: Lines;
}

function join(base: Lines, ours: Part, theirs: Part): MergeRegion {
  if (!theirs.changed || sameLines(ours.lines, theirs.lines)) return { kind: 'agreed', lines: ours.lines };
  if (!ours.changed) return { kind: 'agreed', lines: theirs.lines };
  return { kind: 'conflict', base, ours: ours.lines, theirs: theirs.lines };
}

/** One descendant, read from its first hunk to its last. */
class Side {
  taken = 0;
  private left = 0;
  /** Lines that this side is ahead of base, before the hunks taken last and after them. */
  private shiftBefore = 0;
  private shift = 0;

  constructor(
    private readonly lines: Lines,
    private readonly hunks: readonly Hunk[],
  ) {}

  get nextStart(): number {
    return this.hunks[this.taken]?.start ?? Infinity;
  }

  /** Takes every hunk that begins at or before `end`, and grows `end` to theirs. */
  takeUntil(end: number): number {
    for (let hunk = this.hunks[this.taken]; hunk !== undefined && hunk.start <= end; hunk = this.hunks[this.taken]) {
      end = Math.max(end, hunk.end);
      this.shift = hunk.otherEnd - hunk.end;
      this.taken++;
    }
    return end;
  }

  /** This side's lines for `[start, end)` of base, once the hunks in there are taken. */
  leave(start: number, end: number): Part {
    const part = {
      changed: this.taken > this.left,
      lines: this.lines.slice(start + this.shiftBefore, end + this.shift),
    };
    this.left = this.taken;
    this.shiftBefore = this.shift;
    return part;
  }
}
