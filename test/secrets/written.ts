/** Something that was written somewhere, and where. */
export interface Written {
  readonly where: string;
  /** Of a file its bytes, one character each. */
  readonly text: string;
}

/** Many things that were written in one kind of place. */
export function writtenAt(where: string, texts: readonly string[]): readonly Written[] {
  return texts.map((text) => ({ where, text }));
}
