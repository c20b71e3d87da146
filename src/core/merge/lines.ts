/** Text in UTF-8, byte order mark included; `undefined` for anything else (binary, UTF-16, broken UTF-8). */
export function decodeText(bytes: Uint8Array): string | undefined {
  // UTF-16 without a byte order mark is valid UTF-8 full of NULs, and so is many a binary file.
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Each line with the line end that it has (`\n` or `\r\n`); the last may have none. Joined, they are the text again. */
export function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
}

/** The line end of the first line that has one. */
export function lineEnd(lines: readonly string[]): '\n' | '\r\n' {
  return lines[0]?.endsWith('\r\n') === true ? '\r\n' : '\n';
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

export function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
