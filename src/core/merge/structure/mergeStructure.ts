import type { DataFormat } from '../dataFormat.ts';
import { decodeText } from '../lines.ts';
import { mergeText } from '../mergeText.ts';
import { commentsAreKept } from './commentsAreKept.ts';
import { JsonStyle } from './jsonStyle.ts';
import type { MergedNode } from './mergedTree.ts';
import { mergeTrees } from './mergeTrees.ts';
import { Numbering } from './numbering.ts';
import { readJson } from './readJson.ts';
import { readYaml } from './readYaml.ts';
import type { ReadSource, SourceDocument } from './sourceTree.ts';
import { writeMerged } from './writeMerged.ts';
import { YamlStyle } from './yamlStyle.ts';

export type StructuralMerge = { readonly kind: 'clean'; readonly bytes: Uint8Array } | { readonly kind: 'conflict' };

/**
 * Joins both sides of a JSON or YAML file by what it says: mappings by key, lists by what tells their elements apart.
 * The result is my bytes with their edits in it; it is parsed again, and counts only if it says exactly what was
 * joined. `undefined` where structure cannot decide: then lines do.
 */
export function mergeStructure(
  format: DataFormat,
  base: Uint8Array,
  mine: Uint8Array,
  theirs: Uint8Array,
): StructuralMerge | undefined {
  for (const read of readersOf(format)) {
    const numbering = new Numbering();
    const readSide = (bytes: Uint8Array): SourceDocument | undefined => readBytes(bytes, read, numbering);
    const documents = readAll([base, mine, theirs], readSide);
    if (documents === undefined) continue;
    const [before, here, there] = documents;
    const merged = mergeTrees({ base: before.root, mine: here.root, theirs: there.root }, numbering);
    if (merged === 'conflict') return { kind: 'conflict' };
    if (merged === 'unsure') return undefined;
    // Where lines come to the same, they have what says nothing as well: blank lines, indentation, quotes of both.
    const byLine = mergeText(base, mine, theirs);
    if (byLine.kind === 'clean' && readSide(byLine.bytes)?.root.data === merged.data) return byLine;
    const text = writeInto(documents, merged, read);
    const bytes = text === undefined ? undefined : new TextEncoder().encode(markOf(mine) + text);
    const written = bytes && readSide(bytes);
    const isRight = written?.root.data === merged.data && commentsAreKept(documents, written);
    return bytes !== undefined && isRight ? { kind: 'clean', bytes } : undefined;
  }
  return undefined;
}

function readersOf(format: DataFormat): readonly ReadSource[] {
  switch (format) {
    case 'json':
      return [readJson];
    case 'yaml':
      return [readYaml];
    case 'other':
      return [];
    case 'unknown':
      return [readJson, readYamlMapping];
  }
}

/** Any line of prose is YAML: without a name that says so, only a mapping is taken for it. */
function readYamlMapping(text: string, numbering: Numbering): SourceDocument | undefined {
  const document = readYaml(text, numbering);
  return document?.root.kind === 'map' ? document : undefined;
}

const byteOrderMark = /^\ufeff/u;

function readBytes(bytes: Uint8Array, read: ReadSource, numbering: Numbering): SourceDocument | undefined {
  const text = decodeText(bytes)?.replace(byteOrderMark, '');
  return text === undefined ? undefined : read(text, numbering);
}

function markOf(bytes: Uint8Array): string {
  return byteOrderMark.test(decodeText(bytes) ?? '') ? '\ufeff' : '';
}

type Documents = readonly [base: SourceDocument, mine: SourceDocument, theirs: SourceDocument];

function readAll(
  sides: readonly Uint8Array[],
  readSide: (bytes: Uint8Array) => SourceDocument | undefined,
): Documents | undefined {
  const documents: SourceDocument[] = [];
  for (const side of sides) {
    const document = readSide(side);
    // The next sides are not parsed for nothing.
    if (document === undefined) return undefined;
    documents.push(document);
  }
  return documents as readonly SourceDocument[] as Documents;
}

function writeInto([, mine, theirs]: Documents, merged: MergedNode, read: ReadSource): string | undefined {
  const style = read === readJson ? new JsonStyle(mine, theirs) : new YamlStyle(mine, theirs);
  return writeMerged(merged, mine, style);
}
