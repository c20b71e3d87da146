export interface ComboboxOption {
  readonly value: string;
  /** What is shown and searched; the value where absent. */
  readonly label?: string;
  readonly description?: string;
  /** A codicon's name. */
  readonly icon?: string;
  /** The host found it by this text, in whatever it searches: for that text it is shown as it came. */
  readonly foundBy?: string;
}

export interface Matches {
  readonly shown: readonly ComboboxOption[];
  /** How many more match than a list can usefully show. */
  readonly hidden: number;
}

/** More than this nobody reads: typing narrows the list. */
const mostShown = 200;

/** Options that hold the query, or that the host found by it, in their own order. */
export function matchOptions(options: readonly ComboboxOption[], query: string): Matches {
  const words = query.trim().toLocaleLowerCase();
  const isMatch = (option: ComboboxOption): boolean =>
    searchText(option).includes(words) || option.foundBy?.trim().toLocaleLowerCase() === words;
  const matching = words === '' ? options : options.filter(isMatch);
  return { shown: matching.slice(0, mostShown), hidden: Math.max(0, matching.length - mostShown) };
}

/** The value that keys lead to from `active`: one step goes around at the ends, a page stops there. */
export function stepTo(
  shown: readonly ComboboxOption[],
  active: string | undefined,
  steps: number,
): string | undefined {
  const last = shown.length - 1;
  const from = shown.findIndex(({ value }) => value === active);
  if (Math.abs(steps) > 1) return shown[Math.min(Math.max(from + steps, 0), last)]?.value;
  if (from < 0) return shown.at(steps > 0 ? 0 : -1)?.value;
  return shown[(from + steps + shown.length) % shown.length]?.value;
}

export function labelOf(option: ComboboxOption): string {
  return option.label ?? option.value;
}

/** The label in three parts, the middle one being what the query found. */
export function splitAtMatch(label: string, query: string): readonly [string, string, string] {
  const words = query.trim();
  const at = words === '' ? -1 : label.toLocaleLowerCase().indexOf(words.toLocaleLowerCase());
  if (at < 0) return [label, '', ''];
  return [label.slice(0, at), label.slice(at, at + words.length), label.slice(at + words.length)];
}

function searchText(option: ComboboxOption): string {
  return `${labelOf(option)} ${option.description ?? ''}`.toLocaleLowerCase();
}
