import { limits } from '../limits.ts';
import type { RepoPath } from '../model/repoPath.ts';
import { dataFormat } from './dataFormat.ts';
import { sameBytes } from './lines.ts';
import { mergeText } from './mergeText.ts';
import type { StructuralMerge } from './structure/mergeStructure.ts';

/** Why a person must decide. */
export type MergeRefusal = 'overlap' | 'notText' | 'tooLarge' | 'doesNotParse' | 'duplicateKey';

export type FileMerge =
  { readonly kind: 'clean'; readonly bytes: Uint8Array } | { readonly kind: 'conflict'; readonly reason: MergeRefusal };

/**
 * Joins both sides of a file: equal bytes first; JSON and YAML by structure, whose conflict is final; what structure
 * cannot decide, and everything else, by line. A join by line of JSON or YAML counts only if the result parses and no
 * mapping has a key twice. Without `base`, both sides added the file.
 */
export async function mergeFile(
  path: RepoPath,
  base: Uint8Array | undefined,
  ours: Uint8Array,
  theirs: Uint8Array,
): Promise<FileMerge> {
  if (sameBytes(ours, theirs)) return { kind: 'clean', bytes: ours };
  if (base === undefined) return { kind: 'conflict', reason: 'overlap' };
  if (sameBytes(base, ours)) return { kind: 'clean', bytes: theirs };
  if (sameBytes(base, theirs)) return { kind: 'clean', bytes: ours };
  const structural = await mergeByStructure(path, base, ours, theirs);
  if (structural?.kind === 'clean') return structural;
  if (structural?.kind === 'conflict') return { kind: 'conflict', reason: 'overlap' };
  return mergeByLine(path, base, ours, theirs);
}

async function mergeByStructure(
  path: RepoPath,
  base: Uint8Array,
  ours: Uint8Array,
  theirs: Uint8Array,
): Promise<StructuralMerge | undefined> {
  const format = dataFormat(path);
  if (format === 'other') return undefined;
  if ([base, ours, theirs].some(({ length }) => length > limits.mergeBytes)) return undefined;
  // The parsers are heavy, and most pulls merge nothing.
  const { mergeStructure } = await import('./structure/mergeStructure.ts');
  return mergeStructure(format, base, ours, theirs);
}

async function mergeByLine(path: RepoPath, base: Uint8Array, ours: Uint8Array, theirs: Uint8Array): Promise<FileMerge> {
  const merged = mergeText(base, ours, theirs);
  if (merged.kind === 'conflict') return { kind: 'conflict', reason: merged.reason };
  const { findDefect } = await import('./findDefect.ts');
  const defect = findDefect(path, merged.bytes, [ours, theirs]);
  return defect === undefined ? merged : { kind: 'conflict', reason: defect };
}
