import { baseName, type RepoPath } from '../model/repoPath.ts';

/** Whether a file may hold references: its name says so, its content has to be asked, or it is a leaf. */
export type DocumentKind = 'document' | 'askContent' | 'leaf';

const documents: ReadonlySet<string> = new Set(['yaml', 'yml', 'json', 'jsonc', 'json5']);

/** Names that say nothing about what is inside. */
const silent: ReadonlySet<string> = new Set(['txt', 'text', 'spec', 'schema', 'openapi', 'swagger', 'asyncapi', 'oas']);

/** Lower case, without the dot; `undefined` where the name has none (`Makefile`, `.env`). */
export function extensionOf(path: RepoPath): string | undefined {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? undefined : name.slice(dot + 1).toLowerCase();
}

export function documentKind(path: RepoPath): DocumentKind {
  const extension = extensionOf(path);
  if (extension === undefined || silent.has(extension)) return 'askContent';
  return documents.has(extension) ? 'document' : 'leaf';
}

/** A line that begins a mapping or a sequence, or a bracket that does. */
const structure = /^(?:[{[]|- |---(?:\s|$)|%YAML|(?:"[^"\n]*"|'[^'\n]*'|[^\s"'#&*!|>%@`-][^\n]{0,200}?)\s*:(?:\s|$))/;

/** Whether a file whose name is silent begins as YAML or JSON does. `text` may be just its head. */
export function looksLikeDocument(text: string): boolean {
  if (text.includes('\0')) return false;
  for (const line of text.split(/\r\n?|\n/)) {
    const content = line.trimStart();
    if (content !== '' && !content.startsWith('#')) return structure.test(content);
  }
  return false;
}
