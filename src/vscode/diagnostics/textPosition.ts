/** Zero-based line and character (UTF-16 units) of an offset; beyond the end is the end. */
export function textPosition(text: string, offset: number): { readonly line: number; readonly character: number } {
  const before = text.slice(0, Math.max(0, offset)).split(/\r\n|\n|\r/);
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
