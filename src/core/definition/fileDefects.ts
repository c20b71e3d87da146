import { printParseErrorCode, visit } from 'jsonc-parser';
import { parseAllDocuments } from 'yaml';
import { limits } from '../limits.ts';
import { nestedDeeperAt } from '../model/jsonNesting.ts';
import type { RepoPath } from '../model/repoPath.ts';
import type { DocumentProblem, TextRange } from './definition.ts';
import { documentKind, extensionOf } from './documentKind.ts';
import { scanFile } from './scanFile.ts';
import { decodeText } from './text.ts';
import { TextPositions } from './textPositions.ts';
import { readYaml } from './yaml/readYaml.ts';

/** What makes a file unusable, whoever reads it. */
export interface FileDefect {
  readonly message: DocumentProblem['message'] | 'conflictMarkers';
  readonly range?: TextRange;
  /** The parser's own words, in English. */
  readonly detail?: string;
}

/**
 * What is wrong with a file of a definition or with a collection: conflict markers that were left in; JSON or YAML
 * that does not parse, by the strict parser of each; a key that is twice in one place; what is too large, too deep or
 * no text. The first of a kind. A file whose name and content say nothing of JSON or YAML may hold anything.
 */
export function findFileDefects(path: RepoPath, bytes: Uint8Array): readonly FileDefect[] {
  if (bytes.length > limits.fileBytes) return [{ message: 'tooLarge' }];
  const text = decodeText(bytes);
  const marker = /^(?:<{7}|>{7}|\|{7})(?: |\r?$)/mu.exec(text);
  if (marker !== null) return [{ message: 'conflictMarkers', range: rangeAt(text, marker.index, 7) }];
  const extension = extensionOf(path);
  if (extension === 'json') return jsonDefects(text);
  const { problems } = scanFile(bytes, documentKind(path));
  const isYaml = extension === 'yaml' || extension === 'yml';
  return problems.length > 0 || !isYaml ? problems : yamlDefects(text);
}

/** Levels that the parsers are given: they recurse. */
const mostLevels = 500;

function jsonDefects(text: string): readonly FileDefect[] {
  const deep = nestedDeeperAt(text, mostLevels);
  if (deep !== undefined) return [{ message: 'tooDeep', range: rangeAt(text, deep, 1) }];
  const found = new Map<FileDefect['message'], FileDefect>();
  const tell = (message: FileDefect['message'], offset: number, length: number, detail?: string): void => {
    if (found.has(message)) return;
    const range = rangeAt(text, offset, length);
    found.set(message, detail === undefined ? { message, range } : { message, range, detail });
  };
  const keys: Set<string>[] = [];
  visit(
    text,
    {
      onObjectBegin: () => void keys.push(new Set()),
      onObjectEnd: () => void keys.pop(),
      onObjectProperty: (key, offset, length) => {
        if (keys.at(-1)?.has(key) === true) tell('duplicateKey', offset, length, key);
        keys.at(-1)?.add(key);
      },
      onError: (code, offset, length) => tell('doesNotParse', offset, length, inWords(printParseErrorCode(code))),
    },
    { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
  );
  return [...found.values()];
}

/** `CommaExpected` → `comma expected` */
function inWords(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

/** What only a whole parser refuses: our own scan reads on where it can. */
function yamlDefects(text: string): readonly FileDefect[] {
  if (depthOf(text) > mostLevels) return [];
  const documents = parseAllDocuments(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const errors = Array.isArray(documents) ? documents.flatMap((document) => document.errors) : [];
  const [error] = errors;
  if (error === undefined) return [];
  const [start, end] = error.pos;
  return [{ message: 'doesNotParse', range: rangeAt(text, start, end - start), detail: error.message }];
}

function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  const ignore = (): void => undefined;
  readYaml(text, {
    open: () => (most = Math.max(most, ++depth)),
    close: () => void depth--,
    key: ignore,
    scalar: ignore,
    anchor: ignore,
    document: () => (depth = 0),
    defect: ignore,
  });
  return most;
}

function rangeAt(text: string, offset: number, length: number): TextRange {
  return new TextPositions(text).range(offset, offset + length);
}
