import type { ModelFile } from './modelRepository.ts';

/** Every word that anybody ever writes is one of a kind: where it is, is known, and who put it there. */
export function wordsOf(...texts: readonly (string | undefined)[]): Set<string> {
  return new Set(texts.flatMap((text) => text?.match(/\bw\d+\b/gu) ?? []));
}

export function wordsIn(files: ReadonlyMap<string, ModelFile>): Set<string> {
  return wordsOf(...[...files.values()].map(({ text }) => text));
}

export function without(words: Iterable<string>, ...others: readonly ReadonlySet<string>[]): readonly string[] {
  return [...words].filter((word) => !others.some((other) => other.has(word)));
}
