import { parseTree } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { limits } from '../limits.ts';
import type { Api } from './api.ts';
import { isObject, readApi } from './apisFileEntry.ts';
import type { Refuse } from './apisFileEntry.ts';
import { child } from './apisFileNodes.ts';
import { refuseRivals, type SoundEntry } from './apisFileRivals.ts';
import type { ApisProblem } from './apisProblem.ts';
import { nestedDeeperAt } from './jsonNesting.ts';

/** The place of the file in a workspace folder. */
export const apisFilePath = '.vscode/apis.json';

/** The format that is written. A file of a later one is not read: guessing would lose what it says. */
export const apisFileVersion = 1;

export interface ApisFile {
  /** Those entries in which nothing is wrong; of two with one id, the first. */
  readonly apis: readonly Api[];
  /** In the order of the text. */
  readonly problems: readonly ApisProblem[];
}

/**
 * Reads `.vscode/apis.json`, which anybody may have written: a broken entry is a problem, the others still work.
 * Comments and trailing commas are fine, and so is a blank file. Never throws.
 */
export function parseApisFile(text: string): ApisFile {
  const tree = parseApisTree(text);
  if ('problem' in tree) return { apis: [], problems: [tree.problem] };
  const problems: ApisProblem[] = [...tree.errors];
  const apis = tree.root === undefined ? [] : readRoot(tree.root, problems);
  return { apis, problems: problems.sort((a, b) => a.offset - b.offset) };
}

/** The file as nodes with offsets into `text`; `problem` when it is not worth parsing. */
export function parseApisTree(
  text: string,
): { readonly root: Node | undefined; readonly errors: readonly ApisProblem[] } | { readonly problem: ApisProblem } {
  if (new TextEncoder().encode(text).length > limits.apisFileBytes) {
    return { problem: { code: 'tooLarge', offset: 0, length: 0 } };
  }
  // A byte order mark is not JSON; a space keeps every offset right.
  const json = text.replace(/^\ufeff/u, ' ');
  const deep = nestedDeeperAt(json, maximalDepth);
  if (deep !== undefined) return { problem: { code: 'tooDeep', offset: deep, length: 1 } };
  const errors: ParseError[] = [];
  const root = parseTree(json, errors, { allowTrailingComma: true, allowEmptyContent: true });
  return { root, errors: errors.map(({ offset, length }) => ({ code: 'syntax', offset, length })) };
}

/** Levels that the file's own shape has, and as many again for keys that are not ours. */
const maximalDepth = 16;

function readRoot(root: Node, problems: ApisProblem[]): readonly Api[] {
  const refuse: Refuse = (code, { offset, length }, property, rule) =>
    void problems.push({ code, offset, length, ...(property && { property }), ...(rule && { rule }) });
  if (!isObject(root, refuse)) return [];
  const version = child(root, 'version');
  if (version === undefined) refuse('missing', root, 'version');
  else if (version.value !== apisFileVersion) {
    refuse('wrongVersion', version, 'version');
    return [];
  }
  const entries = child(root, 'apis');
  if (entries === undefined) refuse('missing', root, 'apis');
  else if (entries.type !== 'array') refuse('wrongType', entries, 'apis');
  else return readEntries(entries, problems, refuse);
  return [];
}

function readEntries(entries: Node, problems: readonly ApisProblem[], refuse: Refuse): readonly Api[] {
  const apis = new Map<string, SoundEntry>();
  for (const entry of entries.children ?? []) {
    const before = problems.length;
    const api = readApi(entry, refuse);
    if (api === undefined || problems.length > before) continue;
    if (apis.has(api.id)) refuse('duplicateId', child(entry, 'id') ?? entry, 'id');
    else apis.set(api.id, { node: entry, api });
  }
  const sound = [...apis.values()];
  refuseRivals(sound, refuse);
  return sound.map(({ api }) => api);
}
