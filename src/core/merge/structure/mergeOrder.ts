/** The keys of one list or mapping, in the order of each version. */
export interface Orders {
  readonly base: readonly string[];
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

export interface MergedOrder {
  readonly keys: readonly string[];
  /** Both sides moved what was there before, to different places. Then mine is kept. */
  readonly isDisputed: boolean;
}

/**
 * Orders what is kept. Who moved something is followed. What only the other side has comes behind what it stands
 * behind there; where both added something in one place, mine comes first.
 */
export function mergeOrder({ base, mine, theirs }: Orders, kept: ReadonlySet<string>): MergedOrder {
  const [inBase, inMine, inTheirs] = [new Set(base), new Set(mine), new Set(theirs)];
  const isCommon = (key: string): boolean => inBase.has(key) && inMine.has(key) && inTheirs.has(key);
  const [before, here, there] = [base, mine, theirs].map((keys) => JSON.stringify(keys.filter(isCommon)));
  const followsTheirs = before === here && before !== there;
  const [spine, other] = followsTheirs ? [theirs, mine] : [mine, theirs];
  const inSpine = followsTheirs ? inTheirs : inMine;
  const inOther = followsTheirs ? inMine : inTheirs;
  const additions = additionsByAnchor(other, inSpine, kept);
  const keys: string[] = [];
  let waiting = additions.get(undefined) ?? [];
  for (const key of spine) {
    if (inOther.has(key) || followsTheirs) {
      keys.push(...waiting);
      waiting = [];
    }
    if (kept.has(key)) keys.push(key);
    if (inOther.has(key)) waiting = [...waiting, ...(additions.get(key) ?? [])];
  }
  keys.push(...waiting);
  return { keys, isDisputed: before !== here && before !== there && here !== there };
}

/** What the spine lacks, by the key of the spine that it comes behind; `undefined` is the beginning. */
function additionsByAnchor(
  other: readonly string[],
  inSpine: ReadonlySet<string>,
  kept: ReadonlySet<string>,
): ReadonlyMap<string | undefined, readonly string[]> {
  const additions = new Map<string | undefined, string[]>();
  let anchor: string | undefined;
  for (const key of other) {
    if (inSpine.has(key)) anchor = key;
    else if (kept.has(key)) {
      const list = additions.get(anchor) ?? [];
      additions.set(anchor, list);
      list.push(key);
    }
  }
  return additions;
}
