import { diff3 } from '../diff3.ts';
import type { MergeRegion } from '../diff3.ts';
import { diffLines } from '../diffLines.ts';
import type { Placed } from './mergedTree.ts';
import type { SourceNode } from './sourceTree.ts';

/** An element of a merged list, where it is in either side. With `base`, both sides changed it. */
export interface MergedElement {
  readonly base: Placed | undefined;
  readonly mine: Placed | undefined;
  readonly theirs: Placed | undefined;
}

/** An element by the number of its data, in each version that it differs in. */
interface Token {
  readonly data: string;
  readonly pair?: { readonly base: string; readonly theirs: string };
}

/**
 * Joins lists whose elements nothing tells apart as text is joined by line, an element for a line. Mappings and lists
 * that both sides changed are paired where it is plain which is which. `undefined` where the sides disagree.
 */
export function mergeElements(
  base: SourceNode,
  mine: SourceNode,
  theirs: SourceNode,
): readonly MergedElement[] | undefined {
  const [before, here, there] = [base, mine, theirs].map(dataOf) as [string[], string[], string[]];
  const arePairable = [base, mine, theirs].every(({ entries }) => entries.every(({ node }) => node.kind !== 'scalar'));
  const tokens: Token[] = [];
  for (const region of diff3(before, here, there)) {
    const joined = region.kind === 'agreed' ? region.lines.map((data) => ({ data })) : arePairable && pairs(region);
    if (joined === undefined || joined === false) return undefined;
    tokens.push(...joined);
  }
  const result = tokens.map(({ data }) => data);
  if (bringsBack(before, here, there, result)) return undefined;
  const [ofBase, ofMine, ofTheirs] = [base, mine, theirs].map(byData) as [ByData, ByData, ByData];
  const inMine = alignment(here, result);
  return tokens.map(({ data, pair }, index) => {
    const at = inMine[index];
    const entry = at === undefined ? undefined : mine.entries[at];
    const kept = entry === undefined || at === undefined ? undefined : { entry, index: at };
    const other = ofTheirs.get(pair?.theirs ?? data);
    return {
      base: pair && ofBase.get(pair.base),
      mine: kept ?? (pair !== undefined || other === undefined ? ofMine.get(data) : undefined),
      theirs: other,
    };
  });
}

/**
 * Whether an element is there more often than both sides have it by their edits of base: one side moved what the other
 * deleted or moved as well, which lines take for a new one.
 */
function bringsBack(...lists: readonly [base: Datas, mine: Datas, theirs: Datas, result: Datas]): boolean {
  const [base, mine, theirs, result] = lists.map(countsOf) as [Counts, Counts, Counts, Counts];
  return [...base].some(([data, before]) => {
    const expected = (mine.get(data) ?? 0) + (theirs.get(data) ?? 0) - before;
    return (result.get(data) ?? 0) > Math.max(0, expected);
  });
}

type Datas = readonly string[];
type Counts = ReadonlyMap<string, number>;

function countsOf(list: Datas): Counts {
  const counts = new Map<string, number>();
  for (const data of list) counts.set(data, (counts.get(data) ?? 0) + 1);
  return counts;
}

/** One to one, unless a side has moved something. */
function pairs({ base, ours, theirs }: Extract<MergeRegion, { kind: 'conflict' }>): readonly Token[] | undefined {
  if (base.length !== ours.length || base.length !== theirs.length) return undefined;
  const isMoved = (side: readonly string[]): boolean =>
    side.some((data, index) => data !== base[index] && base.includes(data));
  if (isMoved(ours) || isMoved(theirs)) return undefined;
  return ours.map((data, index) => ({ data, pair: { base: base[index] ?? '', theirs: theirs[index] ?? '' } }));
}

type ByData = ReadonlyMap<string, Placed>;

function byData(list: SourceNode): ByData {
  return new Map(list.entries.map((entry, index) => [String(entry.node.data), { entry, index }]));
}

function dataOf({ entries }: SourceNode): readonly string[] {
  return entries.map(({ node }) => String(node.data));
}

/** For each of `to` which one of `from` it is, both in their order. */
function alignment(from: readonly string[], to: readonly string[]): readonly (number | undefined)[] {
  const found: (number | undefined)[] = [];
  let shift = 0;
  for (const { end, otherStart, otherEnd } of diffLines(from, to)) {
    while (found.length < otherStart) found.push(found.length + shift);
    while (found.length < otherEnd) found.push(undefined);
    shift = end - otherEnd;
  }
  while (found.length < to.length) found.push(found.length + shift);
  return found;
}
