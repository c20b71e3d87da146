import { visit as visitJson } from 'jsonc-parser';
import { isAlias, isMap, isScalar, parseAllDocuments, visit as visitYaml } from 'yaml';
import type { Document, Node, YAMLMap } from 'yaml';
import { nestedDeeperAt } from '../model/jsonNesting.ts';
import type { RepoPath } from '../model/repoPath.ts';
import { dataFormat } from './dataFormat.ts';
import { isYamlNestedDeeply, maximalNesting } from './nesting.ts';

export type Defect = 'doesNotParse' | 'duplicateKey';

type Check = (text: string) => Defect | undefined;

/**
 * What is wrong with a merged JSON or YAML file. The extension says what it is; where it says nothing, the merged
 * file has to be what both of its sides are.
 */
export function findDefect(path: RepoPath, merged: Uint8Array, sides: readonly Uint8Array[]): Defect | undefined {
  return checkFor(path, sides)?.(toText(merged));
}

function checkFor(path: RepoPath, sides: readonly Uint8Array[]): Check | undefined {
  switch (dataFormat(path)) {
    case 'json':
      return jsonDefect;
    case 'yaml':
      return yamlDefect;
    case 'other':
      return undefined;
    case 'unknown': {
      const texts = sides.map(toText);
      return [jsonDefect, mappingDefect].find((check) => texts.every((text) => check(text) === undefined));
    }
  }
}

/** A byte order mark belongs to neither grammar. */
function toText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function jsonDefect(text: string): Defect | undefined {
  if (nestedDeeperAt(text, maximalNesting) !== undefined) return 'doesNotParse';
  let defect: Defect | undefined;
  const keys: Set<string>[] = [];
  visitJson(
    text,
    {
      onObjectBegin: () => void keys.push(new Set()),
      onObjectEnd: () => void keys.pop(),
      onObjectProperty: (key) => {
        const seen = keys.at(-1);
        if (seen?.has(key) === true) defect ??= 'duplicateKey';
        seen?.add(key);
      },
      onError: () => (defect = 'doesNotParse'),
    },
    { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
  );
  return defect;
}

/** Any line of prose is YAML: without an extension that says so, only a mapping is taken for it. */
function mappingDefect(text: string): Defect | undefined {
  return documentsDefect(text, (document) => isMap(document.contents));
}

function yamlDefect(text: string): Defect | undefined {
  return documentsDefect(text, () => true);
}

function documentsDefect(text: string, accept: (document: Document.Parsed) => boolean): Defect | undefined {
  if (isYamlNestedDeeply(text)) return 'doesNotParse';
  // The library's own search for equal keys compares each with each.
  const documents = parseAllDocuments(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  if (!Array.isArray(documents)) return undefined;
  for (const document of documents) {
    if (document.errors.length > 0 || !accept(document)) return 'doesNotParse';
    const defect = documentDefect(document);
    if (defect !== undefined) return defect;
  }
  return undefined;
}

/** Aliases are not followed, so that there is nothing to explode; one without its anchor does not parse. */
function documentDefect(document: Document.Parsed): Defect | undefined {
  const anchors = new Set<string>();
  let defect: Defect | undefined;
  visitYaml(document, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        if (!anchors.has(node.source)) defect = 'doesNotParse';
      } else {
        if (node.anchor !== undefined) anchors.add(node.anchor);
        if (isMap<Node>(node) && hasKeyTwice(node)) defect = 'duplicateKey';
      }
      return defect === undefined ? undefined : visitYaml.BREAK;
    },
  });
  return defect;
}

function hasKeyTwice(map: YAMLMap<unknown>): boolean {
  const keys = new Set<unknown>();
  for (const { key } of map.items) {
    const value = isScalar(key) ? key.value : key;
    if (keys.has(value)) return true;
    keys.add(value);
  }
  return false;
}
