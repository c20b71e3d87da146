import { applyEdits, getNodeValue, modify } from 'jsonc-parser';
import type { FormattingOptions, JSONPath, Node } from 'jsonc-parser';
import { Failure } from '../errors.ts';
import { defaultCollectionFolder } from './api.ts';
import type { Api } from './api.ts';
import { apisFilePath, apisFileVersion, parseApisTree } from './apisFile.ts';
import { child } from './apisFileNodes.ts';
import type { ApiId } from './ids.ts';

/**
 * The text of `.vscode/apis.json` with `api` in it, in the place of the entry with its id or at the end.
 * Comments, formatting, unknown keys and all other entries stay. `undefined`: there is no file yet.
 * @throws Failure `invalidFile` when the text cannot be understood: nothing is repaired in passing.
 */
export function withApi(text: string | undefined, api: Api): string {
  if (text === undefined || text.trim() === '') return newFile(api);
  const root = rootOf(text);
  const entries = entriesOf(root);
  if (entries === undefined) return edit(text, ['apis'], [toEntry(api)]);
  const index = indexOf(entries, api.id);
  if (index < 0) return edit(text, ['apis', entries.length], toEntry(api), true);
  return replaceEntry(text, entries[index] as Node, index, api);
}

/** The text without any entry of that id; the same text when there is none. @throws Failure `invalidFile`. */
export function withoutApi(text: string, id: ApiId): string {
  if (text.trim() === '') return text;
  let rest = text;
  for (let index = indexIn(rest, id); index >= 0; index = indexIn(rest, id)) {
    rest = edit(rest, ['apis', index], undefined);
  }
  return rest;
}

function indexIn(text: string, id: ApiId): number {
  return indexOf(entriesOf(rootOf(text)) ?? [], id);
}

function indexOf(entries: readonly Node[], id: ApiId): number {
  return entries.findIndex((entry) => child(entry, 'id')?.value === id);
}

function newFile(api: Api): string {
  return `${JSON.stringify({ version: apisFileVersion, apis: [toEntry(api)] }, undefined, 2)}\n`;
}

function toEntry(api: Api): Record<string, unknown> {
  return Object.fromEntries(toProperties(api).filter(([, value]) => value !== undefined));
}

/** In the order in which they are written; `undefined`: not written. */
function toProperties(api: Api): readonly (readonly [string, unknown])[] {
  return [
    ['id', api.id],
    ['name', api.name],
    ['folder', api.folder],
    ['rootFile', api.rootFile],
    ['addedFiles', api.addedFiles.length === 0 ? undefined : api.addedFiles],
    ['collectionFolder', api.collectionFolder === defaultCollectionFolder ? undefined : api.collectionFolder],
    ['connection', api.connection === undefined ? undefined : toConnection(api.connection)],
  ];
}

function toConnection({ repository, branch }: NonNullable<Api['connection']>): Record<string, unknown> {
  const { host, origin, id, name } = repository;
  return { host, origin, repository: { id, name }, branch };
}

function replaceEntry(text: string, entry: Node, index: number, api: Api): string {
  let result = text;
  for (const [key, value] of toProperties(api)) {
    const present = child(entry, key);
    // Written out though it is what absence means: left as the person wrote it.
    if (key === 'collectionFolder' && value === undefined && present?.value === defaultCollectionFolder) continue;
    for (const change of differences(['apis', index, key], present, value)) {
      result = edit(result, change.path, change.value);
    }
  }
  return result;
}

interface Change {
  readonly path: JSONPath;
  readonly value: unknown;
}

/** The least that makes `present` say `wanted`. Keys of an object that `wanted` does not name stay. */
function differences(path: JSONPath, present: Node | undefined, wanted: unknown): readonly Change[] {
  if (present?.type === 'object' && isRecord(wanted)) {
    return Object.entries(wanted).flatMap(([key, value]) => differences([...path, key], child(present, key), value));
  }
  const value: unknown = present === undefined ? undefined : getNodeValue(present);
  return JSON.stringify(value) === JSON.stringify(wanted) ? [] : [{ path, value: wanted }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function edit(text: string, path: JSONPath, value: unknown, isArrayInsertion = false): string {
  return applyEdits(text, modify(text, path, value, { isArrayInsertion, formattingOptions: formatOf(text) }));
}

function formatOf(text: string): FormattingOptions {
  const indent = /\n([ \t]+)\S/u.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 4 : indent.length,
    eol: /\r?\n/u.exec(text)?.[0] ?? '\n',
  };
}

function rootOf(text: string): Node {
  const tree = parseApisTree(text);
  if ('problem' in tree) throw invalid(tree.problem.code);
  const [error] = tree.errors;
  if (error !== undefined) throw invalid(error.code);
  if (tree.root?.type !== 'object') throw invalid('wrongType');
  const version = child(tree.root, 'version');
  if (version !== undefined && version.value !== apisFileVersion) throw invalid('wrongVersion');
  return tree.root;
}

function entriesOf(root: Node): readonly Node[] | undefined {
  const entries = child(root, 'apis');
  if (entries === undefined) return undefined;
  if (entries.type !== 'array') throw invalid('wrongType');
  return entries.children ?? [];
}

function invalid(detail: string): Failure {
  return new Failure('invalidFile', { paths: [apisFilePath], detail });
}
