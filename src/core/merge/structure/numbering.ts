/**
 * Gives equal values equal numbers: comparing whole subtrees of several documents is then comparing two numbers.
 *
 * Versions of a document are nearly equal, so that what was seen once is not computed again.
 */
export class Numbering {
  private readonly numbers = new Map<string, number>();
  private readonly keys = new Map<string, number>();
  private readonly dataByForm = new Map<number, number | undefined>();

  /** @param text says what kind of value it is, too */
  of(text: string): number {
    return numberIn(this.numbers, text);
  }

  key(key: string): number {
    return numberIn(this.keys, key);
  }

  /** A mapping, whatever the order of its keys. */
  map(entries: readonly (readonly [key: string, data: number])[]): number {
    const parts = entries.map(([key, data]) => `${this.key(key)}:${data}`);
    return this.of(`map ${parts.sort().join()}`);
  }

  list(elements: readonly number[]): number {
    return this.of(`list ${elements.join()}`);
  }

  /** The number of what a mapping says, by the number that tells the order of keys as well. */
  dataOf(form: number, compute: () => number | undefined): number | undefined {
    if (!this.dataByForm.has(form)) this.dataByForm.set(form, compute());
    return this.dataByForm.get(form);
  }
}

function numberIn(numbers: Map<string, number>, text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  const next = numbers.size;
  numbers.set(text, next);
  return next;
}
