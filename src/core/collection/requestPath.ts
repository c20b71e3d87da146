import { percentDecoded } from '../definition/percentDecoded.ts';

/** Where a request goes, as far as it can be told without an environment. */
export interface RequestPath {
  /** Lower case, with its port; `undefined`: a variable, or none was given. */
  readonly host: string | undefined;
  /** Decoded; what a variable or a parameter fills in is {@link anything}. */
  readonly segments: readonly string[];
}

/** Stands for the value of a variable: no text of a path holds it. */
export const anything = '\0';

/**
 * What `url` may mean: with the collection's variables filled in, and as it is, for an environment's value wins over a
 * collection's. Query and fragment are left out, and so are slashes that have nothing between them.
 */
export function requestPaths(url: string, variables: ReadonlyMap<string, string>): readonly RequestPath[] {
  const filled = fillIn(url, variables);
  return (filled === url ? [url] : [filled, url]).flatMap(pathsOf);
}

/** Values may hold variables themselves: a few levels are enough, and a ring ends. */
const mostLevels = 5;

function fillIn(url: string, variables: ReadonlyMap<string, string>): string {
  let filled = url;
  for (let level = 0; level < mostLevels; level++) {
    const next = filled.replace(/\{\{([^{}]*)\}\}/g, (written, name: string) => variables.get(name.trim()) ?? written);
    if (next === filled) break;
    filled = next;
  }
  return filled;
}

function pathsOf(url: string): readonly RequestPath[] {
  const bare = url
    .trim()
    .replace(/\{\{[^{}]*\}\}/g, anything)
    .replace(/[?#].*$/s, '')
    .replace(/^[a-z\0][a-z0-9+.\0-]*:\/\//i, '');
  if (bare.startsWith('/')) return [{ host: undefined, segments: segmentsOf(bare) }];
  const slash = bare.indexOf('/');
  const host = slash < 0 ? bare : bare.slice(0, slash);
  const rest = slash < 0 ? '' : bare.slice(slash);
  const path = { host: nameOf(host), segments: segmentsOf(rest) };
  // `{{baseUrl}}payments`: the value may end with a slash of its own.
  const glued = /^\0+([\w-].*)$/s.exec(host)?.[1];
  return glued === undefined ? [path] : [path, { host: undefined, segments: segmentsOf(`${glued}${rest}`) }];
}

function nameOf(host: string): string | undefined {
  const name = host.replace(/^[^@]*@/, '').toLowerCase();
  return name === '' || name.includes(anything) ? undefined : name;
}

function segmentsOf(path: string): readonly string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => percentDecoded(segment.replace(/^:[^:.]+/, anything).replace(/\{[^{}]*\}/g, anything)));
}
