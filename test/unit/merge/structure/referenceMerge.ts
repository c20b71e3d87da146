/** JSON as data. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

type Mapping = { readonly [key: string]: Data };

/**
 * What the merge of three values says, written down without a thought for bytes, positions or speed. Lists whose
 * elements have a name are in no particular order: `inAnyOrder` makes them comparable.
 *
 * `conflict`: the sides disagree. `open`: both changed a list of nameless elements, or something was perhaps renamed;
 * then lines decide.
 */
export type Reference = { readonly data: Data } | 'conflict' | 'open';

export function referenceMerge(base: Data, mine: Data, theirs: Data): Reference {
  const verdicts = new Set<'conflict' | 'open'>();
  const data = join(base, mine, theirs, '', verdicts);
  if (verdicts.has('conflict')) return 'conflict';
  return verdicts.has('open') || data === undefined ? 'open' : { data };
}

type Verdicts = Set<'conflict' | 'open'>;

function join(base: Data, mine: Data, theirs: Data, key: string, verdicts: Verdicts): Data | undefined {
  if (same(theirs, base)) return mine;
  if (same(mine, base)) return theirs;
  if (same(mine, theirs)) return mine;
  if (isMapping(base) && isMapping(mine) && isMapping(theirs)) return joinKeys(base, mine, theirs, verdicts);
  if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs)) {
    const [before, here, there] = [base, mine, theirs].map((list: readonly Data[]) => named(list, key));
    if (!before || !here || !there) return void verdicts.add('open');
    if (bothMoved(before, here, there)) verdicts.add('conflict');
    return Object.values(joinKeys(before, here, there, verdicts));
  }
  return void verdicts.add('conflict');
}

function joinKeys(base: Mapping, mine: Mapping, theirs: Mapping, verdicts: Verdicts): Mapping {
  const joined: Record<string, Data> = {};
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const [before, here, there] = [base[key], mine[key], theirs[key]];
    const one = here ?? there;
    if (here !== undefined && there !== undefined) {
      const value =
        before === undefined ? (same(here, there) ? here : undefined) : join(before, here, there, key, verdicts);
      if (value !== undefined) joined[key] = value;
      else if (before === undefined)
        verdicts.add(lost(base, mine).some((gone) => !(gone in theirs)) ? 'open' : 'conflict');
    } else if (one !== undefined && before === undefined) joined[key] = one;
    else if (before !== undefined && one !== undefined && !same(one, before)) {
      const deleting = here === undefined ? mine : theirs;
      verdicts.add(lost(deleting, base).length > 0 ? 'open' : 'conflict');
    }
  }
  return joined;
}

/** Keys of the one that the other lacks. */
function lost(from: Mapping, other: Mapping): readonly string[] {
  return Object.keys(from).filter((key) => !(key in other));
}

function bothMoved(base: Mapping, mine: Mapping, theirs: Mapping): boolean {
  const order = (side: Mapping): string =>
    JSON.stringify(Object.keys(side).filter((key) => key in base && key in mine && key in theirs));
  return order(base) !== order(mine) && order(base) !== order(theirs) && order(mine) !== order(theirs);
}

/** A list as a mapping from its elements' names, in its order; `undefined` where they have none. */
function named(list: readonly Data[], key: string): Mapping | undefined {
  const names = list.map((element) => nameOf(element, key));
  if (names.some((name) => name === undefined) || new Set(names).size < names.length) return undefined;
  return Object.fromEntries(list.map((element, index) => [` ${names[index] ?? ''}`, element]));
}

function nameOf(element: Data, key: string): string | undefined {
  if (key === 'required') return isMapping(element) || Array.isArray(element) ? undefined : JSON.stringify(element);
  if (!isMapping(element)) return undefined;
  const name = { item: element['id'], header: element['key'], parameters: element['name'] }[key];
  return typeof name === 'string' ? name : undefined;
}

/** The same for data that differs in the order of keys, and of named elements, alone. */
export function inAnyOrder(data: Data, key = ''): string {
  if (Array.isArray(data)) {
    const elements = (data as readonly Data[]).map((element) => inAnyOrder(element));
    return `[${(named(data as readonly Data[], key) ? elements.sort() : elements).join()}]`;
  }
  if (!isMapping(data)) return JSON.stringify(data);
  const keys = Object.keys(data).sort();
  return `{${keys.map((each) => `${JSON.stringify(each)}:${inAnyOrder(data[each] ?? null, each)}`).join()}}`;
}

function isMapping(data: Data): data is Mapping {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** Equal, keys in any order. */
function same(a: Data, b: Data): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length && a.every((element: Data, index) => same(element, (b as readonly Data[])[index] ?? null))
    );
  }
  if (!isMapping(a) || !isMapping(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key] ?? null, b[key] ?? null));
}
