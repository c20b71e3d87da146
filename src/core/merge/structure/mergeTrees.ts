import { elementKeys } from './elementKeys.ts';
import type { MergedEntry, MergedNode, Placed } from './mergedTree.ts';
import { ofSide } from './mergedTree.ts';
import { mergeElements } from './mergeElements.ts';
import { mergeOrder } from './mergeOrder.ts';
import type { Orders } from './mergeOrder.ts';
import type { Numbering } from './numbering.ts';
import type { SourceEntry, SourceNode } from './sourceTree.ts';

/** Three versions of one value. */
export interface Versions {
  readonly base: SourceNode;
  readonly mine: SourceNode;
  readonly theirs: SourceNode;
}

/** `unsure`: what looks like a conflict here may be a rename, which lines tell better. */
export type TreeMerge = MergedNode | 'conflict' | 'unsure';

/** Joins three versions of a document; nothing is known of where it is written. */
export function mergeTrees(versions: Versions, numbering: Numbering): TreeMerge {
  const merger = new Merger(numbering);
  const merged = merger.value(versions, undefined);
  if (merger.hasConflict) return 'conflict';
  return merger.isUnsure ? 'unsure' : merged;
}

/** The entries of one version by their keys. */
type Keyed = ReadonlyMap<string, Placed>;

class Merger {
  hasConflict = false;
  isUnsure = false;

  constructor(private readonly numbering: Numbering) {}

  /** @param key under which the value is, where it is in a mapping */
  value(versions: Versions, key: string | undefined): MergedNode {
    const { base, mine, theirs } = versions;
    if (theirs.form === base.form || theirs.form === mine.form) return ofSide('mine', mine);
    if (isOneKind(versions)) {
      // Also where one side changed nothing: what the other changed is then written into its bytes piece by piece.
      if (mine.kind === 'map') return this.map(versions);
      if (mine.kind === 'list') return this.list(versions, key);
    }
    if (mine.data === theirs.data || theirs.data === base.data) return ofSide('mine', mine);
    if (mine.data === base.data) return ofSide('theirs', theirs);
    // What YAML writes in lines merges by line.
    return this.dispute(ofSide('mine', mine), mine.spansLines && theirs.spansLines);
  }

  private map(versions: Versions): MergedNode {
    const keys = ({ entries }: SourceNode): readonly string[] => entries.map(({ key }) => key);
    const orders = { base: keys(versions.base), mine: keys(versions.mine), theirs: keys(versions.theirs) };
    return this.keyed(versions, orders, true);
  }

  private list(versions: Versions, listKey: string | undefined): MergedNode {
    const { base, mine, theirs } = versions;
    const keys = elementKeys(listKey, [base, mine, theirs]);
    if (keys === undefined) return this.elements(versions);
    const [inBase = [], inMine = [], inTheirs = []] = keys;
    return this.keyed(versions, { base: inBase, mine: inMine, theirs: inTheirs }, false);
  }

  private keyed({ base, mine, theirs }: Versions, orders: Orders, isMap: boolean): MergedNode {
    const before = keyedBy(orders.base, base);
    const here = keyedBy(orders.mine, mine);
    const there = keyedBy(orders.theirs, theirs);
    const kept = new Map<string, MergedEntry>();
    for (const key of new Set([...orders.mine, ...orders.theirs])) {
      const value = this.entry(key, [before, here, there], isMap);
      if (value !== undefined) kept.set(key, { key, mine: here.get(key), theirs: there.get(key), value });
    }
    const order = mergeOrder(orders, new Set(kept.keys()));
    // The order of a mapping's keys says nothing; a list's does.
    if (order.isDisputed && !isMap) this.hasConflict = true;
    const entries = order.keys.flatMap((key) => kept.get(key) ?? []);
    return this.joined(mine, theirs, entries, isMap);
  }

  private entry(
    key: string,
    [before, here, there]: readonly [Keyed, Keyed, Keyed],
    isMap: boolean,
  ): MergedNode | undefined {
    const base = before.get(key)?.entry.node;
    const mine = here.get(key)?.entry.node;
    const theirs = there.get(key)?.entry.node;
    if (mine !== undefined && theirs !== undefined) {
      if (base !== undefined) return this.value({ base, mine, theirs }, isMap ? key : undefined);
      if (mine.data === theirs.data) return ofSide('mine', mine);
      return this.dispute(ofSide('mine', mine), bothLack(before, here, there));
    }
    if (mine !== undefined) return this.oneSided(ofSide('mine', mine), base, () => hasNew(there, before));
    return theirs && this.oneSided(ofSide('theirs', theirs), base, () => hasNew(here, before));
  }

  /**
   * What only one side has: new there, or deleted by the other.
   *
   * @param mayBeRenamed the other side has added something to the collection
   */
  private oneSided(
    side: MergedNode,
    base: SourceNode | undefined,
    mayBeRenamed: () => boolean,
  ): MergedNode | undefined {
    if (base === undefined) return side;
    return side.data === base.data ? undefined : this.dispute(side, mayBeRenamed());
  }

  /** A list whose elements nothing tells apart. */
  private elements({ base, mine, theirs }: Versions): MergedNode {
    const merged = mergeElements(base, mine, theirs);
    if (merged === undefined) {
      // Lines see no more of scalars that are on one line each.
      const isOfLines = [base, mine, theirs].every(({ entries }) =>
        entries.every(({ node }) => node.kind === 'scalar' && !node.spansLines),
      );
      return this.dispute(ofSide('mine', mine), !isOfLines);
    }
    const entries = merged.map(({ base: before, mine: here, theirs: there }): MergedEntry => {
      const sides = { key: '', mine: here, theirs: there };
      if (before !== undefined && here !== undefined && there !== undefined) {
        const both = { base: before.entry.node, mine: here.entry.node, theirs: there.entry.node };
        return { ...sides, value: this.value(both, undefined) };
      }
      if (here !== undefined) return { ...sides, value: ofSide('mine', here.entry.node) };
      if (there === undefined) throw new Error('an element is of neither side');
      return { ...sides, value: ofSide('theirs', there.entry.node) };
    });
    return this.joined(mine, theirs, entries, false);
  }

  private joined(mine: SourceNode, theirs: SourceNode, entries: readonly MergedEntry[], isMap: boolean): MergedNode {
    const bare = isMap
      ? this.numbering.map(entries.map(({ key, value }) => [key, value.data]))
      : this.numbering.list(entries.map(({ value }) => value.data));
    const data = mine.props === '' ? bare : this.numbering.of(`props ${mine.props} ${bare}`);
    // Nothing of mine is left in it, so that there is no style of mine to keep.
    const isTheirs = data === theirs.data && (mine.entries.length === 0 || entries.length === 0);
    return isTheirs ? ofSide('theirs', theirs) : { from: 'both', mine, theirs, entries, data };
  }

  private dispute(kept: MergedNode, isUnsure: boolean): MergedNode {
    if (isUnsure) this.isUnsure = true;
    else this.hasConflict = true;
    return kept;
  }
}

function isOneKind({ base, mine, theirs }: Versions): boolean {
  return [base, theirs].every(({ kind, props }) => kind === mine.kind && props === mine.props);
}

function keyedBy(keys: readonly string[], { entries }: SourceNode): Keyed {
  return new Map(keys.map((key, index) => [key, { entry: entries[index] as SourceEntry, index }]));
}

/** Both may have given it the same new key. */
function bothLack(base: Keyed, mine: Keyed, theirs: Keyed): boolean {
  return [...base.keys()].some((key) => !mine.has(key) && !theirs.has(key));
}

function hasNew(side: Keyed, base: Keyed): boolean {
  return [...side.keys()].some((key) => !base.has(key));
}
