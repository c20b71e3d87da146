/**
 * The host's language for filters, as far as anybody here uses it: `field op "text"`, joined by AND and OR.
 * https://developer.atlassian.com/cloud/bitbucket/rest/intro/#filtering
 * @throws Error for what it does not know.
 */
export function filtered<Item>(items: readonly Item[], q: string | null): readonly Item[] {
  if (q === null) return items;
  const anyOf = split(q, 'OR').map((part) => split(part, 'AND').map(conditionOf));
  return items.filter((item) => anyOf.some((all) => all.every((holds) => holds(item))));
}

const condition = /^([\w.]+)\s*(=|!=|~|!~)\s*"((?:[^"\\]|\\.)*)"$/s;

function conditionOf(text: string): (item: unknown) => boolean {
  const match = condition.exec(text.trim());
  if (!match) throw new Error(`not in the query language: ${text}`);
  const [, field = '', operator = '', quoted = ''] = match;
  const wanted = quoted.replace(/\\(.)/gs, '$1');
  const holds = (value: string): boolean =>
    operator.endsWith('~') ? value.toLowerCase().includes(wanted.toLowerCase()) : value === wanted;
  return (item) => operator.startsWith('!') !== valuesAt(item, field.split('.')).some(holds);
}

function valuesAt(item: unknown, path: readonly string[]): readonly string[] {
  const [name, ...rest] = path;
  if (Array.isArray(item)) return item.flatMap((one: unknown) => valuesAt(one, path));
  if (name === undefined) return item === null || item === undefined ? [] : [String(item)];
  return typeof item === 'object' && item !== null ? valuesAt((item as Record<string, unknown>)[name], rest) : [];
}

/** At words that stand outside of quotes. */
function split(text: string, word: string): readonly string[] {
  const parts = text.match(/"(?:[^"\\]|\\.)*"|[^"\s]+|\s+/gs) ?? [];
  const found = [''];
  for (const part of parts) {
    if (part.toUpperCase() === word) found.push('');
    else found[found.length - 1] += part;
  }
  return found;
}
