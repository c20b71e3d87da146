/** Every token, password and secret that stand-ins gave and tests typed, the ones that are good no longer too. */
export class KnownSecrets {
  readonly #sources: (() => readonly string[])[] = [];

  add(...secrets: readonly string[]): void {
    this.#sources.push(() => secrets);
  }

  /** Whatever `source` has given by the time of the scan. */
  from(source: () => readonly string[]): void {
    this.#sources.push(source);
  }

  all(): readonly string[] {
    return [...new Set(this.#sources.flatMap((source) => source()))];
  }
}
