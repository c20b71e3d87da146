/** Gives equal texts equal numbers: comparing whole subtrees of several documents is then comparing two numbers. */
export class Numbering {
  private readonly numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const next = this.numbers.size;
    this.numbers.set(text, next);
    return next;
  }

  /** A mapping, whatever the order of its keys. */
  map(entries: readonly (readonly [key: string, data: number])[]): number {
    const parts = entries.map(([key, data]) => `${this.of(`key ${key}`)}:${data}`);
    return this.of(`map ${parts.sort().join()}`);
  }

  list(elements: readonly number[]): number {
    return this.of(`list ${elements.join()}`);
  }
}
