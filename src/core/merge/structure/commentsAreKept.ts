import type { SourceDocument } from './sourceTree.ts';

type Commented = Pick<SourceDocument, 'comments'>;
type Comments = SourceDocument['comments'];

/**
 * Whether a merge of `sides` (base, mine, theirs) has each comment as often as both sides make it: comments are nobody's data, and an edit of one is an
 * edit all the same.
 */
export function commentsAreKept(sides: readonly Commented[], merged: Commented): boolean {
  const [before, here, there, now] = [...sides, merged].map(({ comments }) => countEach(comments)) as [
    Counts,
    Counts,
    Counts,
    Counts,
  ];
  return [...before.keys(), ...here.keys(), ...there.keys(), ...now.keys()].every(
    (comment) =>
      countOf(now, comment) === wanted(countOf(before, comment), countOf(here, comment), countOf(there, comment)),
  );
}

type Counts = ReadonlyMap<string, number>;

function countEach(comments: Comments): Counts {
  const counts = new Map<string, number>();
  for (const comment of comments) counts.set(comment, (counts.get(comment) ?? 0) + 1);
  return counts;
}

function countOf(counts: Counts, comment: string): number {
  return counts.get(comment) ?? 0;
}

/** What both did the same way was done once. */
function wanted(base: number, mine: number, theirs: number): number {
  return mine === theirs ? mine : mine + theirs - base;
}
