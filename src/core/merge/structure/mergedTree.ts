import type { SourceEntry, SourceNode } from './sourceTree.ts';

/** A value of a merge: as one side has it, or a collection of both. */
export type MergedNode = SideNode | JoinedNode;

export interface SideNode {
  readonly from: 'mine' | 'theirs';
  readonly node: SourceNode;
  /** The numbers of the value, as of a `SourceNode`. */
  readonly data: number;
}

/** A collection of both sides, to be written into mine. */
export interface JoinedNode {
  readonly from: 'both';
  readonly mine: SourceNode;
  readonly theirs: SourceNode;
  readonly entries: readonly MergedEntry[];
  readonly data: number;
}

/** An entry of a merge, with its place in either side where it has one. */
export interface MergedEntry {
  readonly key: string;
  readonly mine: Placed | undefined;
  readonly theirs: Placed | undefined;
  readonly value: MergedNode;
}

/** An entry, and which one of its collection it is. */
export interface Placed {
  readonly entry: SourceEntry;
  readonly index: number;
}

export function ofSide(from: 'mine' | 'theirs', node: SourceNode): SideNode {
  return { from, node, data: node.data };
}
